"""From a frozen snapshot to HTML: the article for the browser, the document for print. No table, no clock."""

from functools import lru_cache
from gettext import NullTranslations
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from review_app.reports import beginning, chapters, ending
from review_app.reports.figures import map_figure
from review_app.reports.map import Europe, read_europe
from review_app.reports.materials import Materials
from review_app.reports.printable import softened
from review_app.reports.snapshot import Snapshot
from review_app.reports.view import View
from review_app.reports.words import Words

MATERIALS = Materials.of()


def body(snapshot: Snapshot, sentences: NullTranslations | None = None, materials: Materials = MATERIALS) -> Markup:
    """Return the report as one <article>, to stand in a page of the web. Figures are inline SVG."""
    return Markup(_drawn("highlights.html", snapshot, sentences, materials, on_screen=True))  # noqa: S704 - autoescaped


def document(snapshot: Snapshot, sentences: NullTranslations | None = None, materials: Materials = MATERIALS) -> str:
    """Return the whole document for print; styles are named as in `assets/print`."""
    return _drawn("document.html", snapshot, sentences, materials, on_screen=False)


def view_of(snapshot: Snapshot, words: Words, europe: Europe | None, *, on_screen: bool) -> View:
    """Return the finished sentences and figures of a report, section by section (METHOD.md 4.1)."""
    return View(
        language=snapshot.language,
        page_title=beginning.page_title(snapshot, words),
        running=beginning.running_line(snapshot, words),
        imprint=beginning.imprint(snapshot, words),
        dated=beginning.dated(snapshot),
        opening=beginning.opening_of(snapshot, words),
        brief=beginning.brief_of(snapshot, words),
        map=map_figure(snapshot, words, europe),
        why=beginning.why_of(snapshot, words),
        practice=beginning.practice_of(snapshot, words),
        key_figures=beginning.key_rows_of(snapshot),
        saw=beginning.saw_of(snapshot, words),
        said=chapters.said_of(snapshot, words, on_screen=on_screen),
        chapters=chapters.chapters_of(snapshot, words),
        take_homes=chapters.take_homes_of(snapshot, words),
        host=ending.host_word_of(snapshot),
        closing=ending.closing_of(snapshot, words),
    )


def _drawn(
    template: str,
    snapshot: Snapshot,
    sentences: NullTranslations | None,
    materials: Materials,
    *,
    on_screen: bool,
) -> str:
    spoken = sentences or materials.sentences(snapshot.language)
    view = view_of(snapshot, Words(snapshot.language, spoken), read_europe(materials.europe), on_screen=on_screen)
    page = _environment(materials.templates).get_template(template)
    return page.render(view=view, on_screen=on_screen, gettext=spoken.gettext, ngettext=spoken.ngettext)


@lru_cache(maxsize=4)
def _environment(templates: Path) -> Environment:
    """One environment a folder: sentences come with each page, so that threads share no state."""
    return Environment(
        loader=FileSystemLoader(templates),
        autoescape=True,
        undefined=StrictUndefined,
        extensions=["jinja2.ext.i18n"],
        finalize=softened,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
