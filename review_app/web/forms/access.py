"""Forms at the way in."""

from flask_babel import lazy_gettext as _l

from review_app.web.forms.base import PageForm
from review_app.web.forms.fields import Line, Secret, required


class SignInForm(PageForm):
    """E-mail address and password."""

    email = Line(_l("E-mail address"), [required(_l("Enter your e-mail address."))], limit=254)
    password = Secret(_l("Password"), [required(_l("Enter your password."))])
