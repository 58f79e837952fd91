"""The report's own texts: two forms, neither of which makes the other stale."""

import pytest

from review_app.domain.refusal import Refused, Stale
from review_app.services import report_texts
from review_app.services.report_texts import Texts
from tests.synthesis_world import seat_of


@pytest.fixture
def team(in_context, world):
    return seat_of(world, "fact_check", "rapporteur")


@pytest.fixture
def host(in_context, world):
    return seat_of(world, "fact_check", "host coordinator")


def _version(seat):
    row = report_texts.row_of(seat.review)
    return row.version if row else None


def test_the_team_saves_its_texts(team):
    report_texts.save(Texts("Why", "What", saw="One", next_steps="Two", people=14), team, seen_version=_version(team))

    assert report_texts.content_of(report_texts.row_of(team.review)) == {
        "people": "14",
        "context": "Why",
        "practice": "What",
        "saw": "One",
        "next_steps": "Two",
    }


def test_an_older_version_of_the_texts_is_refused(team):
    seen = _version(team)
    report_texts.save(Texts("Mine"), team, seen_version=seen)

    with pytest.raises(Stale) as stale:
        report_texts.save(Texts("Yours"), team, seen_version=seen)

    assert stale.value.theirs["context"] == "Mine"


def test_the_host_word_does_not_make_the_team_stale(team, host):
    report_texts.save(Texts("Mine"), team, seen_version=_version(team))
    seen = _version(team)
    word, version = report_texts.host_word(host.review)

    report_texts.save_host_word("Thank you.", host, seen_version=version)
    report_texts.save(Texts("Ours"), team, seen_version=seen)

    assert word == ""
    assert report_texts.host_word(host.review)[0] == "Thank you."


def test_two_hosts_do_not_overwrite_each_other_s_word(host):
    version = report_texts.host_word(host.review)[1]
    report_texts.save_host_word("Mine.", host, seen_version=version)

    with pytest.raises(Stale) as stale:
        report_texts.save_host_word("Yours.", host, seen_version=version)

    assert stale.value.theirs == {"host_word": "Mine."}


def test_the_host_speaks_during_the_fact_check_alone(in_context, world):
    seat = seat_of(world, "sign_off", "host coordinator")

    with pytest.raises(Refused):
        report_texts.save_host_word("Late.", seat, seen_version=0)


def test_the_first_words_are_those_of_the_host(in_context, world):
    words = report_texts.first_words(world.review("drafting"))

    assert words["context"].startswith("A family that arrived in 2019")
    assert words["practice"].startswith("People who arrive in the city sit down once")
