"""The themes of a synthesis: made, named, ordered, removed by people; and which statements stand under which."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, func, select, update

from review_app.domain.marking import _
from review_app.domain.refusal import Unacceptable
from review_app.domain.text import clean_line, clean_text
from review_app.domain.vocabulary import Power
from review_app.extensions.database import db
from review_app.models.base import utc_now
from review_app.models.network import Person
from review_app.models.network_synthesis import Synthesis, SynthesisCode, SynthesisTheme
from review_app.queries import network_synthesis
from review_app.services import history

NAME, MEMO, REMARK = 120, 4000, 500
MOST_THEMES = 60
FIRST = 1
"""The version of a theme that has just been made."""
NONE_SEEN = -1
"""Stands for the version of somebody who does not say which one they have read."""


@dataclass(frozen=True)
class Wording:
    """What people write of a theme. `parent` is the key of the theme it is a part of, `power` for challenges alone."""

    name: str
    memo: str = ""
    parent: str = ""
    power: Power | None = None


@dataclass(frozen=True)
class Chosen:
    """What somebody ticked for a statement: keys of themes now, and those the page showed as ticked before.

    `review` is the number of its row, `statement` the mark of what it says; without a `remark` the old one stays.
    """

    review: int
    statement: str
    themes: frozenset[str]
    before: frozenset[str] = frozenset()
    remark: str | None = None


def save(
    key: str,
    wording: Wording,
    synthesis: Synthesis,
    person: Person | None,
    *,
    seen_version: int | None,
    by_itself: bool = False,
) -> SynthesisTheme:
    """Make a theme under a key the page made, or change the one that has it.

    Raises Unacceptable without a name, or for a part of a part; Stale when somebody saved another wording meanwhile.
    """
    theme = network_synthesis.theme(key, synthesis)
    columns = _columns(wording, synthesis, theme)
    if theme is None:
        return _make(key, columns, synthesis, person)
    if all(getattr(theme, name) == value for name, value in columns.items()):
        history.settle(theme, by_itself=by_itself)
        return theme
    history.check(theme, seen_version or FIRST, content_of(theme))
    for name, value in columns.items():
        setattr(theme, name, value)
    theme.saved_at = utc_now()
    db.session.flush()
    history.keep(theme, content_of(theme), person, by_itself=by_itself)
    return theme


def put_back(
    theme: SynthesisTheme,
    content: Mapping[str, Any],
    synthesis: Synthesis,
    person: Person | None,
    *,
    seen_version: int | None,
) -> SynthesisTheme:
    """Save an earlier version as the newest one. Raises Stale when somebody saved another wording meanwhile."""
    power = Power(content["power"]) if content["power"] else None
    place = _place(content["parent"], theme, synthesis)
    wording = Wording(content["name"], content["memo"], parent=place, power=power)
    return save(theme.key, wording, synthesis, person, seen_version=seen_version or NONE_SEEN)


def move(theme: SynthesisTheme, *, up: bool) -> None:
    """Let a theme change places with its neighbour, a part with the next part of the same theme."""
    same = (
        SynthesisTheme.synthesis_id == theme.synthesis_id,
        SynthesisTheme.parent_id.is_not_distinct_from(theme.parent_id),
    )
    order = list(
        db.session.scalars(select(SynthesisTheme.id).where(*same).order_by(SynthesisTheme.position, SynthesisTheme.id))
    )
    here = order.index(theme.id)
    there = max(here - 1, 0) if up else min(here + 1, len(order) - 1)
    order[here], order[there] = order[there], order[here]
    for position, number in enumerate(order, start=1):
        # Not through the row: a new place is no new wording, and must not make an open form stale.
        db.session.execute(update(SynthesisTheme).where(SynthesisTheme.id == number).values(position=position))


def drop(theme: SynthesisTheme, person: Person | None) -> None:
    """Remove a theme with its parts and codes; the statements stay, and what it said stays in the history."""
    parts = db.session.scalars(select(SynthesisTheme).where(SynthesisTheme.parent_id == theme.id)).all()
    for one in (*parts, theme):
        history.keep(one, content_of(one), person)
        history.bury(one, one.key, under=one.synthesis_id)
        db.session.execute(delete(SynthesisCode).where(SynthesisCode.theme_id == one.id))
        db.session.delete(one)
        db.session.flush()


def code(synthesis: Synthesis, chosen: Chosen) -> None:
    """Let a statement stand under the themes that were ticked, and no longer under those that were unticked.

    What somebody else has ticked meanwhile stays: only the difference to what the page showed is written. Raises
    Unacceptable when one of the themes is no longer there.
    """
    known = {one.key: one.id for one in network_synthesis.themes_of(synthesis)}
    if not chosen.themes <= set(known):
        raise Unacceptable(_("One of these themes is no longer there. Choose again."), field="theme")
    of_it = SynthesisCode.review_id == chosen.review, SynthesisCode.statement == chosen.statement
    gone = {known[key] for key in chosen.before - chosen.themes if key in known}
    db.session.execute(delete(SynthesisCode).where(*of_it, SynthesisCode.theme_id.in_(gone)))
    there = set(
        db.session.scalars(select(SynthesisCode.theme_id).where(*of_it, SynthesisCode.theme_id.in_(known.values())))
    )
    db.session.add_all(
        SynthesisCode(theme_id=known[key], review_id=chosen.review, statement=chosen.statement)
        for key in sorted(chosen.themes - chosen.before)
        if known[key] not in there
    )
    db.session.flush()
    if chosen.remark is not None:
        mine = update(SynthesisCode).where(*of_it, SynthesisCode.theme_id.in_(known.values()))
        db.session.execute(mine.values(memo=clean_text(chosen.remark)[:REMARK]))


def content_of(theme: SynthesisTheme) -> dict[str, Any]:
    """Return what stands in a theme, by the names of the form."""
    parent = db.session.get(SynthesisTheme, theme.parent_id) if theme.parent_id else None
    return {
        "name": theme.name,
        "memo": theme.memo,
        "parent": parent.key if parent else "",
        "power": theme.power.value if theme.power else "",
    }


def _make(key: str, columns: dict[str, Any], synthesis: Synthesis, person: Person | None) -> SynthesisTheme:
    of_it = SynthesisTheme.synthesis_id == synthesis.id
    count, last = db.session.execute(
        select(func.count(SynthesisTheme.id), func.max(SynthesisTheme.position)).where(of_it)
    ).one()
    if count >= MOST_THEMES:
        raise Unacceptable(_("A synthesis takes at most %(limit)s themes."), {"limit": MOST_THEMES}, field="name")
    theme = SynthesisTheme(key=key, synthesis_id=synthesis.id, position=(last or 0) + 1, **columns)
    db.session.add(theme)
    db.session.flush()
    history.unearth(theme, key, under=synthesis.id)
    history.keep(theme, content_of(theme), person)
    return theme


def _columns(wording: Wording, synthesis: Synthesis, theme: SynthesisTheme | None) -> dict[str, Any]:
    name = clean_line(wording.name)[:NAME]
    if not name:
        raise Unacceptable(_("Give the theme a name."), field="name")
    parent = network_synthesis.theme(wording.parent, synthesis) if wording.parent else None
    if wording.parent:
        _check_parent(parent, theme)
    return {
        "name": name,
        "memo": clean_text(wording.memo)[:MEMO],
        "parent_id": parent.id if parent else None,
        "power": wording.power,
    }


def _place(parent: str, theme: SynthesisTheme, synthesis: Synthesis) -> str:
    """Return the key of the theme it was a part of; where it can be no part of that any more, it stays where it is."""
    try:
        if parent:
            _check_parent(network_synthesis.theme(parent, synthesis), theme)
    except Unacceptable:
        return str(content_of(theme)["parent"])
    return parent


def _check_parent(parent: SynthesisTheme | None, theme: SynthesisTheme | None) -> None:
    """A part has no parts of its own: two levels are what a reader can follow."""
    if parent is None or parent.parent_id is not None or (theme is not None and parent.id == theme.id):
        raise Unacceptable(_("Choose one of the themes that are not a part themselves, or none."), field="parent")
    if theme is not None and _has_parts(theme):
        raise Unacceptable(_("This theme has parts of its own, so it cannot be a part."), field="parent")


def _has_parts(theme: SynthesisTheme) -> bool:
    return db.session.scalar(select(SynthesisTheme.id).where(SynthesisTheme.parent_id == theme.id).limit(1)) is not None
