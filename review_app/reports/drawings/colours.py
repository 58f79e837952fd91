"""Colours and typeface of the drawings: those of the page they stand on, which SVG images cannot read."""

from dataclasses import dataclass

from review_app.reports.frozen.snapshot import Brand

FONT = "Inter, sans-serif"


@dataclass(frozen=True)
class Palette:
    """The colours of one network as #rrggbb; without a brand those of assets/print/tokens.css."""

    ink: str = "#14284b"
    accent: str = "#a8431b"
    mid: str = "#5a6c88"
    pale: str = "#e6ebf2"
    line: str = "#b9c3d2"
    paper: str = "#ffffff"

    @classmethod
    def of(cls, brand: Brand) -> "Palette":
        """Return the colours that a report keeps with its brand."""
        return cls(brand.ink, brand.accent, brand.mid, brand.pale, brand.line)

    @property
    def land_of_host(self) -> str:
        """A country among the others, which are pale: half way to the colour of lines."""
        return _between(self.pale, self.line)


DEFAULT = Palette()


def _between(one: str, other: str) -> str:
    pairs = zip(bytes.fromhex(one[1:]), bytes.fromhex(other[1:]), strict=True)
    return "#" + bytes((left + right) // 2 for left, right in pairs).hex()
