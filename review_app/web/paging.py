"""Pages of a list: which one was asked for, and how many there are."""

from dataclasses import dataclass

from flask import request

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
