"""Where a paragraph stands: in a list, a message, a box, the small print; and how it looks for that."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from docx.oxml.ns import qn

from review_app.reports.exports.office.desk import Desk
from review_app.reports.exports.office.xml import make
from review_app.reports.frozen.snapshot import Brand

# Each level of a list is indented by so much more, in twentieths of a point.
STEP, INDENT = 284, 244
DEEPEST = 2
STYLES = {
    "report-kind": "Kindline",
    "report-byline": "Byline",
    "report-lead": "Lead",
    "report-word": "Lead",
    "report-question": "Question",
    "report-dissent": "Differentview",
    "report-step": "Firststep",
    "report-summary": "Summary",
    "report-support": "Support",
    "report-small-print": "Smallprint",
    "report-note": "Caption",
    "report-side": "Support",
    "report-ask": "Ask",
    "report-strong": "Question",
    "report-above": "Above",
    "report-line": "Blankline",
    "report-own-line": "Ownline",
}
ORDER = tuple(
    qn(f"w:{name}")
    for name in ("pStyle", "keepNext", "keepLines", "pageBreakBefore", "numPr", "pBdr", "shd", "tabs", "spacing", "ind")
)
STATEMENTS = frozenset(("report-statement", "report-point"))
HEADINGS = {"h1": "Title", "h2": "Heading1", "h3": "Heading2", "h4": "Heading3", "h5": "Heading3", "h6": "Heading3"}


@dataclass(frozen=True)
class Rule:
    """The line beside a message: kinds differ by it as they do on paper. Width in eighths of a point."""

    style: str
    size: int
    space: int
    colour: str
    indent: int


@dataclass(frozen=True)
class Place:
    """What surrounds a paragraph. `depth` counts the lists around it; `numbers` is the list whose numbers it bears."""

    language: str
    style: str = "Normal"
    depth: int = 0
    numbers: int = 0
    rule: Rule | None = None
    width: int = 0
    new_page: bool = False


def rule_of(classes: set[str], desk: Desk) -> Rule | None:
    """Return the line beside a message of a kind: double for challenges, thin for lessons, else solid."""
    if not STATEMENTS & classes:
        return None
    # Lines that stand at one edge flow into one: each message is set off from the last by a hair.
    indent = INDENT + desk.number("statement") % 2
    if "report-kind-challenge" in classes:
        return Rule("double", 6, 9, desk.brand.accent, indent)
    return Rule("single", 4 if "report-kind-lesson" in classes else 20, 10, desk.brand.ink, indent)


def properties_of(place: Place, style: str, *, item: bool = False) -> Any:
    """Return the properties of a paragraph, in the order of the schema."""
    made = make("w:pPr", make("w:pStyle", val=style))
    if place.rule and style != "Support":
        made.append(make("w:keepNext"))
    if item and place.numbers:
        made.append(_numbers(place))
    if place.rule:
        made.append(make("w:pBdr", _line("left", place.rule)))
        made.append(make("w:ind", left=place.rule.indent))
    elif place.depth and not item:
        made.append(make("w:ind", left=STEP * min(place.depth, DEEPEST + 1)))
    return made


def list_style(place: Place) -> str:
    """Return the style of an item of a list."""
    level = min(place.depth - 1, DEEPEST)
    return ("ListNumber" if place.numbers else "ListBullet") + (str(level + 1) if level else "")


def _numbers(place: Place) -> Any:
    level = min(place.depth - 1, DEEPEST)
    return make("w:numPr", make("w:ilvl", val=level), make("w:numId", val=place.numbers))


def line_above(brand: Brand) -> Any:
    """Return the line over the small print."""
    return make("w:pBdr", make("w:top", val="single", sz=6, space=8, color=colour_of(brand.ink)))


def colour_of(colour: str) -> str:
    """Return a colour as Word writes it."""
    return colour.lstrip("#").upper()


def add(paragraph: Any, made: Any) -> None:
    """Give a paragraph one more property, in the order of the schema; one that it has already is not doubled."""
    properties = paragraph.find(qn("w:pPr"))
    if properties.find(made.tag) is not None:
        return
    rank = ORDER.index(made.tag)
    at = next((number for number, one in enumerate(properties) if ORDER.index(one.tag) > rank), len(properties))
    properties.insert(at, made)


def keep_with_next(paragraphs: Iterable[Any]) -> None:
    """Keep each of these paragraphs on the page of what follows it."""
    for one in paragraphs:
        add(one, make("w:keepNext"))


def is_below(paragraph: Any, style: str) -> bool:
    """Tell whether a paragraph stands right below one of a style."""
    return bool(getattr(paragraph.getprevious(), "style", "") == style)


def _line(side: str, rule: Rule) -> Any:
    return make(f"w:{side}", val=rule.style, sz=rule.size, space=rule.space, color=colour_of(rule.colour))
