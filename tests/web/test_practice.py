"""The practice on its pages: task list, sections, figures, history, and as its readers see it."""

import json
import re

import pytest

from review_app.extensions.database import db
from review_app.models.practice import KeyFigure
from review_app.queries import practice
from tests.sent_form import sent

HOST = "host coordinator"
CANARY = "Only-for-the-host-7319"


def _page(world, section="transfer", stage="preparing"):
    return f"/reviews/{world[stage]}/practice/{section}"


def _version(page):
    return re.search(r'name="version" value="(\d+)"', page.text).group(1)


def _answers(app, world, section="transfer", stage="preparing"):
    with app.app_context():
        row = practice.section(world.review(stage), section)
        return dict(row.answers) if row else None


def test_a_host_sees_what_is_done_and_what_is_not(enter_as, world):
    shown = enter_as(HOST).get(f"/reviews/{world['draft']}/practice").text

    statuses = re.findall(r'id="practice-\d+-status">\s*(?:<strong[^>]*>)?\s*([A-Z][a-z ]+)', shown)
    assert len(statuses) == 8
    assert set(statuses) <= {"Done", "In progress", "Not started"}


def test_a_section_is_saved_incomplete_and_leads_to_the_next(app, enter_as, world):
    answer = enter_as(HOST).post(_page(world, "results", "draft"), data={"results": "Half of it"})

    assert (answer.status_code, answer.location) == (303, _page(world, "transfer", "draft"))
    assert _answers(app, world, "results", "draft")["results"] == "Half of it"


def test_lines_and_rows_come_back_as_they_were_typed(enter_as, world):
    host, page = enter_as(HOST), _page(world, "working", "draft")
    data = {
        "how": "One\n\n- two\n- three",
        "partners-0-name": "Guild",
        "partners-0-type": "ngo",
        "partners-0-role": "Teaches",
    }

    host.post(page, data=data)

    shown = host.get(page).text
    assert "One\n\n- two\n- three</textarea>" in shown
    assert 'name="partners-0-name" value="Guild"' in shown


def test_typing_saves_by_itself_and_says_when(app, enter_as, world):
    host, page = enter_as(HOST), _page(world)
    seen = _version(host.get(page))

    answer = host.post(page, data={"transfer": "A law", "version": seen}, headers={"X-Autosave": "1"})

    told = json.loads(answer.text)
    assert (answer.status_code, told["to"]) == (200, page)
    assert re.match(r"Saved at \d\d:\d\d$", told["saved"])
    assert _answers(app, world)["transfer"] == "A law"
    again = host.post(page, data={"transfer": "A law!", "version": told["version"]}, headers={"X-Autosave": "1"})
    assert again.status_code == 200


def test_typing_in_an_old_tab_never_overwrites(app, enter_as, world):
    host, page = enter_as(HOST), _page(world)
    seen = _version(host.get(page))
    enter_as("host contributor").post(page, data={"transfer": "Theirs", "version": seen})

    answer = host.post(page, data={"transfer": "Mine", "version": seen}, headers={"X-Autosave": "1"})

    assert answer.status_code == 409
    assert _answers(app, world)["transfer"] == "Theirs"


def test_saving_in_an_old_tab_shows_both_texts(app, enter_as, world):
    host, page = enter_as(HOST), _page(world)
    seen = _version(host.get(page))
    enter_as("host contributor").post(page, data={"transfer": "<i>Theirs", "version": seen})

    answer = host.post(page, data={"transfer": "<b>Mine", "version": seen})

    assert answer.status_code == 409
    assert ("&lt;i&gt;Theirs" in answer.text, "&lt;b&gt;Mine</textarea>" in answer.text) == (True, True)
    assert _answers(app, world)["transfer"] == "<i>Theirs"


def test_what_is_too_long_is_refused_and_kept(app, enter_as, world):
    before = _answers(app, world)

    answer = enter_as(HOST).post(_page(world), data={"transfer": "x" * 801})

    assert answer.status_code == 422
    assert "x" * 801 in answer.text
    assert _answers(app, world) == before


def test_a_section_nobody_knows_is_missing(enter_as, world):
    assert enter_as(HOST).get(_page(world, "lunch")).status_code == 404


def test_peers_do_not_see_the_practice_before_its_release(enter_as, world):
    enter_as(HOST).post(_page(world), data={"transfer": CANARY})

    answer = enter_as("per.lindahl@example.org").get(f"/reviews/{world['preparing']}/practice")

    assert answer.status_code == 404


