"""The practice: saved in parts, never over somebody else's version, and brought back from its history."""

import pytest

from review_app.domain.refusal import Refused, Stale, Unacceptable
from review_app.queries import practice as queries
from review_app.queries import seats
from review_app.services import practice

FIGURE = {"label": "People advised", "value": "1 200", "unit": "a year", "year": "2025", "source": "City office"}


@pytest.fixture
def seat(in_context, world):
    return seats.seat_at(world.review("scoping"), world.person("radostina.veleva@example.org"))


def _text(seat, section="problem"):
    return queries.section(seat.review, section).answers["problem"]


def test_a_host_saves_a_section_incomplete(seat):
    practice.save("problem", {"problem": "Nobody is open after four."}, seat=seat, seen_version=None)

    assert _text(seat) == "Nobody is open after four."


def test_the_same_text_again_makes_no_new_version(seat):
    first = practice.save("problem", {"problem": "One"}, seat=seat, seen_version=None).version

    second = practice.save("problem", {"problem": "One"}, seat=seat, seen_version=first).version

    assert first == second
    assert _text(seat) == "One"


def test_two_people_who_begin_the_same_section_do_not_overwrite_each_other(seat):
    row = queries.section(seat.review, "transfer")
    seen = row.version if row else 0
    practice.save("transfer", {"transfer": "Theirs"}, seat=seat, seen_version=seen)

    with pytest.raises(Stale) as stale:
        practice.save("transfer", {"transfer": "Mine"}, seat=seat, seen_version=seen)

    assert stale.value.theirs == {"transfer": "Theirs"}


def test_figures_keep_their_order(seat):
    second = {**FIGURE, "label": "Visits"}

    practice.save_figures([FIGURE, second], seat, seen_version=None)

    assert queries.figures(seat.review) == [FIGURE, second]


def test_a_figure_without_a_value_is_refused(seat):
    before = queries.figures(seat.review)

    with pytest.raises(Unacceptable):
        practice.save_figures([FIGURE, {**FIGURE, "value": ""}], seat, seen_version=None)

    assert queries.figures(seat.review) == before


def test_figures_seen_before_somebody_changed_them_are_refused(seat):
    seen = practice.version(queries.figures(seat.review))
    practice.save_figures([FIGURE], seat, seen_version=seen)

    with pytest.raises(Stale):
        practice.save_figures([{**FIGURE, "value": "7"}], seat, seen_version=seen)


@pytest.mark.parametrize(("stage", "who"), [("scoping", "secretariat"), ("ready", "bastien.rouvier@example.org")])
def test_nobody_else_and_no_later_stage_writes_the_practice(in_context, world, stage, who):
    seat = seats.seat_at(world.review(stage), world.person(who))

    with pytest.raises(Refused):
        practice.save("problem", {"problem": "Not mine to say"}, seat=seat, seen_version=None)
