"""Composes a letter when it leaves: the recipient's rights, language and time zone as they are now."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr
from textwrap import wrap
from typing import Any
from urllib.parse import quote, urlsplit
from zoneinfo import ZoneInfo

from babel.dates import format_datetime as write_moment
from flask import Flask
from flask_babel import force_locale, get_locale
from flask_babel import gettext as _
from sqlalchemy import select

from review_app.config import Settings
from review_app.domain.text import clean_line
from review_app.domain.visibility import Thing
from review_app.domain.vocabulary import Role, Side
from review_app.domain.workflow import CANCELLED
from review_app.extensions.database import db
from review_app.models.access import PersonalLink, Purpose
from review_app.models.base import utc_now
from review_app.models.letters import Letter
from review_app.models.network import Organisation, Person
from review_app.models.review import Review, ReviewCity, ReviewDeadline
from review_app.queries.seats import Seat, network_roles, seat_at
from review_app.services import letters, links
from review_app.services.sessions import digest

WIDTH = 76
LONGEST_SUBJECT = 180
RESET_LIFETIME = timedelta(hours=1)


@dataclass(frozen=True)
class Desk:
    """What composing stands on: the app for its templates, the settings for addresses and the secret."""

    app: Flask
    settings: Settings

    def address(self, endpoint: str, **values: str) -> str:
        """Return the full address of a page, from the configured address alone (RELIABILITY 3)."""
        path = self.app.url_map.bind("letters.invalid").build(endpoint, values)
        return f"{self.settings.address}{path}"

    def lifetime(self, purpose: Purpose) -> timedelta:
        """Return how long a link lives from the moment its letter leaves."""
        if purpose is Purpose.INVITATION:
            return timedelta(days=self.settings.link_days)
        if purpose is Purpose.SIGN_IN:
            return timedelta(minutes=self.settings.sign_in_link_minutes)
        return RESET_LIFETIME


def compose(letter: Letter, desk: Desk) -> EmailMessage | None:
    """Return the letter as it leaves now; None when its recipient has no right to it any more."""
    values = _values(letter, desk)
    if values is None:
        return None
    with force_locale(letter.person.language if letter.person else "en"):
        text = desk.app.jinja_env.get_template(f"letters/{letter.kind}.txt").render(_sentences(values, letter))
    subject, _line, body = text.strip().partition("\n")
    return _message(letter, subject, body, desk.settings)


def _values(letter: Letter, desk: Desk) -> dict[str, Any] | None:
    """Return what the text needs, or None when the letter must not leave."""
    if letter.person is not None and not letter.person.is_active:
        return None
    values: dict[str, Any] = {"network": desk.settings.network_name, "home": f"{desk.settings.address}/"}
    if "link" in letter.values:
        found = _link(letter, desk)
        if found is None:
            return None
        values |= found
    if letter.review is not None:
        if letter.review.stage == CANCELLED:
            return None
        values |= _review(letter.review, desk)
        if letter.person is not None and not seat_at(letter.review, letter.person).sees(Thing.REVIEW):
            return None
        if "link" not in letter.values and not _still_due(letter, values, desk):
            return None
    return values


def _link(letter: Letter, desk: Desk) -> dict[str, Any] | None:
    link = db.session.get(PersonalLink, letter.values["link"])
    if link is None or not links.is_open(link, utc_now()) or not _is_wanted(link, letter):
        return None
    token = links.hand_out(link, str(desk.app.secret_key), desk.lifetime(link.purpose))
    onward = str(letter.values.get("onward") or "")
    address = desk.address("access.link", token=token)
    return {
        "link": f"{address}?next={quote(onward, safe='/')}" if onward else address,
        "until": link.expires_at,
        "role": link.role,
        "organisation": link.organisation.name if link.organisation else "",
        "inviter": _name_of(link.invited_by_id),
        "again": bool(letter.values.get("again")),
    }


def _is_wanted(link: PersonalLink, letter: Letter) -> bool:
    """Tell whether the letter's address still leads to its person, and that person still has what the link is about."""
    if link.person_id is None or letter.person is None:
        return True
    if links.owner(link) is None:
        return False
    if link.role is None:
        return True
    review = letter.review
    return link.role in (seat_at(review, letter.person).roles if review else network_roles(letter.person))


def _name_of(person_id: int | None) -> str:
    person = db.session.get(Person, person_id) if person_id else None
    return person.name if person else ""


def _review(review: Review, desk: Desk) -> dict[str, Any]:
    hosts = (
        select(Organisation.name)
        .join(ReviewCity, ReviewCity.organisation_id == Organisation.id)
        .where(ReviewCity.review_id == review.id, ReviewCity.side == Side.HOST)
        .order_by(ReviewCity.position)
    )
    return {
        "title": review.title,
        "host": ", ".join(db.session.scalars(hosts)),
        "starts_on": review.starts_on,
        "page": desk.address("reviews.show", ref=review.ref),
    }


