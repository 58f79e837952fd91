"""`flask audit`: one command says who saw a review, one shows what happened, one whether anybody meddled with it."""

import pytest

from review_app.extensions.database import db
from review_app.models.base import as_of
from review_app.queries import seats
from review_app.services import audit, workflow
from tests import audit_rows as trail
from tests.cli.test_commands import run

__all__ = ["run"]


@pytest.fixture
def ref(app, world):
    """The review in its fact check, which two people have seen on two days."""
    name = world["fact_check"]
    with app.app_context():
        peer, lead = world.person("peer"), world.person("lead reviewer")
        for day, person, thing in ((20, peer, "message"), (21, peer, "message"), (21, lead, "return")):
            with as_of(trail.moment(f"2026-05-{day}T09:30")):
                audit.keep_views([audit.view("saw", person, review_ref=name, thing=thing)])
        with as_of(trail.moment("2026-05-22T10:00")):
            entry = audit.view("downloaded", peer, review_ref=name, thing="draft report", about="k" * 22)
            audit.keep_views([entry])
    return name


def test_who_saw_lists_exactly_those_who_saw(run, ref, app, world):
    with app.app_context():
        peer, lead = world.person("peer"), world.person("lead reviewer")
        names = {who.email: f"{who.name}\t{who.organisation.name}" for who in (peer, lead)}
        first, second = (names[who.email] for who in (peer, lead))

    output, code = run("audit", "who-saw", ref)

    assert code == 0
    assert sorted(output.splitlines()) == sorted(
        (
            f"{first}\tdraft report (downloaded)\t2026-05-22 10:00\t2026-05-22 10:00\t1",
            f"{second}\treturn\t2026-05-21 09:30\t2026-05-21 09:30\t1",
            f"{first}\tmessage\t2026-05-20 09:30\t2026-05-21 09:30\t2",
        )
    )
    assert output.splitlines()[0].startswith(f"{first}\tdraft report")


def test_who_saw_is_narrowed_by_thing_and_day(run, ref):
    by_thing, _code = run("audit", "who-saw", ref, "--thing", "return")
    by_day, _code = run("audit", "who-saw", ref, "--since", "2026-05-21", "--thing", "message")

    assert [line.split("\t")[2] for line in by_thing.splitlines()] == ["return"]
    assert [line.split("\t")[3:] for line in by_day.splitlines()] == [["2026-05-21 09:30", "2026-05-21 09:30", "1"]]


def test_who_saw_what_nobody_saw_says_so(run, world):
    assert run("audit", "who-saw", world["draft"]) == ("Nobody.\n", 0)


def test_who_saw_an_unknown_review_says_so(run):
    output, code = run("audit", "who-saw", "no-such-review")

    assert (output, code) == ("Error: There is no review “no-such-review”. See: flask reviews list\n", 1)


def test_somebody_erased_stays_in_the_trail_without_a_name(run, ref, app, world):
    with app.app_context():
        world.person("lead reviewer").key = "another-key-of-22-chars"[:22]
        db.session.commit()

    output, _code = run("audit", "who-saw", ref, "--thing", "return")

    assert output == "(no longer in the network)\t\treturn\t2026-05-21 09:30\t2026-05-21 09:30\t1\n"


def test_show_prints_what_was_done_and_seen(run, ref, app, world):
    with app.app_context():
        boss = world.person("secretariat")
        name, seq = boss.name, trail.last()
        workflow.perform("put on hold", seats.seat_at(world.review("fact_check"), boss), reason="The mayor changes")
        db.session.commit()
        at = trail.entries()[-1].at

    output, _code = run("audit", "show", "--review", ref, "--last", "1")

    assert output == f"{seq + 1}\t{at}\t{name}\tput on hold\t{ref}\ton_hold\n"


def test_show_names_the_clock(run, app):
    with app.app_context():
        audit.note("export", None)
        db.session.commit()

    output, _code = run("audit", "show", "--last", "1")

    assert output.split("\t")[2:] == ["(by itself)", "export\n"]


def test_verify_counts_the_entries_and_prints_the_head(run, app):
    with app.app_context():
        head = trail.entries()[-1]

    output, code = run("audit", "verify")

    whole = f"{head.seq} entries, each as it was written. The seal was not looked at: there is none, or no key."
    assert (output, code) == (f"{whole} Note this head elsewhere: {head.seq}:{head.digest}\n", 0)
    assert run("audit", "verify", "--holds", f"{head.seq}:{head.digest}") == (output, 0)


def test_verify_says_up_to_where_the_trail_is_sealed(empty_app):
    (empty_app.config["SETTINGS"].data_dir / "secret_key").write_text(trail.SECRET)
    with empty_app.app_context():
        audit.note("import", None)
        db.session.commit()

    result = empty_app.test_cli_runner().invoke(args=["audit", "verify"])

    assert result.output.startswith("1 entries, each as it was written. Sealed up to 1. Note this head")


def test_verify_names_the_first_broken_entry_and_fails(run, app):
    with app.app_context():
        trail.tamper("UPDATE audit_entry SET action = 'did nothing' WHERE seq IN (5, 9)")

    assert run("audit", "verify") == ("Error: Entry 5 is not what was written. 4 entries before it are whole.\n", 1)


def test_verify_wants_a_head_as_it_prints_it(run):
    output, code = run("audit", "verify", "--holds", "12")

    assert (output, code) == (
        "Error: A head is a number, a colon and 64 hexadecimal digits, as this command prints it.\n",
        1,
    )


def test_an_export_is_noted(run, app, world):
    run("reviews", "export", world["closed"])

    with app.app_context():
        row = trail.entries()[-1]
    assert (row.action, row.person_key, row.review_ref) == ("export", "", world["closed"])


def test_an_export_that_cannot_be_noted_is_given_out_all_the_same(run, app, world):
    with app.app_context():
        trail.tamper("ALTER TABLE audit_head RENAME TO lost")

    output, code = run("reviews", "export", world["closed"])

    assert code == 0
    assert output.endswith("The storage could not take it: this stands not in the audit trail.\n")
