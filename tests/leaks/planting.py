"""Plants a word of its own in every text column of every object of a review, with who may read it and who must."""

from datetime import timedelta

from sqlalchemy import delete, select

from review_app.domain.forms import Asks
from review_app.domain.material import Issue
from review_app.domain.vocabulary import (
    Attribution,
    CommentAnswer,
    CommentKind,
    ItemKind,
    Role,
    Use,
)
from review_app.extensions.database import db
from review_app.models.access import PersonalLink, Purpose
from review_app.models.attachments import Attachment
from review_app.models.base import new_key, utc_now
from review_app.models.feedback import FeedbackItem, Return
from review_app.models.history import Revision
from review_app.models.letters import Letter
from review_app.models.practice import KeyFigure, PracticeSection
from review_app.models.publishing import Report, ReportText
from review_app.models.review import JournalEntry, Mark, Participant, Review, ReviewCity, ReviewDeadline, ReviewQuestion
from review_app.models.synthesis import FactComment, Message, MessageSource
from review_app.queries import methods, report_material
from review_app.reports.frozen.freezing import freeze
from review_app.services import renderings
from tests.leaks import people, planting_files, planting_syntheses
from tests.leaks import reference as who
from tests.leaks.canaries import Planted

# The sections whose history the crawl opens.
LOOKED_AT = ("summary", "results")
VERSION = planting_syntheses.VERSION


def plant(review: Review, now: who.Standing) -> Planted:
    """Empty a review and fill it again: everything at once, whatever its stage."""
    _clear(review)
    planted = Planted(review.id, review.ref, {})
    cities = people.cities_of(planted, now)
    people.people_of(planted, review, cities, now)
    _review(planted, review, now)
    _written_by_the_host(planted, review, now)
    planting_files.beside_the_practice(planted, review, now)
    _said_by_the_peers(planted, review, cities, now)
    _around(planted, review, now)
    planting_syntheses.over(planted, review)
    db.session.flush()
    if review.published_at:
        _freeze(planted, review, now)
    return planted


def _clear(review):
    mine = select(Message.id).where(Message.review_id == review.id)
    db.session.execute(delete(MessageSource).where(MessageSource.message_id.in_(mine)))
    returns = select(Return.id).where(Return.review_id == review.id)
    db.session.execute(delete(FeedbackItem).where(FeedbackItem.return_id.in_(returns)))
    for model in (Message, Return, FactComment, ReportText, JournalEntry, PracticeSection, KeyFigure, ReviewQuestion):
        db.session.execute(delete(model).where(model.review_id == review.id))
    for model in (Participant, PersonalLink, Letter, Report, Attachment):
        db.session.execute(delete(model).where(model.review_id == review.id))
    db.session.execute(delete(ReviewCity).where(ReviewCity.review_id == review.id))
    db.session.expire_all()


def _review(planted, review, now):
    review.title = planted.word("review.title", now.review())
    review.network = planted.word("review.network", now.review(), now.report())
    review.purpose = planted.word("review.purpose", now.review(), now.report() | {who.SECRETARIAT, who.HOST})
    review.venue = planted.word("review.venue", now.review(), now.report())
    review.funding = planted.word("review.funding", now.review(), now.report())
    for number in (1, 2):
        why = planted.word("review_question.why", who.INSIDE, {who.SECRETARIAT, who.HOST})
        asked = planted.word("review_question.text", now.review(), who.INSIDE | now.report())
        db.session.add(ReviewQuestion(review_id=review.id, number=number, text=asked, why=why))


def _written_by_the_host(planted, review, now):
    form = methods.of(review.edition).forms["practice"]
    for section in form.sections:
        answers = {
            question.key: planted.word(
                "practice_section.answers",
                now.practice() | now.report(),
                now.practice(),
            )
            for question in section.questions
            if question.asks in (Asks.LINE, Asks.TEXT, Asks.FORMATTED)
        }
        row = PracticeSection(review_id=review.id, section=section.name, answers=answers)
        db.session.add(row)
        db.session.flush()
        must = who.HOSTS if section.name in LOOKED_AT else who.NOBODY
        _revise(planted, row, may=who.HOSTS, must=must, key=next(iter(answers), ""))
    seen = now.practice() | now.report()
    shown = {name: planted.word(f"key_figure.{name}", seen) for name in ("label", "value", "unit", "source")}
    db.session.add(KeyFigure(review_id=review.id, year=planted.word("key_figure.year", seen), **shown))


def _revise(planted, row, *, may, must, key):
    if key:
        content = {key: planted.word("revision.content", may, must)}
        number = VERSION + planted.review_id  # rows of the world may have left versions under small numbers
        db.session.add(Revision(thing=row.__tablename__, thing_id=row.id, number=number, content=content))


