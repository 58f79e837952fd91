"""A rule said no: the verdict travels to the door, which shows its sentence and keeps the person's text."""

from collections.abc import Mapping
from typing import Any

from review_app.domain.workflow import Verdict


class Refused(Exception):
    """The method's table or a guard refused an action."""

    def __init__(self, verdict: Verdict) -> None:
        self.verdict = verdict
        super().__init__(verdict.sentence % verdict.values if verdict.values else verdict.sentence)


class Unacceptable(Exception):
    """A value that the rules do not take; `sentence` says what to do, `field` where."""

    def __init__(self, sentence: str, values: Mapping[str, Any] | None = None, *, field: str = "") -> None:
        self.sentence, self.values, self.field = sentence, values or {}, field
        super().__init__(sentence % self.values if self.values else sentence)


class Stale(Exception):
    """Somebody saved a newer version meanwhile. `theirs` is what stands there now, by field name.

    `text` names it in the history, so that the version a person has seen is not replaced afterwards.
    """

    def __init__(self, theirs: Mapping[str, Any], version: int, *, text: tuple[str, int] | None = None) -> None:
        self.theirs, self.version, self.text = theirs, version, text
        super().__init__("a newer version was saved meanwhile")
