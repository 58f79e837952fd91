"""Reads JSON from strangers strictly, and measures it before anything is made of it."""

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any

DEEPEST = 20
MOST_ENTRIES = 5_000
"""Entries of one list or object; no list in our files is longer."""
MOST_VALUES = 100_000
"""Values of a whole file: some 2,000 reviews told at length."""
HALF = re.compile("[\ud800-\udfff]")

Step = str | int
Place = tuple[Step, ...]


class Refusal(ValueError):
    """A file that is not read further; the text is a sentence."""


def parsed(raw: bytes, *, largest: int) -> Any:
    """Return what a file says. Raises Refusal when it is larger than `largest` bytes, no JSON, too deep or too much."""
    if len(raw) > largest:
        raise Refusal(f"The file is larger than {_size(largest)}.")
    content = _decoded(raw)
    _measure(content)
    return content


def boxes(content: Any) -> Iterator[tuple[Place, Any]]:
    """Every object and list with its path; on a list of our own, because depth is what we are afraid of."""
    waiting: list[tuple[Place, Any]] = [((), content)]
    while waiting:
        path, box = waiting.pop()
        yield path, box
        waiting += [((*path, step), inner) for step, inner in entries(box) if isinstance(inner, dict | list)]


def entries(box: Any) -> Iterable[tuple[Step, Any]]:
    """Return what lies in an object or a list, each with its key or number."""
    return box.items() if isinstance(box, dict) else enumerate(box)


def _decoded(raw: bytes) -> Any:
    try:
        return json.loads(raw.decode("utf-8-sig"), object_pairs_hook=_once_each, parse_constant=_no_number)
    except UnicodeDecodeError as error:
        raise Refusal(f"The file is not UTF-8 text: byte {error.start + 1} is not part of a letter.") from error
    except json.JSONDecodeError as error:
        place = f"line {error.lineno}, column {error.colno}"
        raise Refusal(f"The file is not JSON: {place}: {error.msg}.") from error
    except RecursionError as error:
        raise Refusal("The file is nested too deeply.") from error
    except Refusal:
        raise
    except ValueError as error:
        raise Refusal("The file holds a number that is too long.") from error


def _measure(content: Any) -> None:
    total = 0
    for path, box in boxes([content]):
        if len(path) > DEEPEST:
            raise Refusal("The file is nested too deeply.")
        if len(box) > MOST_ENTRIES:
            kind = "an object" if isinstance(box, dict) else "a list"
            raise Refusal(f"The file holds {kind} of more than {MOST_ENTRIES:,} entries.")
        total += len(box)
        if total > MOST_VALUES:
            raise Refusal(f"The file holds more than {MOST_VALUES:,} values: send it in parts.")


def _once_each(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) < len(pairs):
        raise Refusal(f"The file says {_first_again(name for name, _value in pairs)} twice in the same object.")
    return made


def _first_again(names: Iterable[str]) -> str:
    seen: set[str] = set()
    twice = next(name for name in names if name in seen or seen.add(name))  # type: ignore[func-returns-value]
    return json.dumps(twice[:60])


def _no_number(name: str) -> Any:
    raise Refusal(f"The file is not strict JSON: {name} is not a number.")


def _size(largest: int) -> str:
    return f"{largest / 1_000_000:g} MB" if largest >= 100_000 else f"{largest:,} bytes"
