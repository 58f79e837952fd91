"""The texts of a synthesis that have earlier versions: its own, and those of its themes."""

from collections.abc import Collection, Mapping
from functools import partial
from typing import Any

from flask import abort, url_for
from flask_babel import gettext as _

from review_app.models.network_synthesis import Synthesis
from review_app.queries import network_synthesis as reading
from review_app.services import network_synthesis, synthesis_themes
from review_app.services.network_synthesis import Texts
from review_app.web import sessions
from review_app.web.earlier import Content, Text
from review_app.web.forms.syntheses import texts_form
from review_app.web.forms.synthesis_themes import theme_form


def texts(synthesis: Synthesis) -> Text:
    """The texts and key findings of a synthesis."""
    return Text(
        title=_("Texts of the synthesis"),
        edit=url_for("syntheses.texts", slug=synthesis.ref),
        row=synthesis,
        version=synthesis.version,
        fields=list(texts_form({}).shown()),
        put_back=lambda content, seen: network_synthesis.save_texts(
            Texts(**content), synthesis, sessions.require_person(), seen_version=seen
        ),
    )


def theme(synthesis: Synthesis, key: str) -> Text:
    """A theme of a synthesis; one that was removed has no page."""
    row = reading.theme(key, synthesis) or abort(404)
    themes = reading.themes_of(synthesis)
    return Text(
        title=row.name,
        edit=url_for("synthesis_themes.edit", slug=synthesis.ref, key=key),
        row=row,
        version=row.version,
        fields=list(theme_form({}, themes, key).shown()),
        put_back=lambda content, seen: synthesis_themes.put_back(
            row, content, synthesis, sessions.require_person(), seen_version=seen
        ),
        as_fields=partial(_with_place, {one.key for one in themes}),
    )


def _with_place(known: Collection[str], content: Content) -> Mapping[str, Any]:
    """A theme is named by its key; of one that is gone nobody knows the name any more."""
    parent = content.get("parent")
    return content if not parent or parent in known else {**content, "parent": _("a theme that was removed")}