def test_peers_read_it_formatted_once_it_is_released(enter_as, world):
    shown = enter_as("other peer@example.org".replace(" ", ".")).get(f"/reviews/{world['ready']}/practice").text

    assert "Go back to writing" not in shown
    assert "How does it work?" in shown


def test_a_host_reads_it_as_the_peers_will(enter_as, world):
    host = enter_as(HOST)
    host.post(_page(world, "working"), data={"how": "**First** <script>alert(1)</script>"})

    shown = host.get(f"/reviews/{world['preparing']}/practice?read=1").text

    assert "<strong>First</strong> &lt;script&gt;alert(1)&lt;/script&gt;" in shown


def test_figures_are_saved_as_rows(app, enter_as, world):
    data = {"figures-0-label": "People", "figures-0-value": "41", "figures-0-source": "Office"}

    answer = enter_as(HOST).post(f"/reviews/{world['draft']}/figures", data=data)

    assert answer.status_code == 303
    with app.app_context():
        rows = db.session.query(KeyFigure).filter_by(review_id=world.review("draft").id).all()
        assert [(row.label, row.value, row.source) for row in rows] == [("People", "41", "Office")]


def test_a_figure_without_a_value_says_which_row(enter_as, world):
    answer = enter_as(HOST).post(f"/reviews/{world['draft']}/figures", data={"figures-0-label": "People"})

    assert answer.status_code == 422
    assert '<a href="#figures-0-label">Row 1: give the figure a name and a value.</a>' in answer.text


@pytest.mark.parametrize("typed", ["2019-02-31", "2019-02-29", "2019-04-31", "2019-13", "2019-00-10", "0000"])
def test_a_host_who_types_a_day_that_no_calendar_has_is_told_and_keeps_it(app, enter_as, world, typed):
    page = _page(world, "summary", "draft")

    answer = enter_as(HOST).post(page, data={"title": "The desk", "started": typed})

    assert answer.status_code == 422
    assert (
        f'<a href="#started">When did it start? The calendar has no {typed}. '
        "Write a day that it has, or the month or the year alone.</a>"
    ) in answer.text
    kept = sent(answer.text)
    assert (kept["started"], kept["title"]) == (typed, "The desk")
    assert _answers(app, world, "summary", "draft")["started"] == "2024-09"


@pytest.mark.parametrize("typed", ["2020-02-29", "2019-12-31", "2019-12", "2019"])
def test_a_host_types_a_day_as_exactly_as_it_is_known(app, enter_as, world, typed):
    answer = enter_as(HOST).post(_page(world, "summary", "draft"), data={"started": typed})

    assert answer.status_code == 303
    assert _answers(app, world, "summary", "draft")["started"] == typed


@pytest.mark.parametrize("typed", ["last spring", "2019-3", "2019/03", "２０１９"])
def test_a_host_who_types_no_day_at_all_is_told_how_to_write_one(enter_as, world, typed):
    answer = enter_as(HOST).post(_page(world, "summary", "draft"), data={"started": typed})

    assert answer.status_code == 422
    assert (
        '<a href="#started">When did it start? Write a year, a month or a day, like 2019, 2019-03 or 2019-03-27.</a>'
        in answer.text
    )


def test_an_earlier_version_is_brought_back(app, enter_as, world):
    host, page = enter_as(HOST), _page(world)
    host.post(page, data={"transfer": "First"})
    host.post(page, data={"transfer": "Second"})
    first = re.findall(r'action="([^"]+/history/\d+)"', host.get(f"{page}/history").text)[0]

    answer = host.post(first, data={"version": _version(host.get(page))})

    assert (answer.status_code, answer.location) == (303, f"{page}/history")
    assert _answers(app, world)["transfer"] == "First"


def test_a_version_that_never_was_is_missing(enter_as, world):
    assert enter_as(HOST).post(f"{_page(world)}/history/999").status_code == 404


@pytest.mark.parametrize("who", ["secretariat", "peer", "member"])
def test_nobody_but_the_host_writes(enter_as, world, who):
    assert enter_as(who).post(_page(world), data={"transfer": "Mine"}).status_code == 404


def test_a_section_is_read_with_the_reason_once_the_visit_is_ready(enter_as, world):
    shown = enter_as("bastien.rouvier@example.org").get(_page(world, "working", "ready")).text

    assert "This can be done at another stage" in shown
    assert "<form" not in shown


def test_reading_takes_few_statements(enter_as, world, statements):
    peer = enter_as("other.peer@example.org")
    statements.clear()

    peer.get(f"/reviews/{world['ready']}/practice")

    assert len(statements) <= 15
