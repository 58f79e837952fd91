"""The blocks of a page as those of a Word file: headings, paragraphs, lists, tables, figures, boxes."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

from docx.oxml.ns import qn

from review_app.reports.exports.office import asked, contents, figures, keys, tables
from review_app.reports.exports.office.desk import Desk
from review_app.reports.exports.office.place import (
    HEADINGS,
    STYLES,
    Place,
    add,
    is_below,
    keep_with_next,
    line_above,
    list_style,
    properties_of,
    rule_of,
)
from review_app.reports.exports.office.runs import Piece, Voice, pieces_of, tidied, voice_of, write_pieces
from review_app.reports.exports.office.xml import make

BLOCKS = frozenset((
    "address", "article", "aside", "blockquote", "details", "div", "dl", "fieldset", "figcaption", "figure", "footer",
    "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "img", "li", "main", "nav", "ol", "p", "pre", "section",
    "table", "ul",
))  # fmt: skip
# Stands at the edge of every page, or is said in the alternative text already.
ELSEWHERE = frozenset(("report-draft", "report-hidden"))
TEXTS = frozenset(("p", "h1", "h2", "h3", "h4", "h5", "h6", "figcaption", "caption"))
BLANK = "Blankline"
CELLS = frozenset(("th", "td", "dt", "dd"))
NEW_PAGE = frozenset(("report-slide", "report-boxes"))
AFTER_LIST = 120
"""Room behind a list, as behind any paragraph: its items stand closer."""
BOX, BOX_HEADING = "report-box", "report-box-heading"
Writer = Callable[[Desk, Any, Any, Place], None]


def write_blocks(desk: Desk, container: Any, element: Any, place: Place) -> None:
    """Write what stands in an element at the end of a container: the body, or a cell of a table."""
    if _is_text(element):
        _write_words(desk, container, element, place, _style_of(element, place))
        return
    loose: list[Piece] = []
    for part in _parts(element, place):
        if isinstance(part, Piece):
            loose.append(part)
            continue
        _write_loose(desk, container, loose, place)
        _write_block(desk, container, part, place)
    _write_loose(desk, container, loose, place)


def _parts(element: Any, place: Place) -> Iterator[Any]:
    """Return the blocks in an element, and the words that stand between them."""
    voice = Voice(place.language)
    if element.text:
        yield Piece(element.text, voice)
    for child in element:
        yield from [child] if _holds_blocks(child) else pieces_of(child, voice_of(child, voice))
        if child.tail:
            yield Piece(child.tail, voice)


def _holds_blocks(element: Any) -> bool:
    return element.tag in BLOCKS or not _is_text(element)


def _is_text(element: Any) -> bool:
    """Tell whether an element holds words alone; a picture in a paragraph stands among its words."""
    return element.tag in TEXTS or not any(one.tag in BLOCKS for one in element.iterdescendants())


def _write_loose(desk: Desk, container: Any, loose: list[Piece], place: Place) -> None:
    pieces = tidied(loose)
    loose.clear()
    if pieces:
        paragraph(desk, container, pieces, place)


def _write_block(desk: Desk, container: Any, element: Any, place: Place) -> None:
    classes = set(element.get("class", "").split())
    if ELSEWHERE & classes:
        return
    desk.await_anchor(element.get("id"))
    inside = replace(
        place,
        language=element.get("lang") or place.language,
        rule=rule_of(classes, desk) or place.rule,
        new_page=bool(NEW_PAGE & classes) or place.new_page,
    )
    if BOX in classes:
        tables.write_box(desk, container, element, inside, write_blocks)
        return
    start = len(container)
    named = next((FORM[one] for one in FORM if one in classes), None)
    (named or WRITERS.get(element.tag, _write_plain))(desk, container, element, inside)
    if element.get("data-key"):
        keys.enclose(desk, element.get("data-key"), [one for one in container[start:] if one.tag == qn("w:p")])


def _write_plain(desk: Desk, container: Any, element: Any, place: Place) -> None:
    """Write an element of no kind of its own."""
    start = len(container)
    write_blocks(desk, container, element, replace(place, new_page=False))
    first = next((one for one in container[start:] if one.tag == qn("w:p")), None)
    # The first paragraph of a slide begins a page; that of the file does so anyway.
    if place.new_page and first is not None and start > 0:
        add(first, make("w:pageBreakBefore"))


def _style_of(element: Any, place: Place) -> str:
    if element.tag in CELLS:
        return place.style
    names = element.get("class", "").split()
    named = next((STYLES[one] for one in names if one in STYLES), "")
    part = {"body": "Messagetext", "dissent": "Differentview"}.get(element.get("data-part", ""), "")
    return named or part or ("Messagetext" if place.rule else place.style)


def _write_words(desk: Desk, container: Any, element: Any, place: Place, style: str) -> None:
    for within in element.iterdescendants("span"):
        desk.await_anchor(within.get("id"))
    pieces = tidied(pieces_of(element, voice_of(element, Voice(place.language))))
    if pieces or style == BLANK:
        paragraph(desk, container, pieces, place, style)


def paragraph(desk: Desk, container: Any, pieces: list[Piece], place: Place, style: str = "") -> Any:
    """Write one paragraph and return it."""
    made = make("w:p", properties_of(place, style or place.style))
    write_pieces(desk, made, keys.labelled(pieces))
    keys.note(made, pieces)
    desk.put(container, made)
    return made


def _write_heading(desk: Desk, container: Any, element: Any, place: Place) -> None:
    start = len(container)
    _write_words(desk, container, element, place, HEADINGS[element.tag])
    if len(container) == start:
        return
    if BOX_HEADING in element.get("class", ""):
        add(container[start], make("w:spacing", before=80, after=60))
    if is_below(container[start], "Above"):
        add(container[start], make("w:spacing", before=0))


def _write_list(desk: Desk, container: Any, element: Any, place: Place) -> None:
    inside = replace(place, depth=place.depth + 1, numbers=0, style="ListContinue", rule=None)
    expected, start = _number(element.get("start")) or 1, len(container)
    for item in element:
        given = _number(item.get("value")) or expected
        if element.tag == "ol" and (given != expected or not inside.numbers):
            inside = replace(inside, numbers=desk.begin_numbers(given))
        expected = given + 1
        _write_entry(desk, container, item, inside)
    if len(container) > start and not place.depth:
        add(container[-1], make("w:spacing", after=AFTER_LIST))


def _number(given: str | None) -> int:
    return int(given) if given and given.isascii() and given.isdigit() and len(given) < 5 else 0


def _write_entry(desk: Desk, container: Any, item: Any, place: Place) -> None:
    """Write what stands in an item; its first paragraph bears the sign of the list."""
    desk.await_anchor(item.get("id"))
    start = len(container)
    write_blocks(desk, container, item, replace(place, language=item.get("lang") or place.language))
    first = next((one for one in container[start:] if one.tag == qn("w:p")), None)
    if first is not None and container[start] is first:
        first.replace(first[0], properties_of(place, list_style(place), item=True))


def _write_figure(desk: Desk, container: Any, element: Any, place: Place) -> None:
    figures.write(desk, container, element, place)
    for caption in element.iter("figcaption"):
        _write_words(desk, container, caption, place, "Caption")


def _write_table(desk: Desk, container: Any, element: Any, place: Place) -> None:
    tables.write(desk, container, element, place, write_blocks)


def _write_facts(desk: Desk, container: Any, element: Any, place: Place) -> None:
    tables.write_facts(desk, container, element, place, write_blocks)


def _write_nothing(desk: Desk, container: Any, element: Any, place: Place) -> None:
    """A line across the page is the look of the printed page alone."""


def _write_small_print(desk: Desk, container: Any, element: Any, place: Place) -> None:
    start = len(container)
    write_blocks(desk, container, element, replace(place, style="Smallprint"))
    if len(container) > start:
        add(container[start], line_above(desk.brand))
        if not is_below(container[start], "Aftertable"):
            add(container[start], make("w:spacing", before=200))


def _write_item(desk: Desk, container: Any, element: Any, place: Place) -> None:
    """Write the room for one item of a form: under a line, and whole on its page."""
    start = len(container)
    write_blocks(desk, container, element, place)
    add(container[start], line_above(desk.brand))
    add(container[start], make("w:spacing", before=280, after=30))
    keep_with_next(container[start:-1])


FORM: dict[str, Writer] = {
    "report-item": _write_item,
    "report-choice": asked.write_choice,
    "report-beside": asked.write_beside,
}
"""What the parts of a form are written by, whatever their elements are."""
WRITERS: dict[str, Writer] = {
    **dict.fromkeys(HEADINGS, _write_heading),
    "ul": _write_list,
    "ol": _write_list,
    "table": _write_table,
    "dl": _write_facts,
    "figure": _write_figure,
    "img": _write_figure,
    "hr": _write_nothing,
    "footer": _write_small_print,
    "nav": contents.write,
}
