"""The gate before every view: who may enter, what is committed. The app refuses to start with a view that has none."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

import structlog
from flask import Flask, abort, current_app, g, make_response, redirect, request
from sqlalchemy.exc import DBAPIError
from werkzeug.wrappers import Response as AnyResponse

from review_app.domain.network_rights import allows
from review_app.domain.printing import Basis
from review_app.domain.refusal import Refused
from review_app.domain.visibility import Reach, Thing
from review_app.domain.vocabulary import Role
from review_app.extensions.database import db
from review_app.models.network import Person
from review_app.queries import network_synthesis, seats
from review_app.queries.seats import Seat
from review_app.services import history, submissions
from review_app.services.outbox import WAKE
from review_app.services.publishing import PRINT
from review_app.web import kept, sessions
from review_app.web.conflict import is_autosave
from review_app.web.waking import tell_of_change, wake_worker

log = structlog.get_logger(__name__)
View = Callable[..., Any]


@dataclass(frozen=True)
class Gate:
    """What stands before a view: kind is public, signed in, network, may or sees; name says which."""

    kind: str
    name: str = ""
    to_look: bool = False


def public(view: View) -> View:
    """Open to anybody: the view shows only what the public may see."""
    return _gated(Gate("public"), view)


def signed_in(view: View) -> View:
    """Open to whoever is signed in, for what is their own."""

    @wraps(view)
    def entered(*args: Any, **kwargs: Any) -> Any:
        sessions.require_person()
        return view(*args, **kwargs)

    return _gated(Gate("signed in"), entered)


def network(action: str) -> Callable[[View], View]:
    """Open to people whose account has a right in the whole network."""

    def gate(view: View) -> View:
        @wraps(view)
        def entered(*args: Any, **kwargs: Any) -> Any:
            if not allows(action, network_roles(sessions.require_person())):
                abort(404)
            return view(*args, **kwargs)

        return _gated(Gate("network", action), entered)

    return gate


def writes(view: View) -> View:
    """Open to those who write syntheses; the view gets the synthesis in place of `slug`."""

    @wraps(view)
    def entered(slug: str, **kwargs: Any) -> Any:
        g.synthesis = network_synthesis.find(slug) or abort(404)
        return view(g.synthesis, **kwargs)

    return network(network_synthesis.WRITE)(entered)


def may(action: str, *, to_look: bool = False) -> Callable[[View], View]:
    """Open to those whom the method's table lets take an action now; the view gets the seat in place of `ref`.

    `to_look` opens a GET to those with a row at another stage as well: they see the page and why it is closed.
    """

    def gate(view: View) -> View:
        @wraps(view)
        def entered(ref: str, **kwargs: Any) -> Any:
            sessions.require_person()
            seat = _seat(ref)
            if not seat.has_row(action):
                abort(404)
            verdict = seat.may(action)
            if not verdict and not to_look:
                raise Refused(verdict)
            return view(seat, **kwargs)

        return _gated(Gate("may", action, to_look), entered)

    return gate


def sees(thing: Thing) -> Callable[[View], View]:
    """Open to those who see a thing of the review at this moment; the view gets the seat in place of `ref`."""

    def gate(view: View) -> View:
        @wraps(view)
        def entered(ref: str, **kwargs: Any) -> Any:
            seat = _seat(ref)
            if seat.sees(thing) is Reach.NONE:
                abort(404)
            return view(seat, **kwargs)

        return _gated(Gate("sees", thing.value), entered)

    return gate


def commits(view: View) -> View:
    """Commit once when the view answers well, roll back when it raises or refuses; the same form twice counts once."""

    @wraps(view)
    def committed(*args: Any, **kwargs: Any) -> AnyResponse:
        # An autosave writes one row under its own key again and again: the nonce is for the person's own "send".
        nonce = "" if is_autosave() else kept.submission()
        answer = submissions.answer_to(nonce)
        if answer:
            return redirect(answer, 303)
        response = make_response(view(*args, **kwargs))
        if response.status_code >= 400:
            db.session.rollback()
            _note_what_was_seen()
            return response
        if nonce and response.location:
            submissions.remember(nonce, response.location)
        _commit()
        return response

    committed.commits = True  # type: ignore[attr-defined]
    return committed


def _note_what_was_seen() -> None:
    """Somebody stands before the newer text of somebody else: that version must not be replaced from now on."""
    text = g.pop("seen_in_conflict", None)
    if text is None:
        return
    try:
        history.pin(*text)
        db.session.commit()
    except DBAPIError as trouble:
        db.session.rollback()
        log.warning("seen version not noted", trouble=type(trouble.orig).__name__)


def _commit() -> None:
    changed = _drafted()
    db.session.commit()
    if db.session.info.pop(WAKE, False):
        wake_worker()
    if changed is not None:
        tell_of_change(*changed)


def _drafted() -> tuple[Basis, int, int] | None:
    """Return of what the next draft may be another one now, and who changed it; None when nobody would print it.

    What somebody saves by itself and has not sent yet stands in no draft, unless it is the team that writes.
    """
    if "synthesis" in g:
        return Basis.SYNTHESIS, g.synthesis.id, sessions.require_person().id
    seat: Seat | None = g.get("seat")
    if seat is None or seat.person is None or seat.review.published_at is not None:
        return None
    if is_autosave() and not seat.may(PRINT):
        return None
    return Basis.REVIEW, seat.review.id, seat.person.id


def network_roles(somebody: Person) -> set[Role]:
    """Return the roles an account has in the whole network; a member is whoever belongs to an organisation."""
    return {Role.MEMBER} | seats.network_roles(somebody)


def again(seat: Seat) -> Seat:
    """Take a seat anew after something slow that ended the transaction: the tables are asked as they stand now."""
    return _seat(seat.review.ref)


def _seat(ref: str) -> Seat:
    seat = seats.take(ref, sessions.the_person(), lock=request.method == "POST")
    if seat is None:
        sessions.require_person_if_anonymous_write()
        abort(404)
    g.seat = seat
    return seat


def _gated(gate: Gate, entered: View) -> View:
    entered.gate = gate  # type: ignore[attr-defined]
    return entered


def is_closed(endpoint: str | None) -> bool:
    """Tell whether only people with an account come through to a view."""
    gate = getattr(current_app.view_functions.get(endpoint or ""), "gate", None)
    return gate is not None and gate.kind != "public"


def check(app: Flask) -> None:
    """Refuse to start when a route has no gate, or when a GET commits."""
    for rule in app.url_map.iter_rules():
        view = app.view_functions[rule.endpoint]
        if rule.endpoint == "static":
            continue
        if not hasattr(view, "gate"):
            raise RuntimeError(f"{rule.endpoint} has no gate: add @public, @signed_in, @network, @may or @sees")
        if getattr(view, "commits", False) and "GET" in (rule.methods or ()):
            raise RuntimeError(f"{rule.endpoint} commits on GET")
        if not getattr(view, "commits", False) and "POST" in (rule.methods or ()):
            raise RuntimeError(f"{rule.endpoint} takes a POST without @commits")
