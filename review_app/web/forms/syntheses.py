"""The forms of a synthesis: how it begins, and its texts."""

from typing import Any

from flask_babel import lazy_gettext as _l

from review_app.domain.vocabulary import Level
from review_app.services.network_synthesis import (
    CONCLUSIONS,
    FINDING,
    FOREWORD,
    METHOD,
    MOST_FINDINGS,
    TITLE,
    Start,
    Texts,
)
from review_app.web.forms.base import PageForm, is_sent
from review_app.web.forms.fields import Line, One, Paragraph, required

LEVELS = {
    Level.MEMBERS: _l("All members of the network"),
    Level.PUBLIC: _l("Everybody"),
}


class StartForm(PageForm):
    """What a synthesis begins with."""

    title = Line(
        _l("What is the synthesis about?"),
        [required(_l("Give the synthesis a title."))],
        limit=TITLE,
        hint=_l("A title that a stranger understands, like “Work for newcomers: what nine reviews say”."),
    )
    level = One(
        _l("Who will read it?"),
        [required(_l("Choose who will read the synthesis."))],
        options=[(level.value, words) for level, words in LEVELS.items()],
        hint=_l("Only reviews whose reports may be read by all of them can enter it."),
    )

    def start(self, network: str) -> Start:
        """Return what was filled in; call after validation."""
        return Start(self.title.data or "", Level(self.level.data), network)


class TextsForm(PageForm):
    """What people write of a synthesis (METHOD.md 4.4)."""

    title = Line(_l("Title"), [required(_l("Give the synthesis a title."))], limit=TITLE)
    foreword = Paragraph(_l("Foreword"), limit=FOREWORD)
    findings = Paragraph(
        _l("Key findings"),
        limit=FINDING * MOST_FINDINGS,
        hint=_l("Five to eight, one a line. Say only what the reports bear out."),
    )
    method = Paragraph(
        _l("How the reports were read"),
        limit=METHOD,
        hint=_l("Who read them, and how the themes were found. Numbers of reviews and places are counted for you."),
    )
    conclusions = Paragraph(_l("Conclusions"), limit=CONCLUSIONS)

    def texts(self) -> Texts:
        """Return what was filled in; call after validation."""
        return Texts(
            self.title.data or "",
            self.foreword.data or "",
            findings=self.findings.data or "",
            method=self.method.data or "",
            conclusions=self.conclusions.data or "",
        )


def texts_form(kept: dict[str, Any]) -> TextsForm:
    """Return the form: on a GET with what stands, on a POST with what came."""
    return TextsForm() if is_sent() else TextsForm(data=kept)
