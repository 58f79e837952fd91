"""Forms at the way in, and of one's own account."""

from typing import Any, ClassVar

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import Field
from wtforms.validators import ValidationError

from review_app.domain.addresses import LONGEST, is_address
from review_app.domain.passwords import ADVISED, SHORTEST
from review_app.web.forms.base import PageForm
from review_app.web.forms.fields import Line, Pick, Secret, required
from review_app.web.language import LANGUAGES, ZONES

PASSWORD_HINT = _l(
    "At least %(least)s characters; %(advised)s or more are better, for example four odd words.",
    least=SHORTEST,
    advised=ADVISED,
)
PARTS_OF_THE_WORLD = ("Africa/", "America/", "Asia/", "Atlantic/", "Australia/", "Europe/", "Indian/", "Pacific/")
LANGUAGE_NAMES = {"en": "English"}


def an_address(_form: Any, field: Field) -> None:
    """Refuse what nobody can write to."""
    if field.data and not is_address(field.data):
        raise ValidationError(_("Enter an e-mail address like name@city.example."))


def zone_options() -> list[tuple[str, str]]:
    """Return the time zones people live in, by name."""
    named = sorted(zone for zone in ZONES if zone.startswith(PARTS_OF_THE_WORLD))
    return [(zone, zone.replace("_", " ")) for zone in named]


class Email(Line):
    """An e-mail address."""

    extra: ClassVar[dict[str, Any]] = {"type": "email", "autocomplete": "username", "spellcheck": False}

    def __init__(self, label: Any, validators: Any = (), **kwargs: Any) -> None:
        super().__init__(label, [*validators, an_address], limit=LONGEST, **kwargs)


class Named(Line):
    """The name of the person who fills the form."""

    extra: ClassVar[dict[str, Any]] = {"autocomplete": "name"}


class SignInForm(PageForm):
    """E-mail address and password."""

    email = Email(_l("E-mail address"), [required(_l("Enter your e-mail address."))])
    password = Secret(_l("Password"), [required(_l("Enter your password."))])


class AskLinkForm(PageForm):
    """The address that a personal link should go to."""

    email = Email(_l("E-mail address"), [required(_l("Enter your e-mail address."))])


def new_secret() -> Any:
    """Return the field for a new password."""
    asked = required(_l("Enter a new password."))
    return Secret(_l("New password"), [asked], hint=PASSWORD_HINT, complete="new-password")


class NewPasswordForm(PageForm):
    """A new password."""

    new_password = new_secret()


class ChangePasswordForm(PageForm):
    """The password so far, and a new one."""

    password = Secret(_l("Password so far"), [required(_l("Enter the password you have now."))])
    new_password = new_secret()


class OpenLinkForm(PageForm):
    """Nothing but the button."""


class JoinForm(PageForm):
    """What somebody without an account says of themselves."""

    name = Named(_l("Your name"), [required(_l("Enter your name."))], limit=120)
    function = Line(_l("Your function"), hint=_l("For example: head of employment policy."), limit=160)
    timezone = Pick(_l("Your time zone"), options=zone_options(), hint=_l("Dates and times are shown to you in it."))
    new_password = Secret(
        _l("Password (if you want one)"),
        hint=_l("Without one you ask for a sign-in link by e-mail each time. %(rules)s", rules=PASSWORD_HINT),
        complete="new-password",
    )


class AccountForm(PageForm):
    """Who somebody is, and how pages are written for them."""

    name = Named(_l("Your name"), [required(_l("Enter your name."))], limit=120)
    function = Line(_l("Your function"), hint=_l("For example: head of employment policy."), limit=160)
    timezone = Pick(_l("Your time zone"), options=zone_options(), hint=_l("Dates and times are shown to you in it."))
    language = Pick(_l("Your language"), options=[(code, LANGUAGE_NAMES[code]) for code in LANGUAGES])
