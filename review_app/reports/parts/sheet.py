"""What stands around every kind of report: opening, running lines, small print. The same for all of them."""

from dataclasses import dataclass

from review_app.domain.vocabulary import Level
from review_app.reports.frozen.snapshot import Paper
from review_app.reports.parts.errata import corrections_of
from review_app.reports.parts.links import link_to
from review_app.reports.parts.view import Check, Colophon, Opening, Sheet
from review_app.reports.wording.words import Words


@dataclass(frozen=True)
class Naming:
    """How a report is called: its kind in the reader's words, what goes before it, whose it is, and when."""

    kind: str
    before: str = ""
    owner: str = ""
    byline: str = ""


def sheet_of(paper: Paper, words: Words, naming: Naming, basis: tuple[str, ...] = ()) -> Sheet:
    """Return what frames a report; `basis` are the sentences of the small print that only its kind knows."""
    return Sheet(
        language=paper.language,
        text_language=words.foreign(paper.text_language),
        page_title=_page_title(paper, words, naming),
        running=" · ".join(part for part in (naming.owner, paper.title) if part),
        imprint=f"{_edition(paper, words, naming)} · {paper.ref}",
        dated=_dated(paper),
        opening=_opening(paper, words, naming),
        colophon=_colophon(paper, words, basis),
    )


def _opening(paper: Paper, words: Words, naming: Naming) -> Opening:
    kind = [_capital(naming.before), naming.kind, words.gettext("Fictional example") if paper.fictional else ""]
    return Opening(
        kind=" · ".join(part for part in kind if part),
        title=paper.title,
        host=naming.owner,
        byline=naming.byline,
        draft=_draft_lines(paper, words),
        erratum=corrections_of(paper, words),
    )


def _draft_lines(paper: Paper, words: Words) -> tuple[str, ...]:
    """Return what stands on every page of a draft; nothing for a frozen report (METHOD.md R9)."""
    _ = words.gettext
    if paper.draft is None:
        return ()
    known = {"person": paper.draft.made_by, "day": words.day(paper.draft.made_on)}
    return (_("Draft, not for circulation"), _("made by %(person)s, %(day)s") % known)


def _edition(paper: Paper, words: Words, naming: Naming) -> str:
    if paper.number is None:
        return naming.kind
    known = {"kind": naming.kind, "number": words.number(paper.number)}
    return words.gettext("%(kind)s no. %(number)s") % known


def _page_title(paper: Paper, words: Words, naming: Naming) -> str:
    """Return the title of the document, as a window or a list of files shows it."""
    _ = words.gettext
    known = {"title": paper.title, "kind": naming.kind, "owner": naming.owner or paper.network}
    if paper.draft is not None:
        return _("Draft: %(title)s – %(kind)s, %(owner)s") % known
    return _("%(title)s – %(kind)s, %(owner)s") % known


def _dated(paper: Paper) -> str:
    """Return the day of the document as an ISO date; nothing when the snapshot names none."""
    day = paper.frozen_on or (paper.draft.made_on if paper.draft else None)
    return day.isoformat() if day else ""


def _colophon(paper: Paper, words: Words, basis: tuple[str, ...]) -> Colophon:
    told = (
        _fiction(paper, words),
        *basis,
        paper.funding and words.gettext("Funding: %(funding)s.") % {"funding": paper.funding.rstrip(".")},
        paper.disclaimer and words.gettext(paper.disclaimer),
        _level(paper.level, words),
        words.gettext("Reference: %(ref)s. Content: %(print)s.") % {"ref": paper.ref, "print": paper.code},
    )
    return Colophon(
        sentences=tuple(sentence for sentence in told if sentence),
        contact=link_to(paper.contact) if paper.contact else None,
        check=Check(link_to(paper.check_at), paper.code) if paper.check_at and paper.number else None,
    )


def _fiction(paper: Paper, words: Words) -> str:
    if not paper.fictional:
        return ""
    return words.gettext("This is a fictional example: the places, the people and what they say are invented.")


def _level(level: Level | None, words: Words) -> str:
    _ = words.gettext
    if level is None:
        return ""
    return {
        Level.PARTICIPANTS: _("For those who took part in the review."),
        Level.MEMBERS: _("For the members of the network."),
        Level.PUBLIC: _("For everybody; it may be passed on."),
    }[level]


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
