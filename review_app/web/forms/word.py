"""The forms of the way through Word: the file that comes back, and which of its texts are taken over."""

import re
from collections.abc import Mapping

from flask_babel import lazy_gettext as _l

from review_app.domain.text import clean_line, clean_text
from review_app.reports.exports.office.archive import MEGABYTE
from review_app.reports.exports.office.marks import PARTS, Part
from review_app.services.word_edits import Edit
from review_app.web.forms.attachments import Upload
from review_app.web.forms.base import PageForm, Problem
from review_app.web.forms.fields import required

TAKEN = ".docx,application/vnd.openxmlformats-officedocument.wordprocessingml.document"
MOST_BYTES = 20 * MEGABYTE
MOST_AT_ONCE = 80
"""Changed messages of one page: a form has no room for more fields."""
FIRST = "#message-0-take"
"""The choice of the first message: where a line of the error summary leads that is about none of them."""
LABELS: Mapping[Part, object] = {
    Part.HEADLINE: _l("The message in one full sentence"),
    Part.BODY: _l("Explanation"),
    Part.DISSENT: _l("A different view in the team"),
}
# A message's key, the version that was seen, and what its three parts were when the file was made.
_OF = re.compile(r"([A-Za-z0-9_-]{1,32})\.(\d{1,9})\.([0-9a-f]{7})\.([0-9a-f]{7})\.([0-9a-f]{7})")


class WordUpload(Upload):
    """One Word file."""

    extra = {"attributes": {"accept": TAKEN}}  # noqa: RUF012 (read by the template alone)


class WordForm(PageForm):
    """A draft that was edited in Word."""

    file = WordUpload(_l("The edited Word file"), [required(_l("Choose a file."))])


class TakeForm(PageForm):
    """What the file changes; its fields follow the messages and are read by `edits_of`."""


def edits_of(given: Mapping[str, str]) -> list[Edit]:
    """Return the edits that a page carried. They are texts like any other: cleaned here, checked by the service."""
    found = []
    for number in range(MOST_AT_ONCE):
        names = {part: f"message-{number}-{part}" for part in PARTS}
        texts = {part: _cleaned(part, given[name]) for part, name in names.items() if name in given}
        of = _OF.fullmatch(given.get(f"message-{number}-of", ""))
        if of is not None:
            key, version, *was = of.groups()
            found.append(Edit(key, texts, (was[0], was[1], was[2]), int(version)))
        elif texts:
            # A form that lost its hidden fields still brings a person's work: it is shown as that of no message.
            found.append(Edit("", texts, ("", "", ""), 0))
    return found


def problem_of(field: str, sentence: str, keys: list[str]) -> Problem:
    """Return a line of the error summary for a field `<key>-<part>` of the messages on a page."""
    key, _dash, part = field.rpartition("-")
    return Problem(sentence, f"#message-{keys.index(key)}-{part}" if key in keys else FIRST)


def _cleaned(part: Part, text: str) -> str:
    return clean_text(text) if part is Part.BODY else clean_line(text)
