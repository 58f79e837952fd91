"""Earlier versions of the texts of a synthesis and of its themes: what changed, who wrote it, and the way back."""

from collections.abc import Callable
from functools import partial
from typing import NamedTuple

from flask import Blueprint
from flask.typing import ResponseReturnValue

from review_app.domain.workflow import Verdict
from review_app.models.network_synthesis import Synthesis
from review_app.queries.versions import colleague
from review_app.web import earlier_syntheses, sessions, versioned
from review_app.web.earlier import Text
from review_app.web.gate import commits, writes
from review_app.web.versioned import Case

bp = Blueprint("synthesis_versions", __name__, url_prefix="/syntheses/<slug>")


class Kind(NamedTuple):
    """One kind of text: where its versions are found, and how it is taken."""

    name: str
    path: str
    text: Callable[..., Text]


KINDS = (
    Kind("texts", "/texts/history", earlier_syntheses.texts),
    Kind("theme", "/themes/<key>/history", earlier_syntheses.theme),
)


def _open(kind: Kind) -> None:
    """Open the three doors of a kind: the list, one version in full, and putting it back."""
    one = f"{kind.path}/<int(max=999999999):number>"
    bp.add_url_rule(kind.path, kind.name, writes(_list_of(kind)))
    bp.add_url_rule(one, f"{kind.name}_in_full", writes(_in_full(kind)))
    put_back = commits(writes(_putting_back(kind)))
    bp.add_url_rule(one, f"put_{kind.name}_back", put_back, methods=["POST"])


def _list_of(kind: Kind) -> Callable[..., ResponseReturnValue]:
    def listed(synthesis: Synthesis, **names: str) -> ResponseReturnValue:
        return versioned.list_page(_case(kind, synthesis, names))

    return listed


def _in_full(kind: Kind) -> Callable[..., ResponseReturnValue]:
    def in_full(synthesis: Synthesis, number: int, **names: str) -> ResponseReturnValue:
        return versioned.in_full(_case(kind, synthesis, names), number)

    return in_full


def _putting_back(kind: Kind) -> Callable[..., ResponseReturnValue]:
    def put_back(synthesis: Synthesis, number: int, **names: str) -> ResponseReturnValue:
        return versioned.put_back(_case(kind, synthesis, names), number)

    return put_back


def _case(kind: Kind, synthesis: Synthesis, names: dict[str, str]) -> Case:
    return Case(
        bp.name,
        kind.name,
        text=kind.text(synthesis, **names),
        address={"slug": synthesis.ref, **names},
        caption=synthesis.title,
        told=partial(colleague, reader=sessions.require_person()),
        verdict=Verdict(allowed=True),
    )


for _kind in KINDS:
    _open(_kind)
