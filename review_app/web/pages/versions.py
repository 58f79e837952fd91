"""Earlier versions of every text that two people can edit: what changed, who wrote it, and the way back."""

from collections.abc import Callable
from functools import partial
from typing import NamedTuple

from flask import Blueprint
from flask.typing import ResponseReturnValue

from review_app.queries.feedback import ACTION as GIVE_FEEDBACK
from review_app.queries.seats import Seat
from review_app.queries.versions import writer_of
from review_app.services import facts, practice, questions, report_texts, scope
from review_app.services.messages import ACTION as WRITE_MESSAGES
from review_app.web import earlier, versioned
from review_app.web.earlier import Text
from review_app.web.gate import commits, may
from review_app.web.showing import caption
from review_app.web.versioned import Case

bp = Blueprint("versions", __name__, url_prefix="/reviews/<ref>")


class Kind(NamedTuple):
    """One kind of text: where its versions are found, who may look at them, how it is taken."""

    name: str
    path: str
    action: str
    text: Callable[..., Text]


KINDS = (
    Kind("section", "/practice/<section>/history", practice.ACTION, earlier.section),
    Kind("figures", "/figures/history", practice.ACTION, earlier.figures),
    Kind("item", "/feedback/items/<key>/history", GIVE_FEEDBACK, earlier.item),
    Kind("message", "/messages/<key>/history", WRITE_MESSAGES, earlier.message),
    Kind("texts", "/report/texts/history", report_texts.EDIT, earlier.texts),
    Kind("host_word", "/fact-check/host-word/history", facts.COMMENT, earlier.host_word),
    Kind("comment", "/fact-check/comments/<key>/history", facts.COMMENT, earlier.comment),
    Kind("answer", "/fact-check/comments/<key>/answer/history", facts.ANSWER, earlier.answer),
    Kind("terms", "/scope/history", scope.AGREE, earlier.terms),
    Kind("questions", "/questions/history", questions.ACTION, earlier.asked),
)


def _open(kind: Kind) -> None:
    """Open the three doors of a kind: the list, one version in full, and putting it back."""
    one = f"{kind.path}/<int(max=999999999):number>"
    bp.add_url_rule(kind.path, kind.name, may(kind.action, to_look=True)(_list_of(kind)))
    bp.add_url_rule(one, f"{kind.name}_in_full", may(kind.action, to_look=True)(_in_full(kind)))
    put_back = commits(may(kind.action)(_putting_back(kind)))
    bp.add_url_rule(one, f"put_{kind.name}_back", put_back, methods=["POST"])


def _list_of(kind: Kind) -> Callable[..., ResponseReturnValue]:
    def listed(seat: Seat, **names: str) -> ResponseReturnValue:
        return versioned.list_page(_case(kind, seat, names))

    return listed


def _in_full(kind: Kind) -> Callable[..., ResponseReturnValue]:
    def in_full(seat: Seat, number: int, **names: str) -> ResponseReturnValue:
        return versioned.in_full(_case(kind, seat, names), number)

    return in_full


def _putting_back(kind: Kind) -> Callable[..., ResponseReturnValue]:
    def put_back(seat: Seat, number: int, **names: str) -> ResponseReturnValue:
        return versioned.put_back(_case(kind, seat, names), number)

    return put_back


def _case(kind: Kind, seat: Seat, names: dict[str, str]) -> Case:
    return Case(
        bp.name,
        kind.name,
        text=kind.text(seat, **names),
        address={"ref": seat.review.ref, **names},
        caption=caption(seat),
        told=partial(writer_of, seat=seat),
        verdict=seat.may(kind.action),
    )


for _kind in KINDS:
    _open(_kind)
