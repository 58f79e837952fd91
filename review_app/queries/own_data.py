"""Everything kept about one person and everything they wrote, in plain words, for that person (GDPR Art. 15, 20)."""

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, select

from review_app.extensions.database import db
from review_app.models.access import PersonalLink, SignIn
from review_app.models.attachments import Attachment
from review_app.models.feedback import FeedbackItem
from review_app.models.history import Revision
from review_app.models.letters import Letter
from review_app.models.network import Organisation, Person
from review_app.models.network_synthesis import Synthesis, SynthesisEdition
from review_app.models.privacy import Consent
from review_app.models.publishing import Report
from review_app.models.review import JournalEntry, Mark, Participant, Review
from review_app.models.synthesis import FactComment

THINGS = {
    "feedback_item": "feedback",
    "practice_section": "description of the practice",
    "message": "message of the team",
    "report_text": "texts of the report",
    "fact_comment": "fact check",
    "attachment": "photo or document",
    "review": "terms of the review",
    "synthesis": "texts of a synthesis",
    "synthesis_theme": "theme of a synthesis",
}
Rows = list[dict[str, Any]]


def of(person: Person) -> dict[str, Any]:
    """Return all of it as plain data. What others wrote, or wrote about somebody else, is not in it."""
    number = person.id
    return {
        "account": _account(person),
        "rights in the network": sorted(right.right.value for right in person.rights),
        "roles in reviews": _roles(number),
        "signatures": _signatures(number),
        "texts you saved": _texts(number),
        "photos and documents you added": _files(number),
        "what you agreed to": _consents(number),
        "comments in fact checks": _comments(number),
        "answers in fact checks": _answers(number),
        "what you did, as the record of each review has it": _deeds(number),
        "reports you froze or printed": _reports(number),
        "letters to you": _letters(person),
        "invitations and links to you": _links(person),
        "where you are signed in": _sessions(number),
    }


def as_file(person: Person) -> bytes:
    """Return all of it as a JSON file that people can read as well."""
    return json.dumps(of(person), indent=2, ensure_ascii=False).encode() + b"\n"


def _account(person: Person) -> dict[str, Any]:
    return {
        "name": person.name,
        "e-mail address": person.email,
        "function": person.function,
        "organisation": person.organisation.name if person.organisation else "",
        "language": person.language,
        "time zone": person.timezone,
        "has a password": person.password_hash is not None,
        "is open": person.is_active,
        "made at": _at(person.created_at),
        "random key that stands for you": person.key,
    }


def _roles(number: int) -> Rows:
    query = (
        select(Participant, Review.title, Organisation.name)
        .join(Review, Review.id == Participant.review_id)
        .outerjoin(Organisation, Organisation.id == Participant.organisation_id)
        .where(Participant.person_id == number)
        .order_by(Participant.id)
    )
    return [
        {
            "review": title,
            "role": row.role.value,
            "for": city or "",
            "since": _at(row.since),
            "code of conduct accepted at": _at(row.code_accepted_at),
            "interests declared": _plain(row.interests),
        }
        for row, title, city in db.session.execute(query)
    ]


def _signatures(number: int) -> Rows:
    found = _in_reviews(Mark, Mark.person_id == number)
    return [{"review": title, "what": row.name, "as": row.role.value, "at": _at(row.at)} for row, title in found]


def _texts(number: int) -> Rows:
    query = select(Revision).where(Revision.person_id == number).order_by(Revision.id)
    return [
        {
            "what": THINGS.get(row.thing.partition(".")[0], row.thing),
            "number": row.thing_id,
            "version": row.number,
            "saved at": _at(row.at),
            "text": row.content,
        }
        for row in db.session.scalars(query)
    ]


def _files(number: int) -> Rows:
    found = _in_reviews(Attachment, Attachment.person_id == number)
    return [
        {
            "review": title,
            "file": row.file_name,
            "title": row.title,
            "shows": row.alternative,
            "credit": row.credit,
            "licence": row.licence,
            "may be published": row.may_be_published,
            "added at": _at(row.added_at),
        }
        for row, title in found
    ]


def _consents(number: int) -> Rows:
    query = select(Consent, FeedbackItem.headline).join(FeedbackItem).where(Consent.person_id == number)
    return [
        {
            "item": headline,
            "agreed to": "naming the city" if row.matter == "city" else "using it in the report",
            "agreed at": _at(row.given_at),
            "withdrawn at": _at(row.withdrawn_at),
        }
        for row, headline in db.session.execute(query.order_by(Consent.id))
    ]


def _comments(number: int) -> Rows:
    found = _in_reviews(FactComment, FactComment.person_id == number)
    return [
        {
            "review": title,
            "kind": row.kind.value,
            "comment": row.comment,
            "quoted": row.quoted,
            "source": row.source,
            "made at": _at(row.made_at),
        }
        for row, title in found
    ]


def _answers(number: int) -> Rows:
    found = _in_reviews(FactComment, FactComment.answered_by_id == number)
    return [
        {
            "review": title,
            "answer": row.answer.value if row.answer else "",
            "reason": row.reason,
            "at": _at(row.answered_at),
        }
        for row, title in found
    ]


def _deeds(number: int) -> Rows:
    """What was done, when and why; not to whom: that is another person's."""
    found = _in_reviews(JournalEntry, JournalEntry.person_id == number)
    return [
        {"review": title, "action": row.action, "reason you gave": row.reason, "at": _at(row.at)}
        for row, title in found
    ]


def _reports(number: int) -> Rows:
    found = _in_reviews(Report, Report.made_by_id == number)
    frozen = [{"review": title, "number": row.number or "draft", "made at": _at(row.made_at)} for row, title in found]
    query = select(SynthesisEdition, Synthesis.title).join(Synthesis).where(SynthesisEdition.made_by_id == number)
    return frozen + [
        {"synthesis": title, "number": row.number or "draft", "made at": _at(row.made_at)}
        for row, title in db.session.execute(query.order_by(SynthesisEdition.id))
    ]


def _letters(person: Person) -> Rows:
    query = select(Letter).where(Letter.person_id == person.id).order_by(Letter.id)
    return [
        {"kind": row.kind, "to": row.address, "queued at": _at(row.queued_at), "sent at": _at(row.sent_at)}
        for row in db.session.scalars(query)
    ]


def _links(person: Person) -> Rows:
    mine = (PersonalLink.person_id == person.id) | (PersonalLink.identity == person.identity)
    return [
        {
            "purpose": row.purpose.value,
            "sent to": row.email,
            "made at": _at(row.made_at),
            "ends at": _at(row.expires_at),
            "used at": _at(row.used_at),
        }
        for row in db.session.scalars(select(PersonalLink).where(mine).order_by(PersonalLink.id))
    ]


def _sessions(number: int) -> Rows:
    query = select(SignIn).where(SignIn.person_id == number).order_by(SignIn.id)
    return [{"since": _at(row.started_at), "last seen": _at(row.seen_at)} for row in db.session.scalars(query)]


def _in_reviews(kind: Any, where: ColumnElement[bool]) -> Sequence[Any]:
    query = select(kind, Review.title).join(Review, Review.id == kind.review_id).where(where).order_by(kind.id)
    return db.session.execute(query).all()


def _at(moment: datetime | None) -> str | None:
    return moment.isoformat(timespec="seconds") if moment else None


def _plain(kept: str) -> Any:
    try:
        return json.loads(kept)
    except ValueError:
        return kept
