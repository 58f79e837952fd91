"""Reads an import file strictly: every fault is a sentence with its path in the file, never a traceback."""

import json
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import islice
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError

from review_app.domain import strict_json
from review_app.domain.review_document import Dates, ReviewFacts, first_day, last_day
from review_app.domain.text import clean_line, clean_text
from review_app.domain.vocabulary import Precision

SCHEMA = Path(__file__).parent / "review_document.schema.json"
LARGEST = 4_000_000  # bytes
MOST_PROBLEMS = 50
PARAGRAPHS = frozenset(("practice", "objective", "outcome"))
PARTS = {Precision.YEAR: 0, Precision.MONTH: 1, Precision.DAY: 2}

HALF = "half of a character stands here (a lone surrogate)."


class Faulty(ValueError):
    """A file that cannot be taken in; `problems` are sentences, each with the place in the file."""

    def __init__(self, problems: Iterable[str]) -> None:
        self.problems = tuple(problems)
        super().__init__("; ".join(self.problems))


def read(raw: bytes, *, largest: int = LARGEST) -> list[ReviewFacts]:
    """Return the reviews of a file of at most `largest` bytes: a document, or one review by itself.

    Raises Faulty with every problem found.
    """
    content = _parsed(raw, largest)
    alone = isinstance(content, dict) and "reviews" not in content
    whole = {"reviews": [content]} if alone else content
    problems = [*_halves(whole)] or [*_broken_rules(whole := _cleaned(whole))]
    if not problems:
        reviews = [ReviewFacts.model_validate(review) for review in whole["reviews"]]
        problems = [*_contradictions(reviews)]
    if problems:
        raise Faulty(islice((_at_home(problem) if alone else problem for problem in problems), MOST_PROBLEMS))
    return reviews


def _parsed(raw: bytes, largest: int) -> Any:
    try:
        return strict_json.parsed(raw, largest=largest)
    except strict_json.Refusal as refusal:
        raise Faulty([str(refusal)]) from refusal


def _halves(content: Any) -> Iterator[str]:
    for path, box in strict_json.boxes([content]):
        for step, value in strict_json.entries(box):
            if isinstance(step, str) and strict_json.HALF.search(step):
                yield f"{_place(path[1:])}: {HALF}"
            if isinstance(value, str) and strict_json.HALF.search(value):
                yield f"{_place((*path, step)[1:])}: {HALF}"


def _cleaned(value: Any, key: str = "") -> Any:
    if isinstance(value, str):
        return clean_text(value) if key in PARAGRAPHS else clean_line(value)
    if isinstance(value, dict):
        return {name: _cleaned(inner, name) for name, inner in value.items()}
    if isinstance(value, list):
        return [_cleaned(inner, key) for inner in value]
    return value


@lru_cache(maxsize=1)
def _validator() -> Draft202012Validator:
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    return Draft202012Validator({"$defs": schema["$defs"], "$ref": "#/$defs/document"})


def _broken_rules(content: Any) -> Iterator[str]:
    for error in islice(_validator().iter_errors(content), MOST_PROBLEMS):
        yield f"{_place(tuple(error.absolute_path))}: {_sentence(error)}"


def _sentence(error: ValidationError) -> str:
    wanted: Any = error.validator_value
    schema: Any = error.schema
    given: Any = error.instance
    match error.validator:
        case "required":
            return f"{_names([name for name in wanted if name not in given])} missing."
        case "additionalProperties":
            return f"{_names(sorted(set(given) - set(schema['properties'])))} not known here."
        case "type":
            return f"must be {_types(wanted)}, not {_shown(error.instance)}."
        case "enum":
            return f"must be one of {', '.join(wanted)}, not {_shown(error.instance)}."
        case _:
            return _measure(str(error.validator), wanted, error.instance)


