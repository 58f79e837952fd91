"""A walk along the audit trail finds whatever was done to it by somebody who could write into the database."""

import random

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError

from review_app.domain import audit as words
from review_app.extensions.database import db
from review_app.models.audit import SQLITE, AuditHead
from review_app.models.base import as_of, utc_now
from review_app.models.network import Person
from review_app.services import audit
from tests import audit_rows as trail

COLUMNS = (
    "seq", "at", "person_key", "action", "review_ref", "thing", "object_key", "day", "previous", "digest",
)  # fmt: skip
LENGTH = 40


@pytest.fixture
def chain(empty_app):
    """An installation with a lasting key, where somebody did and saw some things."""
    folder = empty_app.config["SETTINGS"].data_dir
    (folder / "secret_key").write_text(trail.SECRET)
    with empty_app.app_context():
        somebody = Person(email="iris@example.org", identity="iris@example.org", name="Iris")
        db.session.add(somebody)
        for turn in range(LENGTH // 2):
            audit.note("put on hold", somebody, thing="on_hold", about=f"key-{turn}")
        db.session.commit()
        seen = [
            audit.view("saw", somebody, review_ref="aldermere-2026", thing="message", about=f"key-{turn}")
            for turn in range(LENGTH // 2)
        ]
        audit.keep_views(seen)
        yield empty_app


def _head():
    return db.session.execute(select(AuditHead.__table__)).one()


def _write_head(head):
    """Put the head of an earlier day back, with the seal it had then."""
    names = ("seq", "digest", "sealed_seq", "sealed_digest", "seal")
    sets = ", ".join(f"{name} = :{name}" for name in names)
    trail.tamper(f"UPDATE audit_head SET {sets}", **{name: getattr(head, name) for name in names})


def test_an_untouched_trail_is_whole(chain):
    assert trail.verdict() == ""
    assert len(trail.entries()) == LENGTH


@pytest.mark.drill
def test_one_changed_byte_is_found_in_each_of_twenty_rows(chain, promise, amount):
    chance = random.Random(20_260_520)
    rows = {row.seq: row._mapping for row in trail.entries()}
    chosen = chance.sample(sorted(rows), 20)
    missed = []
    for seq in chosen:
        for _time in range(amount(quick=1, full=5)):
            name = chance.choice([name for name in COLUMNS[1:] if rows[seq][name]])
            value, place = rows[seq][name], chance.randrange(len(rows[seq][name]))
            other = chr(ord(value[place]) ^ 1)
            spoilt = value[:place] + other + value[place + 1 :]
            statement = f"UPDATE audit_entry SET {name} = :value WHERE seq = :seq"
            if not _writes(statement, value=spoilt, seq=seq):
                continue  # the byte made it equal to another entry, which the database refuses even so
            if f"Entry {seq} " not in trail.verdict():
                missed.append((seq, name, place))
            trail.tamper(statement, value=value, seq=seq)

    promise("audit_tampering_missed", len(missed), of=20 * amount(quick=1, full=5))
    assert missed == []
    assert trail.verdict() == ""


def _writes(statement, **values):
    try:
        trail.tamper(statement, **values)
    except IntegrityError:
        db.session.rollback()
        return False
    return True


def test_bytes_that_are_no_text_are_found(chain):
    trail.tamper("UPDATE audit_entry SET thing = CAST(x'ff41' AS TEXT) WHERE seq = 7")

    assert trail.verdict() == "Entry 7 cannot be read."


def test_a_view_that_became_an_act_is_found(chain):
    trail.tamper("UPDATE audit_entry SET day = NULL WHERE seq = 30")

    assert trail.verdict() == "Entry 30 is not what was written."


def test_a_row_taken_from_the_middle_is_found(chain):
    trail.tamper("DELETE FROM audit_entry WHERE seq = 17")

    assert trail.verdict() == "Entry 17 is missing."


def test_two_rows_that_changed_places_are_found(chain):
    trail.tamper("UPDATE audit_entry SET seq = -17 WHERE seq = 17")
    trail.tamper("UPDATE audit_entry SET seq = 17 WHERE seq = 18")
    trail.tamper("UPDATE audit_entry SET seq = 18 WHERE seq = -17")

    assert trail.verdict() == "Entry -17 is missing." or "Entry 17 " in trail.verdict()


def test_an_end_that_was_cut_off_is_found(chain):
    trail.tamper("DELETE FROM audit_entry WHERE seq > 35")

    assert trail.verdict() == "Entry 36 is missing: the trail reached to 40."


def test_an_end_that_was_cut_off_with_its_head_is_found_by_the_seal(chain):
    trail.tamper("DELETE FROM audit_entry WHERE seq > 35")
    digest = trail.entries()[-1].digest
    trail.tamper("UPDATE audit_head SET seq = 35, digest = :digest", digest=digest)
    assert trail.verdict() == "Entry 40 is not the one that was sealed."

    trail.tamper("UPDATE audit_head SET sealed_seq = 35, sealed_digest = :digest", digest=digest)
    assert trail.verdict() == "The seal of entry 35 does not fit: it was not made with this SECRET_KEY."


def test_a_seal_that_was_wiped_off_is_found(chain):
    trail.tamper("UPDATE audit_head SET sealed_seq = 0, sealed_digest = :digest, seal = ''", digest=words.BEGINNING)

    assert trail.verdict() == "Entry 1 was written without SECRET_KEY."


def test_a_cut_end_is_not_healed_by_the_next_entry(chain):
    trail.tamper("DELETE FROM audit_entry WHERE seq > 35")
    digest = trail.entries()[-1].digest
    trail.tamper(
        "UPDATE audit_head SET seq = 35, digest = :digest, sealed_seq = 35, sealed_digest = :digest", digest=digest
    )
    _rebuild()

    audit.note("publish", None)
    db.session.commit()

    assert [row.action for row in trail.entries()][-2:] == ["found the trail broken", "publish"]
    assert trail.verdict().startswith("When entry 36 was written, the seal did not fit")


def _rebuild():
    """Put the database's own hand back, as it stands in an installation nobody looks at twice."""
    for statement in SQLITE:
        if "audit_head_adds" in statement:
            db.session.execute(text(statement))
    db.session.commit()


def test_a_head_noted_elsewhere_finds_a_whole_earlier_state_put_back(chain):
    early = _head()
    audit.note("publish", None)
    db.session.commit()
    noted = (_head().seq, _head().digest)
    assert trail.verdict(holds=noted) == ""

    trail.tamper("DELETE FROM audit_entry WHERE seq > :seq", seq=early.seq)
    _write_head(early)

    assert trail.verdict() == ""  # what no seal can show: an earlier state that was true once
    assert trail.verdict(holds=noted) == "Entry 41 is not the one that was noted."


def test_a_missing_head_is_found_and_the_trail_goes_on(chain):
    trail.tamper("DELETE FROM audit_head")
    assert trail.verdict() == "The head of the trail is missing."

    _rebuild()
    audit.note("publish", None)
    db.session.commit()

    assert [row.seq for row in trail.entries()][-2:] == [41, 42]
    assert trail.verdict() == "Entry 41 does not follow the entry before it."


def test_an_entry_added_behind_the_head_is_found_and_the_trail_goes_on(chain):
    copied = ", ".join(("41", *COLUMNS[1:-1], "'x'")).replace("object_key", "'other'")
    trail.tamper(f"INSERT INTO audit_entry ({', '.join(COLUMNS)}) SELECT {copied} FROM audit_entry WHERE seq = 40")
    assert "Entry 41 " in trail.verdict()

    _rebuild()
    audit.note("publish", None)
    db.session.commit()

    assert [row.action for row in trail.entries()][-2:] == ["found the trail broken", "publish"]


def test_another_key_does_not_fit(chain):
    assert trail.verdict("another key") == ("The seal of entry 40 does not fit: it was not made with this SECRET_KEY.")


def test_a_walk_can_begin_after_what_somebody_vouches_for(chain):
    trail.tamper("UPDATE audit_entry SET thing = 'nothing' WHERE seq = 7")

    assert trail.verdict(after=6) == "Entry 7 is not what was written."
    assert trail.verdict(after=7) == ""
    assert trail.verdict(after=99) == "There is no entry 99 to begin after."


def test_a_command_without_the_key_adds_and_leaves_the_seal(chain):
    (chain.config["SETTINGS"].data_dir / "secret_key").unlink()
    audit.note("export", None)
    db.session.commit()

    assert (_head().seq, _head().sealed_seq) == (41, 40)
    assert trail.verdict() == ""


def test_what_a_person_did_is_never_left_unsealed_unseen(chain):
    somebody = db.session.scalars(select(Person)).one()
    (chain.config["SETTINGS"].data_dir / "secret_key").unlink()
    audit.note("publish", somebody)
    db.session.commit()

    assert trail.verdict() == "Entry 41 was written without SECRET_KEY."


def test_commands_may_begin_a_trail_before_there_is_a_key(empty_app):
    with empty_app.app_context():
        audit.note("import", None)
        db.session.commit()
        assert trail.verdict() == ""

        (empty_app.config["SETTINGS"].data_dir / "secret_key").write_text(trail.SECRET)
        audit.note("import", None)
        db.session.commit()

        assert [row.action for row in trail.entries()] == ["import", "import"]
        assert (_head().sealed_seq, trail.verdict()) == (2, "")


def test_moments_keep_their_order_as_text():
    early, late = (words.written(utc_now().replace(year=year)) for year in (2026, 2027))

    assert early < late
    assert words.read_moment(early).year == 2026


def test_a_clock_that_goes_back_does_not_break_the_chain(chain):
    with as_of(words.read_moment("2020-01-01T00:00:00.000000Z")):
        audit.note("publish", None)
        db.session.commit()

    assert trail.verdict() == ""
