"""The synthesis over many reviews: what they have in common, who says so, and how often (METHOD.md 4.4)."""

from collections.abc import Iterator
from dataclasses import replace

from review_app.domain.marking import _
from review_app.domain.visibility import Thing
from review_app.reports.drawings.network_map import network_map
from review_app.reports.frozen.synthesis import SynthesisReport
from review_app.reports.kinds.kind import Kind, Setting
from review_app.reports.parts import synthesis_annexes, synthesis_made, synthesis_said
from review_app.reports.parts.sheet import Naming, sheet_of, typed
from review_app.reports.parts.synthesis_counting import places_of
from review_app.reports.parts.synthesis_pictured import Canvas, with_marks, with_ranking, with_timeline
from review_app.reports.parts.synthesis_view import Glossary, Heading, Prose, SynthesisView
from review_app.reports.parts.synthesis_words import glossary_of
from review_app.reports.parts.view import Marked, Sheet
from review_app.reports.wording.words import Words

# In mm: the whole width of the printed page; less on screens, where names must be read at 360 px.
MAP_WIDTH, MAP_WIDTH_ON_SCREEN = 170.0, 76.0


def view_of(report: SynthesisReport, setting: Setting) -> SynthesisView:
    """Return the finished sentences, tables and figures of a synthesis, part by part."""
    words = setting.words
    canvas = Canvas(words, setting.palette, setting.on_screen)
    width = MAP_WIDTH_ON_SCREEN if setting.on_screen else MAP_WIDTH
    return _with_contents(
        SynthesisView(
            sheet=_sheet(report, words),
            facts=synthesis_made.facts_of(report, words),
            contents=(),
            foreword=_prose(words.gettext("Foreword"), "foreword", report.foreword),
            findings=report.findings,
            findings_heading=Heading(words.gettext("Key findings"), "key-findings"),
            making=synthesis_made.making_of(report, words),
            map=network_map(places_of(report), words, setting.europe, width=width),
            themes=synthesis_said.themes_of(report, words),
            chapters=with_ranking(synthesis_said.chapters_of(report, words), report, canvas),
            practices=synthesis_annexes.practices_of(report, words),
            sequels=synthesis_annexes.sequels_of(report, words),
            conclusions=_prose(words.gettext("Conclusions"), "conclusions", report.conclusions),
            matrix=with_marks(synthesis_annexes.matrix_of(report, words), report, canvas),
            reviews=with_timeline(synthesis_annexes.reviews_of(report, words), report, canvas),
            glossary=Glossary(Heading(words.gettext("Glossary"), "glossary"), glossary_of(words)),
        )
    )


def _with_contents(view: SynthesisView) -> SynthesisView:
    """Say what stands in it, in the order of the pages; themes stand within their chapter."""
    return replace(view, contents=tuple(_headings(view)))


def _headings(view: SynthesisView) -> Iterator[Heading]:
    if view.foreword:
        yield view.foreword.heading
    if view.findings:
        yield view.findings_heading
    yield view.making.heading
    if view.themes:
        yield view.themes.heading
        yield from (theme.heading for theme in view.themes.themes)
    yield from (chapter.heading for chapter in view.chapters)
    later = (view.practices, view.sequels, view.conclusions, view.matrix, view.reviews, view.glossary)
    yield from (part.heading for part in later if part)


def _sheet(report: SynthesisReport, words: Words) -> Sheet:
    reviews = words.ngettext("%(count)s review", "%(count)s reviews", len(report.reviews))
    counted = (Marked(reviews), Marked(synthesis_made.span_of(report, words)))
    naming = Naming(kind=words.gettext("Synthesis report"), byline=(*counted, typed(report.network, report, words)))
    basis = words.gettext(
        "This synthesis rests on published reports alone. What cities said stands here as their report published it; "
        "themes and texts are by its writers, counts are made from the reports, and no city is ranked."
    )
    return sheet_of(report, words, naming, (basis,))


def _prose(heading: str, anchor: str, texts: tuple[str, ...]) -> Prose | None:
    return Prose(Heading(heading, anchor), texts) if texts else None


KIND = Kind(
    name="synthesis",
    title=_("Synthesis report: what many reviews of the network say together"),
    snapshot=SynthesisReport,
    view=view_of,
    template="synthesis.html",
    styles=("synthesis.css",),
    thing=Thing.REPORT,
    is_numbered=True,
)
