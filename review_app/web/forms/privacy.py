"""Forms of one's own data: taking a consent back, and erasing oneself."""

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField

from review_app.web.forms.access import Email
from review_app.web.forms.base import PageForm
from review_app.web.forms.fields import Secret, required


class WithdrawForm(PageForm):
    """Which consent is taken back; a button, nothing to fill in."""

    matter = HiddenField()


class EraseForm(PageForm):
    """The address, typed again: nobody erases themselves by a slip."""

    email = Email(
        _l("Your e-mail address, to confirm"), [required(_l("Enter your e-mail address to confirm that you mean it."))]
    )


class EraseByPasswordForm(EraseForm):
    """The address and the password: nobody erases somebody whose device they found open."""

    password = Secret(_l("Your password"), [required(_l("Enter your password."))])
