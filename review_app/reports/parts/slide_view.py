"""What the template of the slides draws: few lines in large type, and how many more the report holds."""

from dataclasses import dataclass

from review_app.reports.parts.view import Marked, Sheet


@dataclass(frozen=True)
class Point:
    """One headline on a slide; beside it who holds it, and what kind of thing it is where a slide holds several.

    `language` is None where it is that of the report; `summary` says the same in English.
    """

    text: str
    side: tuple[str, ...] = ()
    style: str = ""
    language: str | None = None
    summary: str = ""


@dataclass(frozen=True)
class Slide:
    """One slide. `size` is that of its headlines in points, `more` says how many are left to the report."""

    heading: str
    points: tuple[Point, ...]
    more: str
    size: int


@dataclass(frozen=True)
class TitleSlide:
    """The first slide: who met, and what was asked. Sizes are in points."""

    size: int
    lead: str
    questions_heading: str
    questions: tuple[str, ...]
    question_size: int
    more: str


@dataclass(frozen=True)
class SlidesView:
    """All slides, ready to be drawn; `small_print` stands below the last one."""

    sheet: Sheet
    title: TitleSlide
    slides: tuple[Slide, ...]
    small_print: tuple[Marked, ...]
