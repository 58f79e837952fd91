"""`flask audit`: who saw a review, what happened, and whether anybody has changed the record of it."""

import re
from datetime import UTC, datetime

import click
from flask import Flask
from flask.cli import AppGroup
from sqlalchemy import select
from sqlalchemy.exc import DBAPIError

from review_app.domain.visibility import Thing
from review_app.extensions import sealing
from review_app.extensions.database import db, reading
from review_app.models.review import Review
from review_app.queries import audit
from review_app.queries.audit import Finding, Seer, Wanted
from review_app.services import audit as trail

group = AppGroup("audit", help="The audit trail: who saw what, who did what.")
THINGS = sorted({*(thing.value for thing in Thing if thing is not Thing.PAPER), "own return"})
HEAD = re.compile(r"([1-9][0-9]{0,9}):([0-9a-f]{64})")


def bind(app: Flask) -> None:
    """Add the commands."""
    app.cli.add_command(group)


def noted(action: str, review: Review | None) -> None:
    """Note what a command gave out of a review, or of several.

    Storage that cannot take it keeps nobody from what they asked for.
    """
    try:
        trail.note(action, None, review=review)
        db.session.commit()
    except DBAPIError:
        db.session.rollback()
        click.echo("The storage could not take it: this stands not in the audit trail.", err=True)


@group.command("who-saw")
@click.argument("ref")
@click.option("--thing", type=click.Choice(THINGS), help="Only this; otherwise everything of the review.")
@click.option("--since", type=click.DateTime(["%Y-%m-%d"]), help="Only from this day on (UTC): 2026-05-20.")
def who_saw(ref: str, thing: str | None, since: datetime | None) -> None:
    """Print who saw review REF: name, organisation, what, first time, last time (UTC), days; tab separated."""
    with reading():
        found = audit.all_who_saw(Wanted(ref, thing or "", since.replace(tzinfo=UTC) if since else None))
        if not found and db.session.scalar(select(Review.id).where(Review.ref == ref)) is None:
            raise click.ClickException(f"There is no review “{ref}”. See: flask reviews list")
    for seer in found:
        click.echo(_line(seer))
    if not found:
        click.echo("Nobody.", err=True)


@group.command("show")
@click.option("--review", "ref", default="", help="Only entries of this review.")
@click.option("--last", type=click.IntRange(1), help="Only so many, the newest.")
def show(ref: str, last: int | None) -> None:
    """Print entries, oldest first: number, time (UTC), who, action, review, thing, key; tab separated."""
    with reading():
        for entry, name in audit.entries(ref, last=last):
            who = name or entry.person_key or "(by itself)"
            cells = (str(entry.seq), entry.at, who, entry.action, entry.review_ref, entry.thing, entry.object_key)
            click.echo("\t".join(cells).rstrip("\t"))


@group.command("verify")
@click.option("--after", type=click.IntRange(1), default=None, help="Vouch for the entries up to this number.")
@click.option("--holds", default="", help="A head noted earlier, NUMBER:HASH: it must still be in the trail.")
def verify(after: int | None, holds: str) -> None:
    """Walk the trail from its first entry to its sealed head; name the first broken entry and fail."""
    with reading():
        found = audit.walk(sealing.secret(), after=after or 0, holds=_noted(holds))
    if found.broken:
        raise click.ClickException(f"{found.broken} {found.entries} entries before it are whole.")
    click.echo(_told(found, (after or 0) + found.entries))


def _told(found: Finding, head: int) -> str:
    sealed = (
        f"Sealed up to {found.sealed}." if found.sealed else "The seal was not looked at: there is none, or no key."
    )
    return f"{found.entries} entries, each as it was written. {sealed} Note this head elsewhere: {head}:{found.head}"


def _noted(holds: str) -> tuple[int, str] | None:
    if not holds:
        return None
    match = HEAD.fullmatch(holds)
    if match is None:
        raise click.ClickException("A head is a number, a colon and 64 hexadecimal digits, as this command prints it.")
    return int(match[1]), match[2]


def _line(seer: Seer) -> str:
    who = seer.name or "(no longer in the network)"
    what = f"{seer.thing} (downloaded)" if seer.downloaded else seer.thing
    times = (f"{moment:%Y-%m-%d %H:%M}" for moment in (seer.first, seer.last))
    return "\t".join((who, seer.organisation, what, *times, str(seer.days)))
