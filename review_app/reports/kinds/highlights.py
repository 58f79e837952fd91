"""The highlights report: two to four pages for readers who were not there (METHOD.md 4.1)."""

from review_app.domain.marking import _
from review_app.reports.drawings.figures import map_figure
from review_app.reports.frozen.freezing import freeze
from review_app.reports.frozen.snapshot import Snapshot
from review_app.reports.kinds.kind import Kind, Setting
from review_app.reports.parts import beginning, chapters, ending
from review_app.reports.parts.beginning import sheet_on_review
from review_app.reports.parts.view import View


def view_of(snapshot: Snapshot, setting: Setting) -> View:
    """Return the finished sentences and figures of a report, section by section."""
    words = setting.words
    return View(
        sheet=sheet_on_review(snapshot, words, kind=words.gettext("Highlights")),
        brief=beginning.brief_of(snapshot, words),
        map=map_figure(snapshot, words, setting.europe, setting.palette),
        why=beginning.why_of(snapshot, words),
        practice=beginning.practice_of(snapshot, words),
        key_figures=beginning.key_rows_of(snapshot),
        saw=beginning.saw_of(snapshot, words),
        said=chapters.said_of(snapshot, words, on_screen=setting.on_screen),
        chapters=chapters.chapters_of(snapshot, words),
        take_homes=chapters.take_homes_of(snapshot, words),
        host=ending.host_word_of(snapshot, words),
        closing=ending.closing_of(snapshot, words),
    )


KIND = Kind(
    name="highlights",
    title=_("Highlights report: two to four pages for readers who were not there"),
    snapshot=Snapshot,
    view=view_of,
    template="highlights.html",
    freeze=freeze,
    is_numbered=True,
)
