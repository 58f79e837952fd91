"""The form by which a synthesis is published."""

from collections.abc import Iterable

from flask_babel import lazy_gettext as _l

from review_app.domain.vocabulary import Level
from review_app.services.synthesis_publishing import CHANGE, Release
from review_app.web.forms.base import PageForm, is_sent
from review_app.web.forms.fields import Line, One, Paragraph, required
from review_app.web.forms.syntheses import LEVELS


class PublishForm(PageForm):
    """How a synthesis goes out."""

    level = One(_l("Who may read it?"), [required(_l("Choose who may read the synthesis."))], options=())
    change = Paragraph(
        _l("What is new in this edition?"),
        limit=CHANGE,
        hint=_l("Printed at the top of the new edition. The earlier one stays as it was."),
    )
    confirm = Line(_l("Type the title of the synthesis, or its reference, to confirm"), limit=200)

    def release(self) -> Release:
        """Return what was filled in; call after validation."""
        change = self.change.data or "" if "change" in self else ""
        return Release(self.confirm.data or "", Level(self.level.data), change)


def publish_form(level: Level, levels: Iterable[Level], *, is_first: bool) -> PublishForm:
    """Return the form with the levels that are left; the first edition changes nothing."""
    form = PublishForm() if is_sent() else PublishForm(data={"level": level.value})
    form.level.choices = [(one.value, str(LEVELS[one])) for one in levels]
    if is_first:
        del form.change
    return form
