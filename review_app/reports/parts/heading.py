"""Numbers the chapters of a long report in the order in which they come, and keeps its table of contents."""

from review_app.reports.parts.long_view import Head


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
