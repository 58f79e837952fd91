"""Fetches every exit as one person and tells which words came out, and where."""

import io
import re
import subprocess
from collections import defaultdict
from functools import lru_cache
from urllib.parse import unquote

import pikepdf
from flask import url_for

from tests.leaks.planting import LOOKED_AT, VERSION

WORD = re.compile(r"q\d+z\d+q")
FILL = {
    "kind": ("lesson",),
    "section": LOOKED_AT,
    "number": ("1",),
    "slug": ("put-on-hold", "close-feedback", "sign-the-report", "nothing"),
    "name": ("feedback",),
    "token": ("nothing-here",),
    "role": ("peer", "lead_reviewer", "host_coordinator"),
    "filename": ("nothing.css",),
    "form": ("pdf", "html", "json"),
}
ARGUMENTS = {
    "reviews.index": ("?page=2", "?stage=feedback", "?theme=x&country=BE&year=2026", "?q=zz&page=99"),
    "reviews.journal": ("?page=2", "?page=0", "?page=x"),
    "returns.index": ("?page=2", "?page=-1"),
    "messages.index": ("?page=2", "?kind=challenge&question=1", "?items=2", "?kind=nothing&question=x"),
    "facts.index": ("?page=2", "?notes=1", "?notes=2"),
    "practice.overview": ("?read=1",),
    "desk.index": ("?stage=feedback", "?page=2"),
    "syntheses.reviews": ("?page=2", "?theme=skills&country=BE&method=x&year=2026"),
    "synthesis_coding.index": ("?page=2", "?theme=none&kind=challenge&review=x"),
    "network.people": ("?page=2", "?page=3", "?page=4"),
    "network.index": ("?page=2", "?page=3", "?page=4", "?page=5", "?page=6", "?page=7", "?page=8"),
}

KEYS = {
    "feedback": "item", "messages": "message", "facts": "comment", "cities": "city", "desk": "city",
    "attachments": "file", "versions.item": "item", "versions.item_in_full": "item", "versions.message": "message",
    "versions.message_in_full": "message", "versions.comment": "comment", "versions.comment_in_full": "comment",
    "versions.answer": "comment", "versions.answer_in_full": "comment", "synthesis_themes": "theme",
    "synthesis_versions": "theme",
}  # fmt: skip
"""Whose keys an address takes, by its endpoint or its room."""


def addresses(app, planted, others=()):
    """Every address a GET leads to: each route with each key of this review, and with those of other reviews."""
    found = []
    with app.test_request_context():
        for rule in app.url_map.iter_rules():
            if "GET" not in rule.methods or rule.endpoint == "static":
                continue
            for values in _values(rule, planted, others):
                path = url_for(rule.endpoint, **values)
                found += [path, *(path + more for more in ARGUMENTS.get(rule.endpoint, ()))]
    base = f"/reviews/{planted.ref}"
    keys = [key for one in (planted, *others) for name, key in one.keys.items() if name.startswith("item")]
    found.append(f"{base}/messages/add?" + "&".join(f"item={key}" for key in keys))
    for one in (planted, *others):
        found += [
            f"{base}/{page}?report={one.keys.get('report', 'none')}" for page in ("report.pdf", "report/progress")
        ]
    return list(dict.fromkeys(found))


def _values(rule, planted, others):
    sets = [{}]
    for name in sorted(rule.arguments):
        choices = _choices(name, rule.endpoint, planted, others)
        sets = [{**one, name: choice} for one in sets for choice in choices]
    return sets


def _choices(name, endpoint, planted, others):
    match name:
        case "ref":
            return [planted.ref]
        case "number":
            return ["1", str(VERSION + planted.review_id)]
        case "item":
            return _keys("feedback.edit", planted, others)
    if name == "slug" and endpoint.startswith("synthes"):
        return [one.keys["synthesis"] for one in (planted, *others) if "synthesis" in one.keys]
    return FILL.get(name) or _keys(endpoint, planted, others)


def _keys(endpoint, planted, others):
    wanted = next((KEYS[name] for name in (endpoint, endpoint.split(".")[0]) if name in KEYS), None)
    found = []
    for one in (planted, *others):
        if wanted:
            found += [key for name, key in one.keys.items() if name.startswith(wanted)]
        elif endpoint.startswith("network.organisation"):
            found.append(f"city-{one.review_id}-peer")
        else:
            found += [one.person_keys[role] for role in ("peer", "lead_reviewer", "host_coordinator")]
    return found


class Crawl:
    """What one person found: for each word the addresses where it stood."""

    def __init__(self, keys):
        self.keys, self.found, self.exits = keys, defaultdict(list), 0

    def visit(self, client, paths):
        """Fetch every path and note the words in status, headers and body."""
        for path in paths:
            answer = client.get(path)
            assert answer.status_code < 500 or "Retry-After" in answer.headers, (path, answer.status_code)
            self.note(path, f"{answer.status}\n{answer.headers}\n{body_of(answer.data)}")

    def note(self, where, text):
        """Note the words of one exit; what the address itself says does not count."""
        self.exits += 1
        plain = unquote(where)
        for word in {*WORD.findall(text), *(key for key in self.keys if key in text)}:
            if word not in plain:
                self.found[word].append(where)


@lru_cache(maxsize=64)
def body_of(data):
    """Return the text of an answer; of a PDF what it says, its metadata and every stream unpacked."""
    if not data.startswith(b"%PDF"):
        return data.decode("utf-8", "replace")
    said = subprocess.run(["pdftotext", "-", "-"], input=data, capture_output=True, check=True).stdout.decode()
    parts = [said]
    with pikepdf.open(io.BytesIO(data)) as pdf:
        parts += [str(pdf.docinfo), str(pdf.open_metadata())]
        for thing in pdf.objects:
            parts.append(repr(thing) if not isinstance(thing, pikepdf.Stream) else _unpacked(thing))
    return "\n".join(parts)


def _unpacked(stream):
    try:
        return stream.read_bytes().decode("latin-1")
    except pikepdf.PdfError:
        return ""
