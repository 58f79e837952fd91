"""Somebody who leaves traces wherever a person can: in every field, every text, at several stages."""

from sqlalchemy import select

from review_app.domain.text import email_identity
from review_app.domain.vocabulary import CommentAnswer, CommentKind, ItemKind, Role
from review_app.extensions.database import db
from review_app.models.access import Purpose
from review_app.models.network import Organisation, Person
from review_app.models.review import Participant, Review, ReviewCity
from review_app.queries import reports
from review_app.queries.seats import seat_at
from review_app.reports.frozen.snapshot import Snapshot
from review_app.services import (
    consents,
    facts,
    feedback,
    journal,
    links,
    messages,
    outbox,
    practice,
    publishing,
    renderings,
    report_texts,
    sessions,
    team,
    throttle,
)
from review_app.services.facts import Remark
from review_app.services.messages import Wording
from review_app.services.report_texts import Texts
from tests.synthesis_world import seat_of

# One word that occurs nowhere else for everything that is the person's own; said in several spellings.
NAME, EMAIL = "Zsófia Canaryname-Öllös", "Canary.Mail@canaryhost.example"
FUNCTION, INTERESTS, REASON = "Canaryfunction", "Canaryinterests", "Canaryreason"
ALONE, EARLIER, UNSENT = "Canaryalone", "Canaryearlier", "Canaryunsent"
OWN = [NAME, EMAIL, FUNCTION, INTERESTS, REASON, ALONE, EARLIER, UNSENT]
STAYS = "Kept as the word of the city"
STAGES = ("feedback", "drafting", "fact_check", "sign_off", "published", "closed")


def appear(app, world):
    """Let somebody leave traces wherever one can leave them; return their key."""
    with app.app_context():
        person = Person(email=EMAIL, identity=email_identity(EMAIL), name=NAME, function=FUNCTION)
        person.organisation_id = db.session.scalar(select(Organisation.id).where(Organisation.slug == "norrvik"))
        person.password_hash = world.person("peer").password_hash
        db.session.add(person)
        db.session.flush()
        for stage in STAGES:
            _take_part(world.review(stage), person, world)
        _knock(person, world)
        db.session.commit()
        return person.key


def _take_part(review, person, world):
    """Join with every role there is, and write whatever each lets write at this stage, as far as it does."""
    peers = select(ReviewCity.organisation_id).where(ReviewCity.review_id == review.id, ReviewCity.side == "peer")
    city = db.session.scalars(peers.order_by(ReviewCity.id)).first()
    for role in Role:
        if role not in (Role.MEMBER, Role.PUBLIC, Role.SECRETARIAT):
            part = Participant(review_id=review.id, person_id=person.id, role=role, organisation_id=city)
            part.interests = team.Interests({"paid": True}, f"{INTERESTS}, says {NAME}").kept()
            db.session.add(part)
    db.session.flush()
    seat = seat_at(review, person)
    journal.write("decline the invitation", seat, reason=REASON)
    journal.write("appoint people", seat_of(world, "draft", "secretariat"), note=f"{EMAIL} (peer)")
    _write(review, seat, db.session.get_one(Organisation, city))


def _write(review, seat, city):
    if seat.may("give feedback"):
        _give(seat, city)
    if seat.may("write messages"):
        wording = Wording(ItemKind.LESSON, f"{STAYS}, not of {NAME}", body=f"Write to {EMAIL.upper()}.")
        messages.create("M" + review.ref[:20].ljust(21, "x"), wording, seat, items=[])
    if seat.may("edit the report"):
        words = {"context": f"{STAYS}. {NAME} told us.", "practice": "", "saw": "", "next_steps": ""}
        report_texts.save(Texts(**words), seat, seen_version=_version(review))
    if seat.may("comment on facts"):
        remark = Remark(about="part:context", kind=CommentKind.FACTUAL_ERROR, comment=f"{NAME} counted again.")
        made = facts.comment("F" * 22, remark, seat)
        facts.answer(made, CommentAnswer.DECLINED, seat, reason=f"Ask {EMAIL}", seen_version=None)
    if seat.may("print a draft"):
        publishing.print_draft(seat)


def _version(review):
    row = report_texts.row_of(review)
    return row.version if row else None


def _give(seat, city):
    def save(key, headline, **more):
        kept = {"headline": headline, "explanation": "", "language": "en", "attribution": "anonymous", "use": "report"}
        return feedback.save(
            key, seat, city=city, kind=ItemKind.LESSON, answers=kept | more, seen_version=seen.get(key)
        )

    seen = {}
    mine = feedback.feedback.return_of(seat, city)
    if mine is not None:
        mine.submitted_at = None
        db.session.flush()
    save("A" * 22, f"Only one said {ALONE}")
    save("U" * 22, UNSENT, attribution="", use="")
    seen["C" * 22] = save("C" * 22, EARLIER, attribution="city").version
    save("C" * 22, f"{STAYS}, {NAME} wrote", attribution="city", first_step=f"Ask {EMAIL}")


def _knock(person, world):
    """Leave traces at the door, in letters, in the host's words, and in a report that is out."""
    sessions.begin(person)
    throttle.count(throttle.subjects("password", EMAIL, "198.51.100.7"))
    links.make(Purpose.RESET, email=EMAIL, person=person)
    link = links.make(Purpose.INVITATION, email=EMAIL)
    outbox.queue("invitation", EMAIL, once=f"reminder:{EMAIL}", values={"link": link.id, "name": NAME})
    other = links.make(Purpose.INVITATION, email="newcomer@example.org", by=person)
    outbox.queue("invitation", "newcomer@example.org", values={"link": other.id, "name": "A Newcomer"})
    review = world.review("published")
    practice.put("transfer", {"contact": f"{NAME}, {EMAIL}"}, review=review, person=person)
    report = reports.published(review)
    named = Snapshot.model_validate_json(report.snapshot).model_copy(update={"contact": f"{NAME}, {EMAIL}"})
    report.snapshot, report.digest = named.to_bytes().decode(), named.sha256
    renderings.ask(named.sha256)
    consents.forget_prints()
    db.session.get_one(Review, review.id).purpose = f"{STAYS} (asked by {NAME})"
