"""From a frozen snapshot to HTML: the article for the browser, the document for print. No table, no clock."""

from base64 import b64encode
from functools import lru_cache
from gettext import NullTranslations
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from review_app.reports.drawings.colours import Palette
from review_app.reports.drawings.map import read_europe
from review_app.reports.frozen.snapshot import Paper
from review_app.reports.kinds.kind import Setting
from review_app.reports.kinds.registry import of as kind_of
from review_app.reports.materials import COMMON, Materials
from review_app.reports.wording.printable import Address, softened
from review_app.reports.wording.words import Words

MATERIALS = Materials.of()


def body(paper: Paper, sentences: NullTranslations | None = None, materials: Materials = MATERIALS) -> Markup:
    """Return the report as one <article>, to stand in a page of the web. Figures are inline SVG.

    A brand of its own comes with a link to `/brand.css`, which the site serves under its own policy.
    """
    template = kind_of(paper).template
    return Markup(_drawn(template, paper, sentences, materials, on_screen=True, on_site=True))  # noqa: S704 - autoescaped


def document(paper: Paper, sentences: NullTranslations | None = None, materials: Materials = MATERIALS) -> str:
    """Return the whole document for print; styles are named as in `assets/print`."""
    return _drawn("document.html", paper, sentences, materials, on_screen=False)


def file(paper: Paper, sentences: NullTranslations | None = None, materials: Materials = MATERIALS) -> str:
    """Return a page that stands for itself: styles within, figures inline, nothing fetched from anywhere."""
    return _drawn("file.html", paper, sentences, materials, on_screen=True)


def _drawn(
    template: str,
    paper: Paper,
    sentences: NullTranslations | None,
    materials: Materials,
    *,
    on_screen: bool,
    on_site: bool = False,
) -> str:
    spoken = sentences or materials.sentences(paper.language)
    kind = kind_of(paper)
    words, palette = Words(paper.language, spoken), Palette.of(paper.brand)
    setting = Setting(words, read_europe(materials.europe), on_screen=on_screen, palette=palette)
    return (
        _environment(materials.templates)
        .get_template(template)
        .render(
            view=kind.view(paper, setting),
            template=kind.template,
            screen=_screen(materials.screen) if on_screen else "",
            styles=(*COMMON, *kind.styles),
            on_screen=on_screen,
            on_site=on_site,
            gettext=words.gettext,
            ngettext=spoken.ngettext,
        )
    )


@lru_cache(maxsize=4)
def _screen(styles: Path) -> Address:
    return Address("data:text/css;base64," + b64encode(styles.read_bytes()).decode())


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
