"""The four ways in which every journey is made: a desk and a phone, with JavaScript and without."""

from dataclasses import dataclass

SMALLEST = 320


@dataclass(frozen=True)
class Way:
    """A width of the window, and whether scripts run."""

    width: int
    scripts: bool

    @property
    def is_narrow(self):
        """Whether this is a telephone."""
        return self.width < 600

    @property
    def height(self):
        """A window as it is common with that width."""
        return 780 if self.is_narrow else 900

    def __str__(self):
        return f"{self.width} px {'with' if self.scripts else 'without'} scripts"


DESK, DESK_BARE = Way(1280, scripts=True), Way(1280, scripts=False)
PHONE, PHONE_BARE = Way(360, scripts=True), Way(360, scripts=False)
WAYS = (DESK, PHONE, DESK_BARE, PHONE_BARE)
