"""What a kind of report is: how it is frozen, how it is worded, and with which template it is drawn."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from review_app.domain.material import Issue, Material, Part
from review_app.domain.visibility import Thing
from review_app.reports.drawings.colours import DEFAULT, Palette
from review_app.reports.drawings.map import Europe
from review_app.reports.frozen.snapshot import Paper
from review_app.reports.parts.view import Drawable
from review_app.reports.wording.words import Words

P = TypeVar("P", bound=Paper)


@dataclass(frozen=True)
class Setting:
    """Where a report is drawn: in which words and colours, with which base map, for a screen or for paper."""

    words: Words
    europe: Europe | None = None
    on_screen: bool = False
    palette: Palette = DEFAULT


@dataclass(frozen=True)
class Kind(Generic[P]):
    """One kind of report. `freeze` is None for kinds that are not made from one review.

    `thing` says who reads it (the visibility table); a numbered kind is frozen under a number when its review is
    published, any other is made anew whenever somebody asks for it. `also` is what its material must hold besides,
    `styles` the stylesheets of its own.
    """

    name: str
    title: str
    snapshot: type[P]
    view: Callable[[P, Setting], Drawable]
    template: str
    freeze: Callable[[Material, Issue], P] | None = None
    thing: Thing = Thing.PAPER
    is_numbered: bool = False
    also: frozenset[Part] = frozenset()
    styles: tuple[str, ...] = ()