def _measure(rule: str, limit: Any, value: Any) -> str:
    told = {
        "maxLength": f"is longer than {limit} characters.",
        "minLength": "is empty.",
        "maxItems": f"has more than {limit} entries.",
        "minItems": "is an empty list.",
        "minimum": f"must be {limit} or more, not {_shown(value)}.",
        "maximum": f"must be {limit} or less, not {_shown(value)}.",
        "not": f"cannot be {_shown(value)}: addresses here use this word themselves.",
    }
    return told.get(rule, f"{_shown(value)} is not written as it must be ({limit}).")


def _contradictions(reviews: list[ReviewFacts]) -> Iterator[str]:
    seen: set[str] = set()
    for number, review in enumerate(reviews):
        place = f"reviews[{number}]"
        if review.id in seen:
            yield f"{place}.id: {_shown(review.id)} names another review of this file too."
        seen.add(review.id)
        yield from (f"{place}.dates{problem}" for problem in _wrong_dates(review.dates))
        yield from _wrong_sources(review, place)
        yield from _same_places(review, place)


def _wrong_dates(dates: Dates) -> Iterator[str]:
    sound = True
    for name, part in (("start", dates.start), ("end", dates.end)):
        problem = _wrong_part(part, dates.precision)
        sound = sound and not problem
        if problem:
            yield f".{name}: {problem}"
    if sound and dates.start and dates.end and first_day(dates.start) > first_day(dates.end):
        yield ".end: lies before the start."


def _wrong_part(part: str | None, precision: Precision) -> str:
    if part is None:
        return "" if precision is Precision.UNKNOWN else f"is null, although the precision is {precision.value}."
    if precision is Precision.UNKNOWN:
        return "is given, although the precision is unknown."
    if part.count("-") != PARTS[precision]:
        return f"{_shown(part)} is not as exact as the precision says ({precision.value})."
    return _no_such_day(part)


def _no_such_day(part: str) -> str:
    try:
        last_day(part)
    except ValueError:
        return f"{_shown(part)} is not a day of the calendar."
    return ""


def _wrong_sources(review: ReviewFacts, place: str) -> Iterator[str]:
    for number, source in enumerate(review.sources):
        problem = _no_such_day(source.published) if source.published else ""
        if problem:
            yield f"{place}.sources[{number}].published: {problem}"


def _same_places(review: ReviewFacts, place: str) -> Iterator[str]:
    sides = {"co_hosts": (review.host, *review.co_hosts), "visiting": review.visiting}
    for side, places in sides.items():
        names = [one.identity for one in places]
        shift = 1 if side == "co_hosts" else 0
        yield from (
            f"{place}.{side}[{number - shift}]: {_shown(places[number].name)} stands here twice."
            for number, name in enumerate(names)
            if names.index(name) < number
        )


def _place(path: strict_json.Place) -> str:
    """Write a path as `reviews[3].dates.start`; the whole file is called that."""
    written = "".join(f"[{step}]" if isinstance(step, int) else f".{_plain(step)}" for step in path)
    return written.removeprefix(".") or "the file"


def _at_home(problem: str) -> str:
    """A review that stands alone in its file has no `reviews[0]` in front."""
    inside = problem.removeprefix("reviews[0]")
    if inside.startswith(":"):
        return f"the file{inside}"
    return inside.removeprefix(".") if inside != problem else problem


def _names(names: list[str]) -> str:
    quoted = ", ".join(json.dumps(name[:60], ensure_ascii=False) for name in names[:10])
    return f"{quoted} {'is' if len(names) == 1 else 'are'}"


def _types(wanted: str | list[str]) -> str:
    called = {
        "object": "an object",
        "array": "a list",
        "string": "a text",
        "integer": "a whole number",
        "null": "null",
    }
    return " or ".join(called[name] for name in ([wanted] if isinstance(wanted, str) else wanted))


def _shown(value: Any) -> str:
    if isinstance(value, dict | list):
        return "an object" if isinstance(value, dict) else "a list"
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 60 else f"{text[:57]}..."


def _plain(step: str) -> str:
    return step if step.isidentifier() else json.dumps(step[:60])
