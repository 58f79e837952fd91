"""Finds every form of the product by looking at its pages as those who may fill it: a new one is found by itself."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import quote_from_bytes, urldefrag, urljoin, urlsplit

from werkzeug.exceptions import HTTPException

HIDDEN = ("csrf_token", "nonce", "version")
TYPED = ("text", "email", "password", "search", "tel", "url", "number", "textarea")


@dataclass
class Input:
    """One field of a form as it stands in the page."""

    name: str
    kind: str
    value: str = ""
    options: list[str] = field(default_factory=list)


@dataclass
class Form:
    """A form that posts, where it stands and who sees it."""

    action: str
    page: str = ""
    who: str | None = None
    inputs: list[Input] = field(default_factory=list)

    def filled(self) -> list[tuple[str, str]]:
        """What a browser would send, with every text filled and every choice made."""
        return [(one.name, one.value or sample(one)) for one in self._sent()]

    def _sent(self) -> Iterator[Input]:
        chosen: set[str] = set()
        for one in self.inputs:
            if one.kind == "radio" and one.name in chosen:
                continue
            chosen.add(one.name)
            yield one

    def names(self, *kinds: str) -> list[str]:
        """The names of the fields of some kinds, each once."""
        return list(dict.fromkeys(one.name for one in self.inputs if one.kind in kinds))


def sample(one: Input) -> str:
    """Return an ordinary answer."""
    if one.kind == "select":
        return next((value for value in one.options if value), "")
    for part, value in (("day", "12"), ("month", "6"), ("year", "2027"), ("time", "09:30"), ("people", "12")):
        if one.name.endswith(part):
            return value
    if one.kind == "email" or "email" in one.name:
        return "somebody@norrvik.example"
    if "question_" in one.name:
        return "Who is not reached?"
    return "" if one.kind in ("hidden", "submit") else "Four odd words here"


class _Reader(HTMLParser):
    """Reads forms and links."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self.links: list[str] = []
        self.form: Form | None = None
        self.select: Input | None = None
        self.area: Input | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "a" and "href" in given:
            self.links.append(given["href"])
        if tag == "form":
            self._begin(given)
        elif self.form is not None and "disabled" not in given:
            self._inside(tag, given)

    def _begin(self, given: dict[str, str]) -> None:
        self.form = Form(given.get("action", ""))
        if given.get("method", "get").lower() == "post":
            self.forms.append(self.form)

    def _inside(self, tag: str, given: dict[str, str]) -> None:
        if tag == "button" and "formaction" in given:
            self._other_way(given)
        if tag == "option" and self.select is not None:
            self.select.options.append(given.get("value", ""))
            self.select.value = given.get("value", "") if "selected" in given else self.select.value
        if given.get("name"):
            self._take(tag, given)

    def _other_way(self, given: dict[str, str]) -> None:
        if given.get("formmethod") == "get":
            first = next((one.value for one in self.form.inputs if one.kind == "checkbox"), "")
            self.links.append(f"{given['formaction']}?item={first}")
        else:
            self.forms.append(Form(given["formaction"], inputs=self.form.inputs))

    def _take(self, tag: str, given: dict[str, str]) -> None:
        kind = {"input": given.get("type", "text"), "button": "submit"}.get(tag, tag)
        made = Input(given["name"], kind, given.get("value", ""))
        self.form.inputs.append(made)
        self.select = made if tag == "select" else self.select
        self.area = made if tag == "textarea" else self.area

    def handle_data(self, data: str) -> None:
        if self.area is not None:
            self.area.value += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.form = None
        if tag == "select":
            self.select = None
        if tag == "textarea":
            self.area = None


def read(html: str, page: str) -> tuple[list[Form], list[str]]:
    """Return the forms that post and the addresses of a page, whole paths."""
    reader = _Reader()
    reader.feed(html)
    for form in reader.forms:
        form.action, form.page = urljoin(page, form.action) if form.action else page, page
    return reader.forms, [urldefrag(urljoin(page, link))[0] for link in reader.links]


class Search:
    """Looks at pages as one person after another, until every route that takes a form has shown one."""

    def __init__(self, app) -> None:
        self.adapter = app.url_map.bind("localhost")
        self.missing = {rule.endpoint for rule in app.url_map.iter_rules() if "POST" in rule.methods}
        self.found: dict[str, Form] = {}
        self.looked = 0

    def walk(self, client, who: str | None, starts: list[str], *, inside: str = "") -> None:
        """Look at some pages and at what they lead to inside a part of the site, each kind of page once."""
        waiting, seen = list(starts), set()
        while waiting and self.missing:
            page = waiting.pop(0)
            kind = self._kind(page, "GET")
            if kind is None or (kind, "?" in page) in seen:
                continue
            seen.add((kind, "?" in page))
            waiting += [link for link in self._look(client, who, page) if inside and link.startswith(inside)]

    def _look(self, client, who: str | None, page: str) -> list[str]:
        answer = client.get(page)
        self.looked += 1
        if answer.location:
            return [urljoin(page, answer.location)]
        if answer.mimetype != "text/html" or answer.status_code != 200:
            return []
        forms, links = read(answer.text, page)
        for form in forms:
            form.who = who
            self.keep(form)
        return links

    def keep(self, form: Form) -> None:
        """Keep the first form of each route."""
        kind = self._kind(form.action, "POST")
        if kind in self.missing:
            self.missing.discard(kind)
            self.found[kind] = form

    def _kind(self, address: str, method: str):
        parts = urlsplit(address)
        if parts.netloc not in ("", "localhost"):
            return None
        try:
            endpoint, _values = self.adapter.match(parts.path, method=method, query_args=parts.query)
        except HTTPException:
            return None
        return None if endpoint == "static" else endpoint


def body(fields):
    """A form as bytes, also of what is no text."""

    def quoted(text):
        return quote_from_bytes(text.encode("utf-8", "surrogatepass"), safe="")

    return "&".join(f"{quoted(name)}={quoted(value)}" for name, value in fields).encode()


def arrives(text):
    """What a form makes of a text: bytes that are no letter stay written as percents."""
    return "".join(_as_percents(one) if "\ud800" <= one <= "\udfff" else one for one in text)


def _as_percents(half):
    return quote_from_bytes(half.encode("utf-8", "surrogatepass"))
