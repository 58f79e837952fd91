"""Forms of those who look after the network: organisations and invitations."""

from typing import Any

from babel import Locale
from flask_babel import get_locale
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import Field
from wtforms.validators import ValidationError

from review_app.domain.vocabulary import PlaceKind
from review_app.web.forms.access import Email, zone_options
from review_app.web.forms.base import PageForm
from review_app.web.forms.fields import Line, One, Pick, required

KINDS = {
    PlaceKind.CITY: _l("City"),
    PlaceKind.METROPOLE: _l("Metropole"),
    PlaceKind.REGION: _l("Region"),
    PlaceKind.LOCAL_AUTHORITY: _l("Local authority"),
    PlaceKind.FUNCTIONAL_URBAN_AREA: _l("Functional urban area"),
    PlaceKind.COUNTRY: _l("Country"),
    PlaceKind.NETWORK: _l("Network"),
}
MEMBER, SECRETARIAT = "member", "secretariat"


def country_options() -> list[tuple[str, str]]:
    """Return every country with its name in the reader's language, by name."""
    names = {str(code): str(name) for code, name in (get_locale() or Locale("en")).territories.items()}
    codes = [code for code in names if len(code) == 2 and code.isalpha() and code not in NO_COUNTRIES]
    return sorted(((code, names[code]) for code in codes), key=lambda pair: pair[1])


NO_COUNTRIES = frozenset(("EU", "EZ", "UN", "XA", "XB", "ZZ", "QO", "AC", "CP", "CQ", "DG", "EA", "IC", "TA"))


def country_name(code: str) -> str:
    """Return the name of a country in the reader's language."""
    return str((get_locale() or Locale("en")).territories.get(code, code))


def degrees(most: float) -> Any:
    """Return a validator for a coordinate between -most and most degrees."""

    def check(_form: Any, field: Field) -> None:
        try:
            value = read_degrees(field.data)
        except ValueError:
            raise ValidationError(_("Write degrees with a decimal point, like 51.05 or -3.7.")) from None
        if value is not None and not -most <= value <= most:
            raise ValidationError(_("Write degrees between -%(most)s and %(most)s.", most=int(most)))

    return check


def read_degrees(text: str | None) -> float | None:
    """Return a coordinate, None for an empty one. Raises ValueError for anything but a short decimal."""
    plain = (text or "").strip().replace(",", ".").replace("−", "-")
    if not plain:
        return None
    if not plain.isascii() or not plain.removeprefix("-").replace(".", "", 1).isdigit() or len(plain) > 12:
        raise ValueError(plain)
    return float(plain)


class OrganisationForm(PageForm):
    """A member organisation with a territory."""

    name = Line(_l("Name"), [required(_l("Enter the name of the city or organisation."))], limit=120)
    local_name = Line(_l("Name in its own language"), hint=_l("Leave empty when it is the same."), limit=120)
    country = Pick(_l("Country"), [required(_l("Choose a country."))], options=())
    kind = Pick(
        _l("What it is"), [required(_l("Choose what it is."))], options=[(k.value, v) for k, v in KINDS.items()]
    )
    timezone = Pick(_l("Time zone"), [required(_l("Choose a time zone."))], options=zone_options())
    latitude = Line(_l("Latitude"), [degrees(90)], hint=_l("In degrees, for the map; north is positive."), limit=12)
    longitude = Line(_l("Longitude"), [degrees(180)], hint=_l("In degrees; east is positive."), limit=12)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.country.choices = country_options()


class InviteForm(PageForm):
    """Somebody to invite by letter."""

    email = Email(_l("E-mail address"), [required(_l("Enter an e-mail address."))])
    name = Line(_l("Name"), hint=_l("For the greeting of the letter. You may leave it empty."), limit=120)
    joins_as = One(
        _l("What they will be"),
        [required(_l("Choose what they will be."))],
        options=[
            (MEMBER, _l("A member: takes part in reviews and reads what is for members")),
            (SECRETARIAT, _l("Part of the secretariat: sees and runs all reviews of the network")),
        ],
    )
