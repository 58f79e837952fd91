"""A square code for the camera of a telephone: an address in, one SVG path out, dark on white with its quiet zone."""

from collections.abc import Iterator, Sequence
from html import escape
from itertools import groupby
from urllib.parse import urlencode

import segno

from review_app.reports.drawings.colours import DEFAULT, Palette
from review_app.reports.drawings.figures import Figure
from review_app.reports.wording.printable import Address
from review_app.reports.wording.words import Words

# In mm: a telephone reads modules of a third of a millimetre; a long address has more of them and takes more room.
SIDE, MODULE = 14.0, 1 / 3
QUIET = 4
"""Modules of white on every side, as ISO/IEC 18004 asks."""


def check_address(page: str, ref: str, code: str) -> Address:
    """Return the address at which the page for checking copies is filled in already."""
    return Address(f"{page}?{urlencode({'ref': ref, 'code': code})}")


def code_figure(address: str, words: Words, palette: Palette = DEFAULT) -> Figure:
    """Draw an address so that a camera can read it; the same address gives the same drawing."""
    alt = words.gettext("Square code that leads to the page where this copy can be checked.")
    return Figure(_svg(address, alt, palette), alt, ())


def _svg(address: str, title: str, palette: Palette) -> str:
    # As much correction as fits into the smallest square that holds the address.
    rows: Sequence[bytearray] = segno.make(address, error="l", micro=False, boost_error=True).matrix
    modules = len(rows) + 2 * QUIET
    side = max(SIDE, modules * MODULE)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{side:.4g}mm" height="{side:.4g}mm" '
        f'viewBox="0 0 {modules} {modules}" role="img"><title>{escape(title)}</title>'
        f'<path fill="{palette.paper}" d="M0 0h{modules}v{modules}h-{modules}z"/>'
        f'<path fill="{palette.ink}" d="{"".join(_runs(rows))}"/></svg>'
    )


def _runs(rows: Sequence[bytearray]) -> Iterator[str]:
    """Draw each run of dark modules as one box: boxes side by side would show hairlines."""
    for down, row in enumerate(rows, start=QUIET):
        across = QUIET
        for is_dark, run in groupby(row):
            width = len(list(run))
            if is_dark:
                yield f"M{across} {down}h{width}v1h-{width}z"
            across += width
