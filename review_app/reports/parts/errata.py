"""What an edition changed, said in the language of the report; what somebody typed keeps its own."""

from review_app.domain.errata import Change, Erratum
from review_app.reports.frozen.snapshot import Paper
from review_app.reports.parts.view import Correction
from review_app.reports.wording.words import Words


def corrections_of(paper: Paper, words: Words) -> tuple[Correction, ...]:
    """Return the changes of all editions, the oldest first."""
    return tuple(correction_of(erratum, words, typed_in=paper.text_language) for erratum in paper.erratum)


def correction_of(erratum: Erratum, words: Words, *, typed_in: str = "en") -> Correction:
    """Return what one edition changed; `typed_in` is the language of what somebody wrote about it."""
    if erratum.change is Change.AS_WRITTEN:
        return Correction("", erratum.text, words.foreign("en"))
    day = words.day(erratum.day) if erratum.day else ""
    return Correction(_sentence(erratum.change, words) % {"day": day}, erratum.text, words.foreign(typed_in))


def _sentence(change: Change, words: Words) -> str:
    _ = words.gettext
    return {
        Change.CORRECTED: _("Corrected on %(day)s:"),
        Change.OPENED_TO_MEMBERS: _("Opened to the members of the network on %(day)s; the content is the same."),
        Change.OPENED_TO_ALL: _("Opened to everybody on %(day)s; the content is the same."),
        Change.READ_AGAIN: _("%(day)s: the public sources were read again, and what they state has changed."),
        Change.NAME_TAKEN_OUT: _("%(day)s: the name of a person was taken out at that person’s request."),
    }[change]
