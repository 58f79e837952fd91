"""Gathers the words of messages while a Word file is read from its beginning: which paragraph belongs to what."""

from dataclasses import dataclass, field

from review_app.reports.exports.office.marks import Mark, Part

Line = str
BY_STYLE = {"message text": Part.BODY, "different view": Part.DISSENT}
BETWEEN = frozenset((*BY_STYLE, "first step", "summary"))
"""Styles of paragraphs inside a message; any other ends it."""
LONGEST, MOST_MESSAGES = 20_000, 1_000
"""Letters of one part and messages of one file; what is beyond is left, for no form takes it."""


@dataclass
class Gathering:
    """The words so far: by message and part, and those of the paragraph that is being read."""

    texts: dict[str, dict[Part, list[Line]]] = field(default_factory=dict)
    was: dict[str, tuple[str, str, str]] = field(default_factory=dict)
    _open: dict[str, Mark] = field(default_factory=dict)
    _last: str = ""
    _words: list[tuple[Mark | None, str]] = field(default_factory=list)

    def open(self, number: str, mark: Mark | None) -> None:
        """Begin a bookmark. One that comes twice counts once: a copy in the text is no second message."""
        if mark is None or (mark.message not in self.was and len(self.was) >= MOST_MESSAGES):
            return
        self.was.setdefault(mark.message, mark.was)
        self.texts.setdefault(mark.message, {part: [] for part in Part})
        self._open[number] = mark
        self._words.append((mark, ""))

    def close(self, number: str) -> None:
        """End a bookmark."""
        self._open.pop(number, None)

    def say(self, words: str) -> None:
        """Take words of the paragraph."""
        mark = next(reversed(self._open.values()), None)
        self._words.append((mark, words))

    def end_paragraph(self, style: str) -> None:
        """Give the words of a paragraph to the part they belong to; `style` is its name in small letters."""
        words, self._words = self._words, []
        marks = list(dict.fromkeys(mark for mark, _said in words if mark is not None))
        said = "".join(part for _mark, part in words)
        if marks:
            self._last = marks[-1].message
            self._share(words, marks)
        elif said.strip() and style in BY_STYLE and self._last:
            # Written between bookmarks, where a paragraph was added or a bookmark got lost.
            self._add(self._last, BY_STYLE[style], said)
        elif said.strip() and style not in BETWEEN:
            self._last = ""

    def end(self) -> None:
        """End a file whose last paragraph goes nowhere."""
        if self._words:
            self.end_paragraph("")

    def _share(self, words: list[tuple[Mark | None, str]], marks: list[Mark]) -> None:
        """A paragraph belongs whole to its bookmark, wherever in it that begins; two that were joined are shared."""
        shares = dict.fromkeys(marks, "")
        current = marks[0]
        for mark, said in words:
            current = mark or current
            shares[current] += said
        for mark, said in shares.items():
            self._add(mark.message, mark.part, said)

    def _add(self, message: str, part: Part, said: Line) -> None:
        lines = self.texts[message][part]
        room = LONGEST - sum(map(len, lines))
        if room > 0:
            lines.append(said[:room])
