"""What is asked of somebody who checks a copy; it comes with the address, so that a printed link can fill it in."""

from flask import request
from flask_babel import lazy_gettext as _l

from review_app.web.forms.base import PageForm
from review_app.web.forms.fields import Line, required

LONGEST_REF, LONGEST_CODE = 120, 60


class CheckForm(PageForm):
    """Reference and code, as they stand at the end of the report."""

    ref = Line(
        _l("Reference"),
        [required(_l("Enter the reference that stands at the end of the report."))],
        limit=LONGEST_REF,
        hint=_l("For example harbour-town-walk-to-school"),
    )
    code = Line(
        _l("Code"),
        [required(_l("Enter the code that stands beside it."))],
        limit=LONGEST_CODE,
        hint=_l("Twelve digits and letters from a to f; blanks, hyphens and capitals make no difference"),
    )


def check_form() -> CheckForm:
    """Return the form as the address fills it. It changes nothing, so it needs no token."""
    return CheckForm(formdata=request.args if is_asked() else None, meta={"csrf": False})


def is_asked() -> bool:
    """Tell whether the address asks about a copy."""
    return "ref" in request.args or "code" in request.args
