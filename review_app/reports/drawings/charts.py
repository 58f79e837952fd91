"""A figure with its table: what `templates/reports/parts/chart.html` draws, whatever the figure shows."""

from dataclasses import dataclass

from review_app.reports.drawings.figures import Figure


@dataclass(frozen=True)
class Chart:
    """A figure and the same facts as a table: the first column heads the rows, numbers stand in the others.

    `texts` says that the other columns hold words. `languages` are those of the first column, row by row, None where it
    is the report's; empty where all are. `shape` names a style of its own.
    """

    figure: Figure
    caption: str
    headers: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    heading: str = ""
    texts: bool = False
    languages: tuple[str | None, ...] = ()
    shape: str = "plain"
