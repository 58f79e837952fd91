"""The same form many times at once, and actions that exclude each other: one effect, and only states of the model."""

from functools import partial

import pytest

from review_app.models.base import new_key, utc_now
from tests import feedback_world as town
from tests.races.town_server import AHEAD, Somebody, at_once, served

pytestmark = pytest.mark.drill

PAGE = f"/reviews/{town.REF}/feedback"
CLOSE = f"/reviews/{town.REF}/actions/close-feedback"
MOVE = f"/reviews/{town.REF}/dates/feedback"
GONE = {"day-day": "1", "day-month": "6", "day-year": "2026", "reason": "It was a mistake."}
ANSWERS = (303, 403, 409, 422)


@pytest.fixture(scope="module")
def shared_site(tmp_path_factory):
    with served(tmp_path_factory.mktemp("races")) as made:
        yield made


@pytest.fixture
def site(shared_site):
    """The town as every test finds it: it collects feedback, and no return is sent."""
    shared_site.ask("UPDATE review SET stage = 'feedback'")
    shared_site.ask("UPDATE review_deadline SET at = ?, moved = 0", AHEAD)
    shared_site.ask("UPDATE city_return SET submitted_at = NULL")
    return shared_site


def test_ten_times_the_same_form_makes_one_row_and_one_answer(site, amount, promise):
    ada = Somebody(site, "Ada")
    before = site.ask("SELECT count(*) FROM feedback_item")[0][0]
    rounds, answers = amount(quick=4, full=40), []

    for number in range(rounds):
        fields = ada.form(f"{PAGE}/add/lesson") | {"kind": "lesson", "headline": f"Number {number}", "language": "en"}
        path = f"{PAGE}/items/{new_key()}"
        answers.append(set(at_once(*[partial(ada.send, path, fields)] * 10)))

    rows = site.ask("SELECT count(*) FROM feedback_item")[0][0] - before
    promise("duplicates", rows - rounds, of=rounds * 10)
    assert rows == rounds
    assert [len(found) for found in answers] == [1] * rounds
    assert {status for found in answers for status, _location in found} == {303}


def test_two_colleagues_begin_the_same_return_in_the_same_moment(site, amount, promise):
    cem = [Somebody(site, "Cem") for _device in range(5)]
    path = f"{PAGE}/add/lesson"
    forms = [one.form(path) | {"kind": "lesson", "headline": f"By {number}"} for number, one in enumerate(cem)]

    sent = [partial(one.send, f"{PAGE}/items/{new_key()}", form) for one, form in zip(cem, forms, strict=True)]
    answers = at_once(*sent)

    returns = site.ask(
        "SELECT count(*) FROM city_return JOIN organisation ON organisation.id = organisation_id"
        " WHERE organisation.slug = 'brackwater'"
    )[0][0]
    promise("duplicates", returns - 1, of=5)
    assert [status for status, _location in answers] == [303] * 5
    assert returns == 1


def test_send_reopen_close_and_deadline_in_one_moment_leave_only_states_of_the_model(site, amount, promise):
    _ready_to_send(site)
    _reset(site, is_sent=False)
    pages = {"Ada": f"{PAGE}/add/lesson", "Bo": f"{PAGE}/add/lesson", "Lea": CLOSE, "Sven": MOVE}
    people = {name: Somebody(site, name) for name in pages}
    tokens = {name: {"csrf_token": people[name].form(page)["csrf_token"]} for name, page in pages.items()}
    ada, bo, lea, sven = people.values()
    wrong, answered, broken = [], 0, 0

    for number in range(amount(quick=10, full=200)):
        is_sent = number % 2 == 1
        _reset(site, is_sent=is_sent)
        actions = [
            partial(ada.send, f"{PAGE}/send", tokens["Ada"]),
            partial(bo.send, f"{PAGE}/reopen", tokens["Bo"]),
            partial(lea.send, CLOSE, tokens["Lea"]),
        ]
        if number % 3 == 0:
            actions.append(partial(sven.send, MOVE, tokens["Sven"] | GONE))
        statuses = [status for status, _location in at_once(*actions)]
        answered += len(statuses)
        broken += sum(status >= 500 for status in statuses)
        wrong += [f"round {number}: {trouble}" for trouble in _troubles(site, statuses)]

    promise("http5xx", broken, of=answered)
    promise("strange_states", len(wrong), of=amount(quick=10, full=200))
    assert wrong == []


def _ready_to_send(site):
    """Let Norrvik have all that a return needs."""
    with site.arranged():
        town.write_the_minimum("Ada")
        town.write("Dora")
        site.own = town.feedback._own(town.seat_of("Ada").seat, town.seat_of("Ada").city).id


def _reset(site, *, is_sent):
    moment = utc_now().replace(tzinfo=None).isoformat(sep=" ")
    site.ask("DELETE FROM journal_entry")
    site.ask("UPDATE review SET stage = 'feedback'")
    site.ask("UPDATE review_deadline SET at = ?, moved = 0", AHEAD)
    site.ask("UPDATE city_return SET submitted_at = ? WHERE id = ?", moment if is_sent else None, site.own)
    # Another city has answered, so that feedback can be closed at all.
    site.ask("UPDATE city_return SET submitted_at = ? WHERE id != ?", moment, site.own)


def _troubles(site, statuses):
    """Say what is no state of the model: an answer, a stage, a record that tells another story than the rows."""
    stage = site.ask("SELECT stage FROM review")[0][0]
    sent = site.ask("SELECT submitted_at FROM city_return WHERE id = ?", site.own)[0][0] is not None
    closings = site.ask("SELECT note FROM journal_entry WHERE action = 'close feedback'")
    if any(status not in ANSWERS for status in statuses):
        yield f"answers {statuses}"
    if stage not in ("feedback", "drafting"):
        yield f"stage {stage}"
    if (stage == "drafting") != (len(closings) == 1) or (statuses[2] == 303) != (stage == "drafting"):
        yield f"stage {stage}, {len(closings)} closings, answered {statuses[2]}"
    if closings and ("Norrvik" in closings[0][0]) == sent:
        yield f"the record names the silent ones as {closings[0][0]!r}, and Norrvik has {'' if sent else 'not '}sent"
