"""The form of a section of the practice description, and the form of its key figures."""

from collections.abc import Mapping, Sequence

from flask_babel import gettext as _

from review_app.domain.forms import Question
from review_app.domain.marking import _ as mark
from review_app.queries.practice import Written
from review_app.services import practice
from review_app.web.forms.asked import form_class
from review_app.web.forms.base import PageForm, is_sent
from review_app.web.forms.fields import Rows

FIGURE_COLUMNS = (
    Question("label", mark("What is counted"), limit=120),
    Question("value", mark("Value"), limit=60),
    Question("unit", mark("Unit"), limit=60),
    Question("year", mark("Year"), limit=10),
    Question("source", mark("Source"), limit=300),
)


def section_form(written: Written) -> PageForm:
    """Return the form of a section; it saves incomplete. On a GET it shows what stands, on a POST what came."""
    made = form_class(written.section.questions, insist=False)
    form = made() if is_sent() else made(data={**written.answers, "version": str(written.version)})
    for question in written.section.questions:
        if not question.required:
            label = form[question.key].label
            label.text = _("%(question)s (optional)", question=label.text)
    return form


def figures_form(standing: Sequence[Mapping[str, str]]) -> PageForm:
    """Return the form of the key figures, `figures-0-label`, `figures-0-value` ..."""
    rows = Rows(
        _("Key figures"),
        columns=FIGURE_COLUMNS,
        hint=_("Three to five numbers tell most. Leave a row empty to remove it."),
    )
    made: type[PageForm] = type("FiguresForm", (PageForm,), {"figures": rows})
    if is_sent():
        return made()
    return made(data={"figures": list(standing), "version": str(practice.version(standing))})
