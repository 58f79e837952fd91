"""Tables of a Word file: heads that repeat, rows that stay whole, captions, and words for those who do not see them."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

from docx.oxml.ns import qn

from review_app.reports.exports.office.desk import Desk
from review_app.reports.exports.office.grid import Cell, grid_of, widths_of
from review_app.reports.exports.office.place import Place, colour_of, keep_with_next, properties_of
from review_app.reports.exports.office.runs import Voice, pieces_of, tidied, voice_of, write_pieces
from review_app.reports.exports.office.sheet import TWIP
from review_app.reports.exports.office.text import as_xml
from review_app.reports.exports.office.xml import make

Blocks = Callable[[Desk, Any, Any, Place], None]
# How a list of facts shares its width.
FACTS = (3, 7)
SIGNED, ROOM = "report-signed", 620
"""A table that is signed by hand, and the height of its rows in twentieths of a point."""
DAY, ROW_NUMBER, INSIDE = "report-day", "report-row-number", 110
"""Cells to sign in, with the room before what is written in them, and those that count the rows."""
WHOLE = 8
"""Rows of a table that stays on one page."""


def write(desk: Desk, container: Any, element: Any, place: Place, blocks: Blocks) -> None:
    """Write a table of the page."""
    caption = element.find("caption")
    words = _words_of(caption) if caption is not None else ""
    if caption is not None and "report-hidden" not in caption.get("class", "") and words:
        made = make("w:p", properties_of(place, "TableCaption"))
        write_pieces(desk, made, tidied(pieces_of(caption, voice_of(caption, Voice(place.language)))))
        desk.put(container, made)
    grid = grid_of(element)
    if not grid:
        return
    columns = max(sum(span for _cell, span, _down in row) for row in grid)
    heads = len(element.findall("thead/tr"))
    has_names = any(row[0][0].tag == "th" for row in grid[heads:] if row)
    width = place.width or desk.sheet.text_width
    widths = widths_of(grid, columns, width // TWIP)
    table = _table("ReportTable", widths, words, heads=heads > 0, names=has_names)
    for number, row in enumerate(grid):
        table.append(_row(desk, row, place, widths, blocks, is_head=number < heads))
    _put(desk, container, table)


def write_facts(desk: Desk, container: Any, element: Any, place: Place, blocks: Blocks) -> None:
    """Write terms and what is said of each as a table of two columns."""
    width = (place.width or desk.sheet.text_width) // TWIP
    widths = [width * part // sum(FACTS) for part in FACTS]
    table = _table("FactsTable", widths, _heading_before(element), heads=False, names=True)
    inside = replace(place, style="Tabletext", depth=0, rule=None)
    pair: list[Any] = []
    for one in element.iter("dt", "dd"):
        pair = [one] if one.tag == "dt" else [*pair, one]
        if one.tag == "dd":
            table.append(_row(desk, [(cell, 1, 0) for cell in pair[-2:]], inside, widths, blocks, is_head=False))
            pair = pair[:1]
    _put(desk, container, table)


def write_box(desk: Desk, container: Any, element: Any, place: Place, blocks: Blocks) -> None:
    """Write a pale box: one cell, so that lists and headings in it share one ground."""
    width = place.width or desk.sheet.text_width
    padding = 200
    table = _table("TableNormal", [width // TWIP], "", heads=False, names=False)
    properties = table.find(qn("w:tblPr"))
    properties.insert(-1, _margins(padding))
    fill = make("w:shd", val="clear", color="auto", fill=colour_of(desk.brand.pale))
    cell = make("w:tc", make("w:tcPr", make("w:tcW", w=width // TWIP, type="dxa"), fill))
    table.append(make("w:tr", make("w:trPr", make("w:cantSplit")), cell))
    inside = replace(place, width=width - 2 * padding * TWIP)
    blocks(desk, cell, element, inside)
    _end_cell(cell)
    if len(container) and container[-1].tag == qn("w:p"):
        container.append(_gap())
    _put(desk, container, table)


def _margins(padding: int) -> Any:
    sides = (("top", 150), ("left", padding), ("bottom", 90), ("right", padding))
    return make("w:tblCellMar", *(make(f"w:{side}", w=width, type="dxa") for side, width in sides))


def _table(style: str, widths: list[int], words: str, *, heads: bool, names: bool) -> Any:
    """Return an empty table; `words` are its alternative text, `names` tells that its first column names the rows."""
    value = f"{0x0600 + 0x20 * heads + 0x80 * names:04X}"
    look = make("w:tblLook", val=value, firstRow=int(heads), lastRow=0, firstColumn=int(names), lastColumn=0)
    look.set(qn("w:noHBand"), "1")
    look.set(qn("w:noVBand"), "1")
    properties = make(
        "w:tblPr",
        make("w:tblStyle", val=style),
        make("w:tblW", w=sum(widths), type="dxa"),
        make("w:tblLayout", type="fixed"),
        look,
    )
    if words:
        properties.append(make("w:tblCaption", val=words))
        properties.append(make("w:tblDescription", val=words))
    return make("w:tbl", properties, make("w:tblGrid", *(make("w:gridCol", w=width) for width in widths)))


def _row(desk: Desk, cells: list[Cell], place: Place, widths: list[int], blocks: Blocks, *, is_head: bool) -> Any:
    properties = make("w:trPr", make("w:cantSplit"))
    if not is_head and _is_signed(cells[0][0]):
        properties.append(make("w:trHeight", val=ROOM, hRule="atLeast"))
    if is_head:
        properties.append(make("w:tblHeader"))
    row, at = make("w:tr", properties), 0
    for cell, span, down in cells:
        inside = replace(place, style=_style(cell, is_head=is_head))
        row.append(_cell(desk, (cell, span, down), inside, widths[at : at + span], blocks, is_head=is_head))
        at += span
    return row


def _is_signed(cell: Any) -> bool:
    table = next(cell.iterancestors("table"), None)
    return table is not None and SIGNED in _classes(table)


def _style(cell: Any, *, is_head: bool) -> str:
    if is_head:
        return "Tablehead"
    if ROW_NUMBER in _classes(cell):
        return "Factterm"
    return {"th": "Tablename", "dt": "Factterm"}.get(cell.tag, "Tabletext")


def _cell(desk: Desk, cell: Cell, place: Place, widths: list[int], blocks: Blocks, *, is_head: bool) -> Any:
    element, span, down = cell
    properties = make("w:tcPr", make("w:tcW", w=sum(widths), type="dxa"))
    if span > 1:
        properties.append(make("w:gridSpan", val=span))
    if down:
        properties.append(make("w:vMerge", val="restart" if down > 0 else "continue"))
    properties.extend(_edges(desk, element, is_head=is_head))
    made = make("w:tc", properties)
    if down >= 0:
        language = element.get("lang") or place.language
        width = sum(widths) * TWIP
        blocks(desk, made, element, Place(language=language, style=place.style, width=width))
    _end_cell(made)
    return made


def _edges(desk: Desk, cell: Any, *, is_head: bool) -> Iterator[Any]:
    """Yield the line under a head; where people sign, a line before each day, and words in the middle of their row."""
    ink, mid = colour_of(desk.brand.ink), colour_of(desk.brand.mid)
    is_day = DAY in _classes(cell)
    before = [make("w:left", val="single", sz=4, space=0, color=mid)] if is_day else []
    under = [make("w:bottom", val="single", sz=9, space=0, color=ink)] if is_head else []
    if before or under:
        yield make("w:tcBorders", *before, *under)
    if is_day:
        yield make("w:tcMar", make("w:left", w=INSIDE, type="dxa"))
    if not is_head and _is_signed(cell):
        yield make("w:vAlign", val="center")


def _classes(element: Any) -> list[str]:
    return str(element.get("class", "")).split()


def _end_cell(cell: Any) -> None:
    """A cell ends with a paragraph, in an empty one as well as behind a table."""
    if cell[-1].tag != qn("w:p"):
        cell.append(make("w:p", make("w:pPr", make("w:pStyle", val="Tabletext"))))


def _put(desk: Desk, container: Any, table: Any) -> None:
    """Put a table into its container, with a little room behind it: two tables that touch would become one."""
    rows = table.findall(qn("w:tr"))
    if not rows:
        return
    if len(rows) <= WHOLE:
        keep_with_next(one for row in rows[:-1] for one in row.iter(qn("w:p")))
    desk.put(container, table)
    container.append(_gap())


def _gap() -> Any:
    return make("w:p", make("w:pPr", make("w:pStyle", val="Aftertable")))


def _words_of(element: Any) -> str:
    return " ".join(as_xml(element.text_content()).split())


def _heading_before(element: Any) -> str:
    """Return the heading that stands above a list of facts: it says what the table is about."""
    found = element.xpath("preceding::*[self::h1 or self::h2 or self::h3][1]")
    return _words_of(found[-1]) if found else ""