def _said_by_the_peers(planted, review, cities, now):
    mine = _return(review, cities[who.PEER], sent=False)
    theirs = _return(review, cities[who.OTHER_PEER], sent=True)
    third = _return(review, cities["third"], sent=True)
    for use in Use:
        _item(planted, mine, now, writer=who.PEER, sent=False, use=use)
        item = _item(planted, theirs, now, writer=who.OTHER_PEER, sent=True, use=use)
        planting_files.beside_an_item(planted, review, item, now.evidence(who.OTHER_PEER, use=use.value))
        _item(planted, third, now, writer="third", sent=True, use=use)
    _item(planted, theirs, now, writer=who.OTHER_PEER, sent=True, kind=ItemKind.TAKE_HOME)
    merged = [_item(planted, one, now, writer=writer, sent=True, merged=True) for one, writer in
              ((theirs, who.OTHER_PEER), (third, "third"))]  # fmt: skip
    message = Message(
        review_id=review.id,
        kind=ItemKind.CHALLENGE,
        key=planted.key("message.key", now.draft()),
        **{name: planted.word(f"message.{name}", now.report()) for name in ("headline", "body", "dissent", "summary")},
    )
    message.sources = [MessageSource(item=item) for item in merged]
    db.session.add(message)
    db.session.flush()
    planted.keys["message"] = message.key
    _revise(planted, message, may=who.EDITORS, must=who.NOBODY, key="headline")
    for writer in (who.PEER, who.OTHER_PEER):
        item = db.session.scalars(select(FeedbackItem).where(FeedbackItem.key == planted.keys[f"item {writer}"])).one()
        _revise(planted, item, may=who.EDITORS | {writer}, must=who.NOBODY, key="headline")


def _return(review, city, *, sent):
    row = Return(review_id=review.id, organisation_id=city.id, submitted_at=utc_now() if sent else None)
    db.session.add(row)
    db.session.flush()
    return row


def _item(planted, city_return, now, *, writer, sent, use=Use.REPORT, merged=False, kind=ItemKind.CHALLENGE):
    seen = now.item(writer, sent=sent, use=use.value, merged=merged)
    item = FeedbackItem(
        return_id=city_return.id,
        key=planted.key("feedback_item.key", seen - now.published() | now.item(writer, sent=sent, use="team_only")),
        kind=kind,
        use=use,
        attribution=Attribution.ANONYMOUS,
        headline=planted.word("feedback_item.headline", seen),
        explanation=planted.word("feedback_item.explanation", seen),
        answers={"first_step": planted.word("feedback_item.answers", seen, who.NOBODY)},
    )
    db.session.add(item)
    db.session.flush()
    planted.keys.setdefault(f"item {writer}", item.key)
    return item


def _around(planted, review, now):
    team = now.report()
    texts = {name: planted.word(f"report_text.{name}", team) for name in ("context", "practice", "saw", "next_steps")}
    host_word = planted.word("report_text.host_word", team)
    db.session.add(ReportText(review_id=review.id, host_word=host_word, **texts))
    for printed in (False, True):
        _comment(planted, review, now, printed=printed)
    for action in ("cancel", "close feedback"):
        _entry(planted, review, action)
    waiting = planted.word("personal_link.email", {who.SECRETARIAT, who.HOST})
    db.session.add(
        PersonalLink(
            digest=new_key(),
            purpose=Purpose.INVITATION,
            email=waiting,
            identity=waiting,
            review_id=review.id,
            role=Role.RAPPORTEUR,
            expires_at=utc_now() + timedelta(days=9),
        )
    )
    told = {"values": {"name": planted.word("letter.values", who.NOBODY)}}
    told |= {name: planted.word(f"letter.{name}", {who.SECRETARIAT}) for name in ("address", "trouble")}
    db.session.add(Letter(kind="moved", once=new_key(), review_id=review.id, given_up_at=utc_now(), **told))
    if now.released and not db.session.scalar(select(Mark.id).where(Mark.review_id == review.id)):
        raise AssertionError("a released practice has its mark")


def _comment(planted, review, now, *, printed):
    seen = now.facts()
    also = now.report() if printed else who.NOBODY
    mine = {who.HOST}  # whoever wrote it takes it along with their own data
    row = FactComment(
        review_id=review.id,
        about="part:saw",
        kind=CommentKind.DISAGREEMENT if printed else CommentKind.FACTUAL_ERROR,
        print_view=printed,
        key=planted.key("fact_comment.key", seen),
        comment=planted.word("fact_comment.comment", seen | also | mine, seen | also),
        quoted=planted.word("fact_comment.quoted", seen | mine, seen),
        source=planted.word("fact_comment.source", seen | mine, seen),
        reason=planted.word("fact_comment.reason", seen),
        answer=CommentAnswer.DECLINED,
        answered_at=utc_now(),
        person_id=planted.people[who.HOST].id,
    )
    db.session.add(row)
    planted.keys["comment"] = row.key


def _entry(planted, review, action):
    closing = action == "close feedback"
    seen = who.EDITORS | {who.HOST}
    db.session.add(
        JournalEntry(
            review_id=review.id,
            action=action,
            came_from="feedback",
            led_to="drafting" if closing else review.stage,
            person_id=planted.people[who.SECRETARIAT].id,
            reason=planted.word("journal_entry.reason", seen),
            note=planted.word("journal_entry.note", who.EDITORS if closing else seen),
        )
    )


def _freeze(planted, review, now):
    issue = Issue(number=1, on=utc_now().date(), level=review.level)
    snapshot = freeze(report_material.of(review), issue)
    key = planted.key("report.key", now.report())
    db.session.add(
        Report(
            review_id=review.id,
            kind="highlights",
            number=1,
            snapshot=snapshot.to_bytes().decode(),
            digest=snapshot.sha256,
            key=key,
        )
    )
    planted.keys["report"] = key
    renderings.ask(snapshot.sha256)


def deadline_of(review, *, late):
    """Let the deadline for feedback lie a day behind or ahead."""
    at = utc_now() + timedelta(days=-1 if late else 1)
    row = db.session.scalar(
        select(ReviewDeadline).where(ReviewDeadline.review_id == review.id, ReviewDeadline.name == "feedback")
    )
    if row is None:
        db.session.add(ReviewDeadline(review_id=review.id, name="feedback", at=at))
    else:
        row.at = at
