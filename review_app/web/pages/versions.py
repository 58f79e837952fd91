"""Earlier versions of every text that two people can edit: what changed, who wrote it, and the way back."""

from collections.abc import Callable
from typing import Any, NamedTuple

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from review_app.domain.refusal import Stale
from review_app.domain.word_diff import Piece, compare, shortened
from review_app.queries import versions
from review_app.queries.feedback import ACTION as GIVE_FEEDBACK
from review_app.queries.seats import Seat
from review_app.queries.versions import Version
from review_app.services import facts, practice, questions, report_texts, scope
from review_app.services.messages import ACTION as WRITE_MESSAGES
from review_app.web import earlier
from review_app.web.earlier import Text
from review_app.web.forms.base import PageForm
from review_app.web.gate import commits, may
from review_app.web.showing import caption

bp = Blueprint("versions", __name__, url_prefix="/reviews/<ref>")


class Kind(NamedTuple):
    """One kind of text: where its versions are found, who may look at them, how it is taken."""

    name: str
    path: str
    action: str
    text: Callable[..., Text]


class Changed(NamedTuple):
    """One answer that a version changed, word by word."""

    label: str
    pieces: list[Piece]


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
        return _list_page(kind, seat, kind.text(seat, **names), names)

    return listed


def _in_full(kind: Kind) -> Callable[..., ResponseReturnValue]:
    def in_full(seat: Seat, number: int, **names: str) -> ResponseReturnValue:
        text = kind.text(seat, **names)
        version = versions.one(*text.thing, seat, number=number) or abort(404)
        return _page(
            "versions/one.html", kind, seat, text, names, version=version, answers=text.answers(version.content)
        )

    return in_full


def _putting_back(kind: Kind) -> Callable[..., ResponseReturnValue]:
    def put_back(seat: Seat, number: int, **names: str) -> ResponseReturnValue:
        text = kind.text(seat, **names)
        version = versions.one(*text.thing, seat, number=number) or abort(404)
        try:
            # Nobody has read what a newer version says, so it is not put aside unread.
            text.put_back(version.content, PageForm().seen_version or 0)
        except Stale:
            return _list_page(kind, seat, text, names, is_stale=True), 409
        flash(
            _("Version %(number)s is back, as the newest one. What stood there before is kept below it.", number=number)
        )
        return redirect(url_for(f".{kind.name}", **_address(seat, names)), 303)

    return put_back


def _list_page(kind: Kind, seat: Seat, text: Text, names: dict[str, str], *, is_stale: bool = False) -> str:
    found = versions.listed(*text.thing, seat, page=request.args.get("page", 1, type=int))
    changes = {one.number: _changed(text, one) for one in found.rows}
    return _page("versions/index.html", kind, seat, text, names, found=found, changes=changes, is_stale=is_stale)


def _page(template: str, kind: Kind, seat: Seat, text: Text, names: dict[str, str], **values: Any) -> str:
    form = PageForm(formdata=None, data={"version": str(text.version)})
    verdict = seat.may(kind.action)
    return render_template(
        template,
        seat=seat,
        caption=caption(seat),
        text=text,
        kind=kind.name,
        address=_address(seat, names),
        form=form,
        verdict=verdict,
        can_be_put_back=bool(verdict) and not text.closed,
        **values,
    )


def _address(seat: Seat, names: dict[str, str]) -> dict[str, Any]:
    return {"ref": seat.review.ref, **names}


def _changed(text: Text, version: Version) -> list[Changed]:
    """Return what a version changed against the one before it; the first changed nothing."""
    if version.before is None:
        return []
    pairs = zip(text.answers(version.before), text.answers(version.content), strict=True)
    return [Changed(label, shortened(compare(was, now))) for (_old, was), (label, now) in pairs if was != now]


for _kind in KINDS:
    _open(_kind)
