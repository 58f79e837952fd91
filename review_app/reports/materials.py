"""Where the things lie that a report is made of: templates, styles, fonts, map, catalogues of sentences."""

from dataclasses import dataclass
from gettext import NullTranslations
from pathlib import Path

from review_app.reports.wording import catalogue

PROJECT = Path(__file__).parents[2]
FONTS = ("Inter-Regular.woff2", "Inter-SemiBold.woff2", "Inter-Bold.woff2", "Inter-Italic.woff2")
COMMON = ("tokens.css", "report.css")
STYLES = (*COMMON, "feedback.css", "slides.css", "papers.css", "synthesis.css")
"""All there are. A page names those of its kind: each rule is tried on each element, and costs."""


@dataclass(frozen=True)
class Materials:
    """Folders and files, absolute. Fonts and map are built at set-up and may be missing."""

    templates: Path
    styles: Path
    word: Path
    fonts: Path
    europe: Path
    catalogues: Path
    screen: Path

    @classmethod
    def of(cls, root: Path = PROJECT) -> "Materials":
        """Return the materials of the project that lies in `root`."""
        return cls(
            templates=root / "templates" / "reports",
            styles=root / "assets" / "print",
            word=root / "assets" / "word",
            fonts=root / "build" / "static",
            europe=root / "build" / "europe.json",
            catalogues=root / "review_app" / "translations",
            screen=root / "build" / "static" / "paper.css",
        )

    def missing_fonts(self) -> tuple[str, ...]:
        """Return the names of the fonts that set-up has not put in place."""
        return tuple(name for name in FONTS if not (self.fonts / name).is_file())

    def sentences(self, language: str) -> NullTranslations:
        """Return the catalogue of a language; without one, the sentences stay as they are in the code."""
        return catalogue.read(self.catalogues, language)
