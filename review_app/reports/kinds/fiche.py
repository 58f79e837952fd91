"""The practice fiche: one page, two at most, with what the host wrote of its practice (METHOD.md 4.5, F5)."""

from dataclasses import replace
from itertools import chain

from review_app.domain.marking import _
from review_app.domain.material import Issue, Material
from review_app.domain.text import clean_line
from review_app.domain.visibility import Thing
from review_app.reports.drawings.figures import Figure, map_figure
from review_app.reports.frozen import freezing, told
from review_app.reports.frozen.snapshot import KeyFigure, Paper, Place, Source
from review_app.reports.frozen.written import Answer, Chapter, chapters_of
from review_app.reports.kinds.kind import Kind, Setting
from review_app.reports.parts import written
from review_app.reports.parts.beginning import key_rows_of
from review_app.reports.parts.fiche_view import FicheView
from review_app.reports.parts.links import link_to
from review_app.reports.parts.sheet import Naming, sheet_of, typed
from review_app.reports.parts.view import Link, Marked, Sheet, ShortFact
from review_app.reports.wording.words import Words

TITLE, SUMMARY, STARTED, ENDED = "title", "summary", "started", "ended"
# Up to how many letters which style is right: on one page as long as that can be read, then on two, and closer again.
LOOKS = ((1700, "roomy"), (2300, "close"), (2750, "closer"), (3600, "dense"), (6500, "close"))
CLOSEST = "dense"


class Fiche(Paper):
    """What the host wrote, and where the host lies. `record` and `sources` stand in when it wrote nothing here."""

    kind: str = "fiche"
    method: str
    review: str
    places: tuple[Place, ...] = ()
    summary: str = ""
    period: tuple[str, str] = ("", "")
    chapters: tuple[Chapter, ...] = ()
    key_figures: tuple[KeyFigure, ...] = ()
    record: tuple[str, ...] = ()
    sources: tuple[Source, ...] = ()


def freeze(material: Material, issue: Issue) -> Fiche:
    """Return the fiche as the practice stands: it has no number, and is made anew whenever somebody asks for it."""
    given = {key: clean_line(str(material.answers.get(key) or "")) for key in (TITLE, SUMMARY, STARTED, ENDED)}
    chapters = chapters_of(material.practice_form, material.answers)
    record = material.record if not chapters else None
    return Fiche(
        **freezing.unnumbered(material, issue),
        title=given[TITLE] or material.title,
        review=material.title,
        summary=given[SUMMARY],
        period=(given[STARTED], given[ENDED]),
        chapters=chapters,
        key_figures=freezing.figures_of(material),
        record=told.paragraphs_of(record.practice or "") if record else (),
        sources=tuple(Source(url=page.url) for page in record.pages) if record else (),
    )


def view_of(fiche: Fiche, setting: Setting) -> FicheView:
    """Return the finished sentences of a fiche."""
    words = setting.words
    return FicheView(
        sheet=_sheet(fiche, words),
        look=_look(fiche),
        review=fiche.review if fiche.review != fiche.title else "",
        summary=fiche.summary,
        nothing=_nothing(fiche, words),
        facts=(*_period(fiche, words), *written.facts_of(_short(fiche), words)),
        map=_map(fiche, setting),
        key_figures=key_rows_of(fiche),
        parts=written.parts_of(fiche.chapters, words),
        record=tuple(chain.from_iterable(written.blocks_of(text) for text in fiche.record)),
        sources=tuple(link_to(source.url) for source in fiche.sources),
    )


def _map(fiche: Fiche, setting: Setting) -> Figure | None:
    """One place, with its name beside it, needs no caption that says what the ring means."""
    figure = map_figure(fiche, setting.words, setting.europe, setting.palette)
    return replace(figure, caption=()) if figure and len(fiche.places) == 1 else figure


def _sheet(fiche: Fiche, words: Words) -> Sheet:
    hosts = words.listed(words.place(place) for place in fiche.places)
    day = words.gettext("as of %(day)s") % {"day": words.day(fiche.frozen_on)} if fiche.frozen_on else ""
    naming = Naming(
        kind=words.gettext("Practice fiche"),
        before=words.gettext(fiche.method) if fiche.method else "",
        owner=hosts,
        byline=(typed(fiche.network, fiche, words), Marked(day)),
    )
    basis = _basis(fiche, words)
    return sheet_of(fiche, words, naming, (basis,) if basis else ())


def _basis(fiche: Fiche, words: Words) -> str:
    if fiche.chapters:
        return words.gettext(
            "This fiche is what the host wrote of its practice. It holds no judgement of the visitors."
        )
    if fiche.record:
        return words.gettext("This fiche is made from public accounts of the review; the host wrote nothing for it.")
    return ""


def _nothing(fiche: Fiche, words: Words) -> str:
    if fiche.chapters or fiche.record:
        return ""
    return words.gettext("The host has written nothing of its practice yet.")


def _look(fiche: Fiche) -> str:
    """Return how close the text is set: what a host wrote stays whole, and on two pages at most."""
    length = sum(map(_length, chain.from_iterable(chapter.answers for chapter in fiche.chapters)))
    return next((look for most, look in LOOKS if length <= most), CLOSEST)


def _length(answer: Answer) -> int:
    """Return how many letters an answer takes, with its question and the lines that short ones leave half empty."""
    if answer.is_short:
        return 0
    rows = sum(sum(len(cell.text) for cell in row.cells) + 40 for row in answer.rows)
    return len(answer.ask) + 40 + len(answer.text) + rows


def _short(fiche: Fiche) -> list[Answer]:
    """Return the answers of a line that stand nowhere else: title, summary and days have places of their own."""
    elsewhere = {TITLE, SUMMARY, *((STARTED, ENDED) if written.day_of(fiche.period[0]) else ())}
    answers = chain.from_iterable(chapter.answers for chapter in fiche.chapters)
    return [answer for answer in answers if answer.is_short and answer.key not in elsewhere]


def _period(fiche: Fiche, words: Words) -> list[ShortFact]:
    start, end = (written.day_of(text) for text in fiche.period)
    if start is None:
        return []
    known = {"start": words.when(start), "end": words.when(end) if end else ""}
    told = words.gettext("%(start)s to %(end)s") if end else words.gettext("since %(start)s")
    return [ShortFact(words.gettext("Period"), Link(told % known))]


KIND = Kind(
    name="fiche",
    title=_("Practice fiche: what the host wrote of its practice, on one page or two"),
    snapshot=Fiche,
    view=view_of,
    template="fiche.html",
    styles=("papers.css",),
    freeze=freeze,
    thing=Thing.PRACTICE,
)
