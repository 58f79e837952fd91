"""Why a report was not printed, as sentences for a person."""

from collections.abc import Callable
from enum import StrEnum


class Reason(StrEnum):
    """What stopped a rendering."""

    TIMEOUT = "timeout"
    MEMORY = "memory"
    FONTS = "fonts"
    PANGO = "pango"
    REFUSED = "refused"
    GLYPHS = "glyphs"
    CRASH = "crash"
    MACHINE = "machine"
    CANCELLED = "cancelled"


class PrintFailed(Exception):
    """A report could not be printed; nothing was written. `detail` is for the log or for the sentence."""

    def __init__(self, reason: Reason, detail: str = "") -> None:
        super().__init__(f"{reason.value}: {detail}" if detail else reason.value)
        self.reason = reason
        self.detail = detail

    def told(self, gettext: Callable[[str], str]) -> str:
        """Return the reason in the reader's language, with what to do next."""
        sentences = _sentences(gettext) | (_with_limits(gettext) if self.detail.isdigit() else {})
        return sentences[self.reason] % {"detail": self.detail}


def _with_limits(_: Callable[[str], str]) -> dict[Reason, str]:
    """What was said before limits were told has none to tell."""
    return {
        Reason.TIMEOUT: _(
            "The report was not ready after %(detail)s seconds, the most it may take, and its printing was stopped. "
            "Shorten its longest texts and try again."
        ),
        Reason.MEMORY: _(
            "The report needs more than the %(detail)s MB of memory that it may have. Shorten its longest texts and "
            "try again."
        ),
    }


def _sentences(_: Callable[[str], str]) -> dict[Reason, str]:
    return {
        Reason.TIMEOUT: _(
            "The report took too long to print and was stopped. Shorten its longest texts and try again."
        ),
        Reason.MEMORY: _("The report needs more memory than it may have. Shorten its longest texts and try again."),
        Reason.CANCELLED: _("The printing was cancelled."),
        Reason.FONTS: _("The typeface of the reports is not installed: %(detail)s. Run the set-up again."),
        Reason.MACHINE: _("Reports cannot be printed or stored here just now: %(detail)s."),
        Reason.PANGO: _("Reports cannot be printed here because the Pango library is missing. Ask your administrator."),
        Reason.REFUSED: _("The report asks for something from outside and was not printed: %(detail)s."),
        Reason.GLYPHS: _("No typeface at hand can print these characters: %(detail)s. Write them in another way."),
        Reason.CRASH: _("The printing stopped unexpectedly. Try again; if it happens twice, tell your administrator."),
    }
