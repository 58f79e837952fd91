"""What stands around every kind of report: opening, running lines, small print. The same for all of them."""

from dataclasses import dataclass

from review_app.domain.vocabulary import Level
from review_app.reports import brand_styles
from review_app.reports.drawings.codes import check_address, code_figure
from review_app.reports.drawings.colours import Palette
from review_app.reports.frozen.snapshot import Brand, Paper, Worded
from review_app.reports.parts.errata import corrections_of
from review_app.reports.parts.links import link_to
from review_app.reports.parts.view import Check, Colophon, Link, Logo, Look, Marked, Opening, Sheet
from review_app.reports.wording.printable import Address
from review_app.reports.wording.words import Words


@dataclass(frozen=True)
class Naming:
    """How a report is called: its kind in the reader's words, what goes before it, whose it is, and when."""

    kind: str
    before: str = ""
    owner: str = ""
    byline: tuple[Marked, ...] = ()


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
        look=_look(paper.brand),
    )


def typed(text: str, paper: Paper, words: Words) -> Marked:
    """Return what somebody typed, such as the name of a network, in the language of the review's texts."""
    return Marked(text, words.foreign(paper.text_language))


def between(sentence: str, name: str, text: str, language: str | None) -> Marked:
    """Return a typed text within the sentence that fills it in as `name`: each side keeps its language."""
    before, _name, after = sentence.partition(f"%({name})s")
    return Marked(text, language, before, after)


def _look(brand: Brand) -> Look:
    return Look(
        logo=Logo(Address(brand.logo), brand.logo_text) if brand.logo else None,
        code=brand_styles.code_of(brand),
        styles=brand_styles.within(brand),
    )


def _opening(paper: Paper, words: Words, naming: Naming) -> Opening:
    kind = [_capital(naming.before), naming.kind, words.gettext("Fictional example") if paper.fictional else ""]
    return Opening(
        kind="\u00a0· ".join(part for part in kind if part),
        title=paper.title,
        host=naming.owner,
        byline=tuple(part for part in naming.byline if part.text),
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
    if not known["owner"]:
        # A synthesis of several networks belongs to none.
        return (_("Draft: %(title)s – %(kind)s") if paper.draft else _("%(title)s – %(kind)s")) % known
    if paper.draft is not None:
        return _("Draft: %(title)s – %(kind)s, %(owner)s") % known
    return _("%(title)s – %(kind)s, %(owner)s") % known


def _dated(paper: Paper) -> str:
    """Return the day of the document as an ISO date; nothing when the snapshot names none."""
    day = paper.frozen_on or (paper.draft.made_on if paper.draft else None)
    return day.isoformat() if day else ""


def _colophon(paper: Paper, words: Words, basis: tuple[str, ...]) -> Colophon:
    check = _check(paper, words) if paper.check_at and paper.number else None
    told = (
        Marked(_fiction(paper, words)),
        *(Marked(sentence) for sentence in basis),
        _funding(paper, words),
        _said_in(paper.brand.funding, words),
        _disclaimer(paper, words),
        _said_in(paper.brand.disclaimer, words),
        Marked(_level(paper.level, words)),
        Marked("" if check else _reference(paper, words)),
    )
    return Colophon(
        sentences=tuple(sentence for sentence in told if sentence.text),
        contact=link_to(paper.contact) if paper.contact else None,
        check=check,
    )


def _reference(paper: Paper, words: Words) -> str:
    return words.gettext("Reference: %(ref)s. Content: %(print)s.") % {"ref": paper.ref, "print": paper.code}


def _check(paper: Paper, words: Words) -> Check:
    address = check_address(paper.check_at, paper.ref, paper.code)
    names = words.gettext("Reference: %(ref)s. Code: %(code)s.") % {"ref": paper.ref, "code": paper.code}
    return Check(Link(paper.check_at, address), names, code_figure(address, words, Palette.of(paper.brand)))


def _funding(paper: Paper, words: Words) -> Marked:
    """Return who paid, unless the line is only the name of a funder who has a line of its own."""
    if not paper.funding:
        return Marked("")
    is_name = paper.funding.strip().rstrip(".").casefold() == paper.brand.funder.casefold()
    if is_name and paper.brand.funding:
        return Marked("")
    funding, language = paper.funding.rstrip("."), words.foreign(paper.text_language)
    return between(words.gettext("Funding: %(funding)s."), "funding", funding, language)


def _disclaimer(paper: Paper, words: Words) -> Marked:
    """Return the disclaimer in the report's language; what no catalogue knows stays English."""
    told = words.gettext(paper.disclaimer) if paper.disclaimer else ""
    return Marked(told, words.foreign("en") if told == paper.disclaimer else None)


def _said_in(texts: tuple[Worded, ...], words: Words) -> Marked:
    """Return what a funder wants said in the report's language, otherwise in English, otherwise as it gave it."""
    found = {one.language: one.text for one in texts}
    asked = words.language.replace("_", "-").split("-")[0]
    language = next((one for one in (asked, "en", *found) if found.get(one)), asked)
    return Marked(found.get(language, ""), None if language == asked else language)


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