def _still_due(letter: Letter, values: dict[str, Any], desk: Desk) -> bool:
    """Add what only participants read; False when it is done already."""
    review, person = letter.review, letter.person
    if review is None or person is None:
        return False
    seat = seat_at(review, person)
    if letter.kind == "reminder":
        values |= _duty(seat, desk)
        return bool(values["duty"])
    action = seat.method.actions.get(str(letter.values.get("action", "")))
    if action is None or not action.tells & seat.roles:
        return False
    values["action"] = action.label
    values |= _step(seat)
    return True


def _step(seat: Seat) -> dict[str, Any]:
    """Return the stage a review is at now, what comes next, and by when."""
    stages = {stage.name: stage for stage in seat.method.stages}
    stage = stages.get(seat.review.stage)
    if stage is None:
        return {"stage": "", "next_step": "", "due": None, "duty_label": ""}
    deadline = seat.method.deadlines.get(stage.due)
    return {
        "stage": stage.label,
        "next_step": stage.next_step,
        "duty_label": deadline.label if deadline else "",
        "due": _due(seat.review, stage.due),
    }


def _due(review: Review, name: str) -> datetime | None:
    query = select(ReviewDeadline.at).where(ReviewDeadline.review_id == review.id, ReviewDeadline.name == name)
    return db.session.scalar(query)


def _duty(seat: Seat, desk: Desk) -> dict[str, Any]:
    """Return what a peer still owes: an answer to the invitation or the return of the city; else nothing."""
    person, review = seat.person, seat.review
    assert person is not None, "a reminder goes to a person"
    if Role.PEER not in seat.roles:
        return {"duty": ""}
    waits = any(p.person_id == person.id and p.code_accepted_at is None for p in review.participants)
    if waits and seat.may("answer the invitation"):
        return {"duty": "invitation", "task": desk.address("team.answer", ref=review.ref), "due": None}
    if not seat.method.permits(letters.ACTION, seat.roles, review.stage) or letters.has_sent(review, person):
        return {"duty": ""}
    due = _due(review, letters.DEADLINE)
    late = due is not None and due < utc_now()
    page = desk.address("feedback.show", ref=review.ref)
    return {"duty": "late" if late else "feedback", "task": page, "due": due}


def _sentences(values: dict[str, Any], letter: Letter) -> dict[str, Any]:
    """Translate the method's words and write moments in the recipient's zone; inside the recipient's language."""
    zone, host_zone = _zone(letter.person), letter.review.timezone if letter.review else ""
    written = {name: _(text) for name in ("action", "stage", "next_step", "duty_label") if (text := values.get(name))}
    moments = {name: _moment(values[name], zone, host_zone) for name in ("due", "until") if values.get(name)}
    greeted = letter.person.name if letter.person else str(letter.values.get("name") or "")
    return values | written | moments | {"name": greeted, "as_role": _role(values.get("role"))}


def _zone(person: Person | None) -> str:
    if person is None:
        return ""
    return person.timezone or (person.organisation.timezone if person.organisation else "")


def _moment(value: datetime, zone: str, host_zone: str) -> str:
    """Write a moment for its reader, and where the host is when the clocks differ there."""
    here = _written(value, zone or host_zone or "Europe/Brussels")
    there = _written(value, host_zone) if host_zone else here
    if here == there:
        return here
    return str(_("%(there)s at the host, %(here)s for you", there=there, here=here))


def _written(value: datetime, zone: str) -> str:
    return write_moment(value, "EEEE d MMMM y, HH:mm", tzinfo=ZoneInfo(zone), locale=get_locale())


def _role(role: Role | None) -> str:
    named = {
        Role.SECRETARIAT: _("a member of the secretariat"),
        Role.HOST_COORDINATOR: _("the coordinator of the host city"),
        Role.HOST_CONTRIBUTOR: _("a colleague of the host city"),
        Role.LEAD_REVIEWER: _("the lead reviewer"),
        Role.RAPPORTEUR: _("the rapporteur"),
        Role.PEER: _("a critical friend of the host city"),
        Role.OBSERVER: _("an observer"),
    }
    return named.get(role, "") if role else ""


def _message(letter: Letter, subject: str, body: str, settings: Settings) -> EmailMessage:
    """Wrap the text into one message to one address; a header that holds a line break is refused by the library."""
    message = EmailMessage(policy=SMTP)
    name, address = parseaddr(settings.mail_from)
    message["From"] = Address(name, addr_spec=address)
    message["To"] = Address(addr_spec=letter.address)
    message["Subject"] = _harmless(subject)
    message["Date"] = format_datetime(letter.queued_at)
    message["Message-ID"] = f"<letter-{letter.id:08d}-{digest(letter.once)[:12]}@{urlsplit(settings.address).hostname}>"
    message["Auto-Submitted"] = "auto-generated"
    text = "\n".join(_wrapped(line) for line in body.strip().split("\n")) + "\n"
    message.set_content(text, cte="7bit" if text.isascii() else "8bit")
    return message


def _harmless(subject: str) -> str:
    """Return a subject in one line; the library would decode an encoded word in it, line breaks and all."""
    return clean_line(subject).replace("=?", "= ?")[:LONGEST_SUBJECT]


def _wrapped(line: str) -> str:
    return "\n".join(wrap(line, WIDTH, break_long_words=False, break_on_hyphens=False)) if line.strip() else ""
