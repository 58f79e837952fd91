"""The e-mail address of somebody else: the one field by which people are invited."""

from typing import Any, ClassVar

from flask_babel import gettext as _
from wtforms import Field
from wtforms.validators import ValidationError

from review_app.domain.addresses import LONGEST, is_address
from review_app.web.forms.fields import Line


def _an_address(_form: Any, field: Field) -> None:
    if field.data and not is_address(field.data):
        raise ValidationError(_("Enter an e-mail address like name@city.example."))


class TheirEmail(Line):
    """An e-mail address that the browser should not fill in by itself."""

    extra: ClassVar[dict[str, Any]] = {"type": "email", "autocomplete": "off", "spellcheck": False}

    def __init__(self, label: Any, validators: Any = (), **kwargs: Any) -> None:
        super().__init__(label, [*validators, _an_address], limit=LONGEST, **kwargs)
