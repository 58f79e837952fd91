"""After an erasure no byte of the person is left: database, journal, prints, letters, logs (RELIABILITY 81)."""

import io
import json
import re
import zlib
from email import message_from_bytes

import pytest
import structlog
from sqlalchemy import select

from review_app.domain.text import email_identity
from review_app.domain.vocabulary import CommentAnswer, ItemKind, Role
from review_app.extensions.database import db
from review_app.models.access import Purpose
from review_app.models.network import Organisation, Person
from review_app.models.privacy import Erasure
from review_app.models.review import Participant, Review, ReviewCity
from review_app.queries import reports
from review_app.queries.seats import seat_at
from review_app.reports.snapshot import Snapshot
from review_app.services import (
    erasure,
    facts,
    feedback,
    journal,
    links,
    messages,
    outbox,
    practice,
    publishing,
    report_texts,
    sessions,
    team,
    throttle,
)
from review_app.services.facts import Remark
from review_app.services.messages import Wording
from review_app.services.report_texts import Texts
from review_app.tasks import erasing, letters, rendering
from review_app.world.network import PASSWORD
from tests.synthesis_world import seat_of

# One word that occurs nowhere else for everything that is the person's own; said in several spellings.
NAME, EMAIL = "Zsófia Canaryname-Öllös", "Canary.Mail@canaryhost.example"
FUNCTION, INTERESTS, REASON = "Canaryfunction", "Canaryinterests", "Canaryreason"
ALONE, EARLIER, UNSENT = "Canaryalone", "Canaryearlier", "Canaryunsent"
OWN = [NAME, EMAIL, FUNCTION, INTERESTS, REASON, ALONE, EARLIER, UNSENT]
STAYS = "Kept as the word of the city"
STAGES = ("feedback", "drafting", "fact_check", "sign_off", "published", "closed")


@pytest.fixture
def log():
    """What is logged meanwhile."""
    before, written = structlog.get_config(), io.StringIO()
    structlog.configure(logger_factory=structlog.PrintLoggerFactory(written))
    yield written
    structlog.configure(**before)


@pytest.fixture
def key(app, world):
    """Somebody who has left traces wherever one can leave them; returns their key."""
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
        key = person.key
    letters.drain(app)
    rendering.print_waiting(app)
    return key


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
        remark = Remark(about="context", kind="factual_error", comment=f"{NAME} counted again.")
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
    publishing.renderings.ask(named.sha256)
    db.session.get_one(Review, review.id).purpose = f"{STAYS} (asked by {NAME})"


def _needles():
    """The canaries as bytes: plain, escaped as JSON does, in the encodings of files, folded."""
    for text in OWN:
        for spelling in {text, text.casefold(), text.upper(), json.dumps(text)[1:-1]}:
            yield from (spelling.encode(code) for code in ("utf-8", "utf-16-le", "utf-16-be"))


def _traces(folder, written=b""):
    """Count canaries in all bytes below a folder, in the streams of prints and in the parts of letters."""
    found, looked = [], 0
    for path in sorted(one for one in folder.rglob("*") if one.is_file()):
        for content in _contents(path):
            looked += 1
            found += [(path.name, needle) for needle in _needles() if needle in content]
    found += [("log", needle) for needle in _needles() if needle in written]
    return found, looked + 1


def _contents(path):
    raw = path.read_bytes()
    yield raw
    if path.suffix == ".pdf":
        for stream in re.findall(rb"stream\r?\n(.*?)endstream", raw, re.DOTALL):
            try:
                yield zlib.decompress(stream)
            except zlib.error:
                continue
    if path.suffix == ".eml":
        letter = message_from_bytes(raw)
        yield letter.get_payload(decode=True)
        yield str(letter).encode()


def _erase(app, key):
    with app.app_context():
        settings = app.config["SETTINGS"]
        person = db.session.scalars(select(Person).where(Person.key == key)).one()
        erasure.erase(person, settings=settings)
        db.session.commit()
        db.session.remove()
        erasing.finish(settings)


@pytest.mark.drill
def test_no_byte_of_an_erased_person_is_left_anywhere(app, key, log, promise):
    folder = app.config["SETTINGS"].data_dir
    before, _looked = _traces(folder)
    spoken = {text for text in OWN if any(text.encode() in needle for _name, needle in before)}
    places = {name.rpartition(".")[2] for name, _needle in before}
    _erase(app, key)
    letters.drain(app)
    rendering.print_waiting(app)

    found, _looked = _traces(folder, log.getvalue().encode())
    promise("erasure_traces", len(found), of=len(OWN) * len(STAGES))
    assert spoken == set(OWN)
    assert places >= {"sqlite", "eml"}
    assert found == []
    with app.app_context():
        assert db.session.scalars(select(Erasure.key).where(Erasure.settled_at.is_not(None))).all() == [key]


def test_what_is_the_city_s_is_still_there(app, key):
    folder = app.config["SETTINGS"].data_dir
    _erase(app, key)

    content = (folder / "reviews.sqlite").read_bytes()
    assert content.count(STAYS.encode()) >= 4
    assert b"Former participant" in content


def test_an_erased_person_cannot_sign_in_and_others_can(app, key, client):
    _erase(app, key)

    tried = client.post("/sign-in", data={"email": EMAIL, "password": PASSWORD})
    other = client.post("/sign-in", data={"email": "peer@example.org", "password": PASSWORD})

    assert (tried.status_code, other.status_code) == (422, 303)


def test_the_print_of_the_published_report_is_another_file_and_the_old_one_is_gone(app, key, world, enter_as):
    with app.app_context():
        old = reports.published(world.review("published")).digest
    _erase(app, key)
    gone = not (app.config["SETTINGS"].reports_dir / f"{old}.pdf").exists()
    rendering.print_waiting(app)

    answer = enter_as("secretariat").get(f"/reviews/{world['published']}/report.pdf")

    assert (gone, answer.status_code, answer.data[:5]) == (True, 200, b"%PDF-")


def test_while_somebody_reads_the_bytes_wait_for_the_next_minute(app, key):
    settings = app.config["SETTINGS"]
    with app.app_context():
        reader = db.engine.raw_connection()
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM person").fetchone()
        erasure.erase(db.session.scalars(select(Person).where(Person.key == key)).one(), settings=settings)
        db.session.commit()
        db.session.remove()
        erasing.finish(settings)
        waiting = db.session.scalar(select(Erasure.settled_at))
        reader.execute("ROLLBACK")
        reader.close()
        erasing.finish(settings)

        assert (waiting, db.session.scalar(select(Erasure.settled_at)) is not None) == (None, True)


def test_a_print_that_no_report_names_goes_and_others_stay(tmp_path):
    named, stranger, note = tmp_path / f"{'a' * 64}.pdf", tmp_path / f"{'b' * 64}.pdf", tmp_path / "fresh.part"
    for path in (named, stranger, note):
        path.write_bytes(b"x")
    erasing.sweep_prints(tmp_path, {"a" * 64})

    assert sorted(tmp_path.iterdir()) == [named, note]
