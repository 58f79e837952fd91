"""Five slides for the oral feedback on the last evening of a visit (METHOD.md F17): headlines, and who holds them."""

from dataclasses import replace

from review_app.domain.marking import _
from review_app.domain.material import Issue, Material
from review_app.domain.visibility import Thing
from review_app.reports.frozen.freezing import freeze
from review_app.reports.frozen.snapshot import Snapshot
from review_app.reports.kinds.kind import Kind, Setting
from review_app.reports.parts.beginning import sheet_on_review
from review_app.reports.parts.ending import basis_of_slides
from review_app.reports.parts.slide_points import slides_of, title_of
from review_app.reports.parts.slide_room import BELOW, SMALL_PRINT, WIDTH, height_of
from review_app.reports.parts.slide_view import SlidesView


class Slides(Snapshot):
    """The same content as in the highlights: what does not fit on a slide is left to the report when it is drawn."""

    kind: str = "slides"


def freeze_slides(material: Material, issue: Issue) -> Slides:
    """Return the slides of a review; they work from drafts, as soon as there is a message or a released item."""
    return Slides(**{**dict(freeze(material, replace(issue, on=None))), "kind": "slides"})


def view_of(snapshot: Slides, setting: Setting) -> SlidesView:
    """Return the slides that hold something, the small print below the last of them."""
    words = setting.words
    sheet = sheet_on_review(snapshot, words, kind=words.gettext("Feedback on the last evening"), basis=basis_of_slides)
    small_print = sheet.colophon.sentences
    below = BELOW + height_of(" ".join(sentence.whole for sentence in small_print), size=SMALL_PRINT, width=WIDTH)
    slides = slides_of(snapshot, words, below=below)
    title = title_of(snapshot, sheet, words, below=0.0 if slides else below)
    return SlidesView(sheet=sheet, title=title, slides=slides, small_print=small_print)


KIND = Kind(
    name="slides",
    title=_("Slides: five for the oral feedback on the last evening of the visit"),
    snapshot=Slides,
    view=view_of,
    template="slides.html",
    styles=("feedback.css", "slides.css"),
    freeze=freeze_slides,
    thing=Thing.DRAFT,
)
