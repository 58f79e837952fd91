"""What a reader may take away of a report: in which forms and languages, and which of them an address asks for."""

from typing import Any, NamedTuple

from flask import Response, abort, request, url_for

from review_app.domain.languages import FALLBACK, LANGUAGES
from review_app.domain.printing import Form as PrintForm
from review_app.reports.exports.forms import FORMS, Form, file_name
from review_app.reports.frozen.snapshot import Paper
from review_app.web import sessions


class Offer(NamedTuple):
    """One paper as a page offers it: its name, what it is, where it is read, and each form with its address."""

    name: str
    about: str
    href: str
    forms: tuple[tuple[Form, str], ...]


def in_every_form(endpoint: str, **where: Any) -> tuple[tuple[Form, str], ...]:
    """Return each form with the address under which a page hands it out."""
    return tuple((form, url_for(endpoint, form=form.name, **where)) for form in FORMS.values())


def form_of_file(name: str) -> Form:
    """Return the form that the end of an address names; 404 for one that there is not."""
    return FORMS.get(name) or abort(404)


def made_at_once(made: Paper, shape: Form) -> Response:
    """Return a report as a file in a form that needs no press; 404 for a table that it does not have."""
    assert shape.make is not None, f"{shape.name} is printed"
    try:
        chunks = shape.make(made, request.args.get("table", ""))
    except KeyError:
        abort(404)
    answer = Response(chunks, content_type=shape.mime)
    answer.headers.set("Content-Disposition", "attachment", filename=file_name(made, shape))
    return answer


def language_asked() -> str:
    """Return the language in which somebody wants a report: as asked, else their own, else English."""
    asked = request.args.get("lang", "")
    return asked if asked in LANGUAGES else _unasked(asked)


def form_asked() -> PrintForm:
    """Return the form that the address asks the press for; 404 for one that it does not make."""
    try:
        return PrintForm(request.args.get("form", PrintForm.PDF.value))
    except ValueError:
        abort(404)


def form_named(form: PrintForm) -> str | None:
    """Return what an address says of a form: nothing for the usual one."""
    return None if form is PrintForm.PDF else form.value


def language_named(language: str) -> str | None:
    """Return what an address says of a language: nothing for the one that this reader gets without asking."""
    return None if language == _unasked() else language


def _unasked(asked: str = "") -> str:
    person = sessions.the_person()
    own = person.language if person and not asked else FALLBACK
    return own if own in LANGUAGES else FALLBACK
