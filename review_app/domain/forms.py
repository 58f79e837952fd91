"""Forms as data: sections and questions with stable keys, so that answers outlive a change of wording."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class Asks(StrEnum):
    """What a question takes for an answer."""

    LINE = "line"
    TEXT = "text"
    FORMATTED = "formatted"
    WHEN = "when"
    NUMBER = "number"
    LINK = "link"
    ONE = "one"
    MANY = "many"
    ROWS = "rows"
    YES = "yes"


@dataclass(frozen=True)
class Option:
    """One answer to choose; `value` is kept, `label` is read."""

    value: str
    label: str
    hint: str = ""


@dataclass(frozen=True)
class Question:
    """One question; `limit` is in characters, `columns` are the questions of a row."""

    key: str
    ask: str
    asks: Asks = Asks.LINE
    hint: str = ""
    limit: int = 300
    required: bool = False
    options: tuple[Option, ...] = ()
    columns: tuple["Question", ...] = ()
    kinds: tuple[str, ...] = ()

    def answered(self, value: Any) -> bool:
        """Tell whether a kept value counts as an answer."""
        return bool(value.strip() if isinstance(value, str) else value)

    def label_of(self, value: str) -> str:
        """Return the label of an option, or the value itself when the option is gone."""
        return next((option.label for option in self.options if option.value == value), value)


@dataclass(frozen=True)
class Section:
    """A page of a form."""

    name: str
    title: str
    questions: tuple[Question, ...]
    lead: str = ""

    def status(self, answers: Mapping[str, Any]) -> str:
        """Return "done", "begun" or "empty": the status of the section in a task list."""
        given = [question for question in self.questions if question.answered(answers.get(question.key))]
        if not given:
            return "empty"
        return "begun" if self.missing(answers) else "done"

    def missing(self, answers: Mapping[str, Any]) -> tuple[Question, ...]:
        """Return the required questions without an answer."""
        return tuple(q for q in self.questions if q.required and not q.answered(answers.get(q.key)))


@dataclass(frozen=True)
class Form:
    """A form of the method: its sections in order."""

    name: str
    title: str
    sections: tuple[Section, ...]

    @property
    def questions(self) -> tuple[Question, ...]:
        """Return all questions of all sections."""
        return tuple(question for section in self.sections for question in section.questions)

    def section(self, name: str) -> Section:
        """Return the section of this name; KeyError for an unknown one."""
        for section in self.sections:
            if section.name == name:
                return section
        raise KeyError(name)

    def for_kind(self, kind: str) -> tuple[Question, ...]:
        """Return the questions asked for one kind of feedback item."""
        return tuple(question for question in self.questions if not question.kinds or kind in question.kinds)

    def missing(self, answers: Mapping[str, Any]) -> tuple[Question, ...]:
        """Return every required question without an answer."""
        return tuple(question for section in self.sections for question in section.missing(answers))
