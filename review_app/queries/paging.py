"""Lists in pages: twenty a page, and a page number from elsewhere finds the nearest."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

PAGE = 20
T = TypeVar("T")


@dataclass(frozen=True)
class Paged(Generic[T]):
    """One page of a list: pages count from 1, `total` is how many there are on all of them."""

    rows: Sequence[T] = ()
    page: int = 1
    total: int = 0

    @property
    def pages(self) -> int:
        """How many pages there are, at least one."""
        return max(1, -(-self.total // PAGE))


def within(page: int, total: int) -> int:
    """Return the page that is there."""
    return min(max(1, page), max(1, -(-total // PAGE)))
