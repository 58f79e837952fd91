"""Brings the demonstration into the states in which every form shows."""

from sqlalchemy import func, select

from review_app.domain.vocabulary import Level, Media
from review_app.extensions.database import db
from review_app.models.access import Purpose
from review_app.models.attachments import Attachment
from review_app.models.feedback import FeedbackItem, Return
from review_app.models.history import Revision
from review_app.services import history, links, report_texts
from review_app.services.report_texts import HOST_WORD
from tests import synthesis_world

FILE = {"media": Media.PDF, "size": 1, "sha256": "", "file_name": "plan.pdf", "title": "Plan"}


def prepare(world):
    """Bring the world into the states in which every form shows; return tokens of an invitation and a reset."""
    review = world.review("sign_off")
    review.funding = "Nobody outside pays for it."
    synthesis_world.sign_all(review, world.person("secretariat"))
    world.review("published").level = Level.PARTICIPANTS
    link = links.make(Purpose.INVITATION, email="new@norrvik.example", review=review)
    token = links.hand_out(link, "a secret", links.UNSENT[Purpose.INVITATION])
    reset = links.make(Purpose.RESET, email="peer@example.org", person=world.person("peer"))
    other = links.hand_out(reset, "a secret", links.UNSENT[Purpose.RESET])
    _write_versions(world)
    _add_files(world)
    db.session.commit()
    return [token, other]


def _write_versions(world):
    """Give every text an earlier version, so that there is a way back."""
    word = report_texts.row_of(world.review("fact_check"))
    told = {"thing": history.thing_of(word, HOST_WORD), "thing_id": word.id, "content": {HOST_WORD: "Thank you."}}
    db.session.add(Revision(number=1, **told))
    newest = select(Revision.thing, Revision.thing_id, func.max(Revision.number)).group_by("thing", "thing_id")
    for thing, thing_id, number in db.session.execute(newest).all():
        old = db.session.scalars(select(Revision).filter_by(thing=thing, thing_id=thing_id, number=number)).one()
        db.session.add(Revision(thing=thing, thing_id=thing_id, number=number + 1, content=old.content))


def _add_files(world):
    """Hang a document on a practice and on an item."""
    collecting = world.review("feedback").id
    item = db.session.scalars(select(FeedbackItem).join(Return).where(Return.review_id == collecting)).first()
    db.session.add(Attachment(review_id=world.review("preparing").id, stored_as="one", **FILE))
    db.session.add(Attachment(review_id=collecting, item_id=item.id, stored_as="two", **FILE))
