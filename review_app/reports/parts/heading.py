"""Numbers the chapters of a long report in the order in which they come, and keeps its table of contents."""

from math import ceil

from review_app.reports.parts.long_view import Head
from review_app.reports.parts.view import Opening

# In mm and letters, of the cover as feedback.css sets it.
ROOM = 156.0
TITLE, TITLE_LETTERS = 9.4, 33
ROW, ROW_LINE, ROW_LETTERS = 7.9, 5.0, 82
CORRECTION = 10.0


class Contents:
    """Hands out headings: chapters count from 1, annexes from A. Ask only for what is not empty, and in order."""

    def __init__(self) -> None:
        self._heads: list[Head] = []
        self._chapters = self._annexes = 0

    @property
    def heads(self) -> tuple[Head, ...]:
        """Every heading so far, in order."""
        return tuple(self._heads)

    def chapter(self, anchor: str, title: str, *, above: str = "", language: str | None = None) -> Head:
        """Return the heading of the next chapter."""
        self._chapters += 1
        return self._kept(Head(str(self._chapters), title, anchor, above, language))

    def annex(self, anchor: str, title: str) -> Head:
        """Return the heading of the next annex; there are fewer of them than letters."""
        self._annexes += 1
        return self._kept(Head(chr(ord("A") + self._annexes - 1), title, anchor))

    def _kept(self, head: Head) -> Head:
        self._heads.append(head)
        return head


def is_crowded(opening: Opening, heads: tuple[Head, ...]) -> bool:
    """Tell whether opening and contents are more than a cover holds below its wide margin."""
    title = ceil(len(opening.title) / TITLE_LETTERS) * TITLE
    rows = sum(ROW + len(head.title) // ROW_LETTERS * ROW_LINE for head in heads)
    return title + rows + len(opening.erratum) * CORRECTION > ROOM
