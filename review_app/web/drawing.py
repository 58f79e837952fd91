"""What templates may call: fields as parameters of the design system's components, assets, places, labels."""

import hashlib
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

import govuk_frontend_jinja
from flask import Flask, request, url_for
from flask_babel import gettext as _
from jinja2 import ChoiceLoader, PackageLoader, PrefixLoader

from review_app.config import Settings
from review_app.domain.network_rights import allows
from review_app.web import sessions, telling
from review_app.web.drawn import component, drawn
from review_app.web.forms.base import Problem
from review_app.web.gate import network_roles


class Place(NamedTuple):
    """One entry of the main navigation."""

    label: str
    href: str
    here: bool


def bind(app: Flask, settings: Settings) -> None:
    """Make the components and these functions known to the templates."""
    components = PrefixLoader({"govuk_frontend_jinja": PackageLoader(govuk_frontend_jinja.__name__)})
    loaders = [app.jinja_loader, components]
    app.jinja_env.loader = ChoiceLoader([loader for loader in loaders if loader])
    app.jinja_env.add_extension("jinja2.ext.do")
    app.jinja_env.add_extension("jinja2.ext.i18n")
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.filters.update(FILTERS)
    folder = settings.build_dir / "static"
    app.jinja_env.globals.update(
        asset=lambda name: url_for("static", filename=name, v=_stamp(folder / name)),
        network_name=settings.network_name,
        drawn=drawn,
        component=component,
        contact=settings.contact_address,
        places=places,
        the_person=sessions.the_person,
        field_label=field_label,
        demo=settings.demo,
    )


@lru_cache(maxsize=64)
def _stamp(path: Path) -> str:
    """Name the content of an asset, so that browsers may keep it for good."""
    return hashlib.sha256(path.read_bytes()).hexdigest()[:12] if path.exists() else "0"


def places() -> list[Place]:
    """Return where this person can go from everywhere."""
    somebody = sessions.the_person()
    entries = [(_("What waits for me"), "home.index")] if somebody else []
    entries.append((_("Reviews"), "reviews.index"))
    if somebody and allows("see the desk", network_roles(somebody)):
        entries += [(_("Desk"), "desk.index"), (_("Network"), "network.index")]
    return [Place(label, url_for(endpoint), request.endpoint == endpoint) for label, endpoint in entries]


def field_label(name: str) -> str:
    """Return how a field is called when its form is not at hand."""
    return name.replace("_", " ").replace("-", " ").capitalize()


def summary_line(problem: Problem) -> dict[str, str]:
    """Return a line of the error summary as its component takes it."""
    return {"text": problem.text, "href": problem.href}


def as_params(field: Any) -> dict[str, Any]:
    """Return a field as parameters of its component: label, hint, error and value tied together by ids."""
    params: dict[str, Any] = {"id": field.name, "name": field.name, "errorMessage": _error(field)}
    if field.description:
        params["hint"] = {"text": str(field.description)}
    if field.draws in ("one", "many"):
        legend = {"text": str(field.label.text), "classes": "govuk-fieldset__legend--s"}
        return params | {"idPrefix": field.name, "fieldset": {"legend": legend}, "items": _items(field)}
    if field.draws == "day":
        legend = {"text": str(field.label.text), "classes": "govuk-fieldset__legend--s"}
        return params | {"namePrefix": field.name, "fieldset": {"legend": legend}, "items": field.parts()}
    params["label"] = {"text": str(field.label.text), "classes": "govuk-label--s"}
    if field.draws == "pick":
        empty = {"value": "", "text": _("Choose")}
        return params | {"items": [empty, *_items(field, chosen="selected")]}
    return params | _written(field)


def _written(field: Any) -> dict[str, Any]:
    if field.draws == "password":
        return {
            "autocomplete": field.complete,
            "showPasswordText": _("Show"),
            "hidePasswordText": _("Hide"),
            "showPasswordAriaLabelText": _("Show password"),
            "hidePasswordAriaLabelText": _("Hide password"),
        }
    if field.draws == "file":
        return dict(field.extra)
    params: dict[str, Any] = {"value": field.data or ""}
    if field.draws == "text":
        return params | {
            "rows": 3 if field.limit <= 500 else 6,
            "maxlength": field.limit,
            **_count_sentences(),
            "threshold": 60,
        }
    if field.draws == "number":
        params |= {"inputmode": "decimal", "classes": "govuk-input--width-10"}
    extra = getattr(field, "extra", {})
    return params | extra


def _count_sentences() -> dict[str, Any]:
    return {
        "textareaDescriptionText": _("You can write up to %(count)s characters", count="%{count}"),
        "charactersUnderLimitText": {
            "one": _("1 character left"),
            "other": _("%(count)s characters left", count="%{count}"),
        },
        "charactersAtLimitText": _("No characters left"),
        "charactersOverLimitText": {
            "one": _("1 character too many"),
            "other": _("%(count)s characters too many", count="%{count}"),
        },
    }


def _items(field: Any, chosen: str = "checked") -> list[dict[str, Any]]:
    given = field.data if isinstance(field.data, list) else [field.data]
    return [{"value": value, "text": str(label), chosen: value in given} for value, label in field.choices]


def _error(field: Any) -> dict[str, Any] | None:
    if not field.errors:
        return None
    return {"text": str(field.errors[0]), "visuallyHiddenText": _("Error")}


FILTERS = {
    "as_params": as_params,
    "summary_line": summary_line,
    "country": telling.country,
    "late": telling.late,
    "mark_words": telling.mark_words,
    "names": telling.names,
    "period": telling.period,
    "places_of": telling.places_of,
    "regime": telling.regime,
    "short_day": telling.short_day,
    "slug": telling.slug,
    "theme": telling.theme,
}
"""What templates may say after a bar."""
