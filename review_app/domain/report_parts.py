"""The parts of a report that the host may comment on, beside the messages; `about` of a comment names one of them."""

from collections.abc import Mapping

from review_app.domain.marking import _

PARTS = {
    "part:brief": _("Title, dates and numbers"),
    "part:context": _("Why it matters"),
    "part:practice": _("The practice"),
    "part:figures": _("Key figures"),
    "part:saw": _("What the visitors saw"),
    "part:places": _("Who took part"),
    "part:other": _("The report as a whole"),
}
GONE = _("A message that is no longer there")
MESSAGE = "message:"


def about_message(key: str) -> str:
    """Return how a comment points at a message: by its key, so that it follows a changed headline."""
    return f"{MESSAGE}{key}"


def label_of(about: str, headlines: Mapping[str, str]) -> str:
    """Return what a comment is about, in words; `headlines` are the messages by key."""
    if about.startswith(MESSAGE):
        return headlines.get(about.removeprefix(MESSAGE), GONE)
    return PARTS.get(about, about)
