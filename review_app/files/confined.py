"""The confined process: reads one file from its input under limits; answers with a clean copy, or what was asked."""

import codecs
import json
import resource
import sys
from dataclasses import asdict
from typing import Any

from review_app.domain.vocabulary import Media
from review_app.files import documents, pictures
from review_app.files.kinds import kind_of
from review_app.files.refusals import Reason, Rejected
from review_app.reports.exports import word_back
from review_app.reports.exports.office.archive import WordRefused


def main(seconds: str, memory: str, file_size: str, task: str) -> None:
    """Give everything up that checking does not need, then answer: facts in one line, then what was made."""
    _confine(int(seconds), int(memory), int(file_size))
    try:
        facts, content = TASKS[task](sys.stdin.buffer.read())
    except Rejected as refused:
        facts, content = {"reason": refused.reason, "values": refused.values}, b""
    except MemoryError:
        facts, content = {"reason": Reason.TOO_MUCH, "values": {}}, b""
    sys.stdout.buffer.write(json.dumps(facts).encode() + b"\n" + content)
    sys.stdout.buffer.flush()


def _checked(content: bytes) -> tuple[dict[str, Any], bytes]:
    media = kind_of(content)
    if media is Media.PDF:
        document = documents.cleaned(content)
        return {"media": media, "pages": document.pages}, document.content
    picture = pictures.cleaned(content, media)
    return {"media": media, "width": picture.width, "height": picture.height}, picture.content


def _edited(content: bytes) -> tuple[dict[str, Any], bytes]:
    """Return what a Word file says of itself, and its messages as JSON."""
    try:
        found = asdict(word_back.read(content))
    except WordRefused as refused:
        raise Rejected(Reason(refused.trouble.value)) from refused
    messages = json.dumps(found.pop("messages")).encode()
    return found, messages


TASKS = {"attachment": _checked, "word": _edited}
# What libraries look up when they first need it: afterwards nothing can be opened any more.
for _name in ("ascii", "cp437", "hex", "latin-1", "utf-16", "utf-16-be", "utf-16-le", "utf-8"):
    codecs.lookup(_name)


def _confine(seconds: int, memory: int, file_size: int) -> None:
    """Limit time, memory and what can be written; open no file, start no program, leave no core."""
    limits = {
        resource.RLIMIT_CPU: seconds,
        resource.RLIMIT_AS: memory,
        resource.RLIMIT_FSIZE: file_size,
        resource.RLIMIT_NOFILE: 3,
        resource.RLIMIT_NPROC: 0,
        resource.RLIMIT_CORE: 0,
    }
    for limit, value in limits.items():
        resource.setrlimit(limit, (value, value))


if __name__ == "__main__":
    main(*sys.argv[1:])
