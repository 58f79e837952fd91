"""Pages of a list: which one was asked for, how many there are, and what the list is narrowed by."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from flask import request

from review_app.domain.text import clean_line

LAST = 9_999
YEARS = range(1900, 2200)


@dataclass(frozen=True)
class Pages:
    """Page `page` of a list of `total` lines, `size` on a page."""

    page: int
    total: int
    size: int

    @property
    def pages(self) -> int:
        """How many pages there are, at least one."""
        return max(1, -(-self.total // self.size))


def page_asked() -> int:
    """Return the page in the address or in the form, 1 for anything that is none."""
    asked = request.values.get("page", "1")
    return min(max(int(asked), 1), LAST) if asked.isascii() and asked.isdigit() and len(asked) < 6 else 1


def year_asked(name: str = "year") -> int | None:
    """Return the year in the address or in the form, None for anything that is none."""
    asked = request.values.get(name, "")
    year = int(asked) if asked.isascii() and asked.isdigit() and len(asked) == 4 else 0
    return year if year in YEARS else None


def narrowed_by(filters: Iterable[str], *, longest: int) -> dict[str, Any]:
    """Return what the list is narrowed by: in the address of a page, in hidden fields of its forms.

    A value has `longest` characters at most; a filter that is empty is left out.
    """
    return {name: clean_line(request.values[name])[:longest] for name in filters if request.values.get(name)}
