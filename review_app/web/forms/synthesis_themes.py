"""The form of a theme of a synthesis."""

from collections.abc import Iterable
from typing import Any

from flask_babel import lazy_gettext as _l

from review_app.domain.vocabulary import Power
from review_app.models.network_synthesis import SynthesisTheme
from review_app.services.synthesis_themes import MEMO, NAME, Wording
from review_app.web.forms.base import PageForm, is_sent
from review_app.web.forms.fields import Line, Paragraph, Pick, required

POWERS = {
    Power.CITY: _l("The city"),
    Power.REGION: _l("The region"),
    Power.NATION: _l("The state"),
    Power.EU: _l("The European Union"),
    Power.PARTNER: _l("A partner"),
}


class ThemeForm(PageForm):
    """A theme: its name, what people say of it, and where it belongs."""

    name = Line(_l("Name of the theme"), [required(_l("Give the theme a name."))], limit=NAME)
    parent = Pick(_l("Part of (optional)"), options=(), hint=_l("A theme may have parts; a part has none."))
    power = Pick(
        _l("In whose power is it? (optional)"),
        options=[(power.value, words) for power, words in POWERS.items()],
        hint=_l("For themes of challenges: the report groups them by it."),
    )
    memo = Paragraph(
        _l("What the reports say about it"),
        limit=MEMO,
        hint=_l("In how many reviews it was met is counted for you."),
    )

    def wording(self) -> Wording:
        """Return what was filled in; call after validation."""
        power = Power(self.power.data) if self.power.data else None
        return Wording(self.name.data or "", self.memo.data or "", parent=self.parent.data or "", power=power)


def theme_form(kept: dict[str, Any], themes: Iterable[SynthesisTheme], key: str) -> ThemeForm:
    """Return the form: on a GET with what stands, on a POST with what came; a theme is no part of itself."""
    form = ThemeForm() if is_sent() else ThemeForm(data=kept)
    form.parent.choices = [(one.key, one.name) for one in themes if one.parent_id is None and one.key != key]
    return form
