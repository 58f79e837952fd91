"""The themes of a synthesis, and the statements that are put under them, page by page."""

import re

import pytest
from sqlalchemy import select

from review_app.extensions.database import db
from review_app.models.network_synthesis import Synthesis, SynthesisCode, SynthesisTheme
from review_app.queries import network_synthesis as reading
from review_app.services import synthesis_coding
from review_app.services.synthesis_coding import Wanted
from tests import network_synthesis_world as made

KEY = "A" * 22


@pytest.fixture
def secretariat(enter_as):
    return enter_as("secretariat")


@pytest.fixture
def ref(app, world):
    return made.being_written(app, world)


def test_a_theme_is_made_written_moved_and_removed(secretariat, ref, app):
    other = f"/syntheses/{ref}/themes/{KEY}"
    made_one = secretariat.post(other, data={"name": "Money", "memo": "It is short.", "power": "nation"})
    assert made_one.location == f"/syntheses/{ref}/themes#theme-{KEY}"
    assert "In the power of: The state" in secretariat.get(f"/syntheses/{ref}/themes").text
    version = re.search(r'name="version" value="(\d+)"', secretariat.get(other).text)[1]

    secretariat.post(f"{other}/move", data={"direction": "up"})
    names = re.findall(r'<h2 class="govuk-heading-s">([^<]+)', secretariat.get(f"/syntheses/{ref}/themes").text)
    saved = secretariat.post(other, data={"name": "Funds", "version": version}, headers={"X-Autosave": "1"})
    stale = secretariat.post(other, data={"name": "Cash", "version": version})

    assert names == ["Money", "Staff"]
    assert saved.json["to"] == other
    assert stale.status_code == 409
    assert secretariat.post(other, data={"name": ""}).status_code == 422
    assert secretariat.post(other, data={"name": "Funds", "parent": KEY}).status_code == 422
    assert secretariat.post(f"{other}/remove", data={}).location == f"/syntheses/{ref}/themes"
    gone = secretariat.post(f"{other}/remove", data={})
    assert (gone.status_code, "Somebody has removed this theme meanwhile" in gone.text) == (422, True)
    assert secretariat.get(other).status_code == 404
    assert secretariat.post(f"/syntheses/{ref}/themes/short", data={"name": "A"}).status_code == 404


def test_a_theme_cannot_become_a_part_of_a_part(secretariat, ref, app, world):
    with app.app_context():
        synthesis = reading.find(ref)
        top = made.theme(synthesis, world.person("secretariat"), "Top")
        part = made.theme(synthesis, world.person("secretariat"), "Part", parent=top.key)
        db.session.commit()
        top_key, part_key = top.key, part.key

    answer = secretariat.post(f"/syntheses/{ref}/themes/{KEY}", data={"name": "Deep", "parent": part_key})
    whole = secretariat.post(
        f"/syntheses/{ref}/themes/{top_key}",
        data={
            "name": "Top",
            "parent": made.told_of(app, ref, lambda row: reading.themes_of(row)[0].key),
            "version": "1",
        },
    )

    assert "choose one of the answers offered" in answer.text
    assert "This theme has parts of its own" in whole.text


def _first(app, ref):
    """The first statement: its reference, mark, and the keys of the themes."""

    def told(synthesis):
        line = synthesis_coding.listed(synthesis, Wanted()).rows[0]
        return line.ref, line.mark, [theme.key for theme in reading.themes_of(synthesis)]

    return made.told_of(app, ref, told)


def _sent(line, **more):
    name, mark, _keys = line
    return {"ref-0": name, "mark-0": mark, "was-0": "", **more}


def test_statements_are_put_under_themes_page_by_page(secretariat, ref, app):
    line = _first(app, ref)
    page = f"/syntheses/{ref}/statements"
    assert "0 of 58 are under a theme." in secretariat.get(page).text

    data = _sent(line, **{"theme-0": line[2], "remark-0": "Seen on site"})
    saved = secretariat.post(page, data={**data, "theme": "none", "page": "1"})

    assert saved.location == f"{page}?page=1&theme=none"
    found = secretariat.get(f"{page}?theme={line[2][0]}").text
    assert "1 of 58 are under a theme." in found
    assert 'value="Seen on site"' in found
    assert "57 statements" in secretariat.get(f"{page}?theme=none").text
    assert "No statement fits." in secretariat.get(f"{page}?kind=question").text
    assert 'aria-current="page"' in secretariat.get(f"{page}?kind=success_factor&page=99").text


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        ({"theme-0": ["nothing"]}, "One of these themes is no longer there"),
        ({"remark-0": "Alone"}, "A remark stands under a theme"),
        ({"theme-0": ["nothing"], "remark-0": "x" * 501}, "A remark takes at most 500 characters"),
    ],
)
def test_what_cannot_be_coded_comes_back_as_it_was_typed(secretariat, ref, app, more, sentence):
    answer = secretariat.post(f"/syntheses/{ref}/statements", data=_sent(_first(app, ref), **more))

    assert answer.status_code == 422
    assert sentence in answer.text
    assert more.get("remark-0", "") in answer.text
    with app.app_context():
        themes = select(SynthesisTheme.id).join(Synthesis, Synthesis.id == SynthesisTheme.synthesis_id)
        mine = SynthesisCode.theme_id.in_(themes.where(Synthesis.ref == ref))
        assert db.session.scalars(select(SynthesisCode).where(mine)).all() == []


def test_a_statement_nobody_could_read_is_passed_over(secretariat, ref, app):
    name, _mark, keys = _first(app, ref)

    answer = secretariat.post(
        f"/syntheses/{ref}/statements", data={"ref-0": name, "mark-0": "0" * 32, "theme-0": keys[0]}
    )

    assert answer.status_code == 303
    assert "0 of 58 are under a theme." in secretariat.get(f"/syntheses/{ref}/statements").text


def test_an_empty_synthesis_says_what_comes_first(secretariat):
    begun = secretariat.post(f"/syntheses/new/{KEY}", data=made.BEGUN).location.removesuffix("/reviews")

    assert "choose reviews first" in secretariat.get(f"{begun}/statements").text
    assert "There is no theme yet." in secretariat.get(f"{begun}/themes").text
    assert "Not started" in secretariat.get(begun).text


def test_a_new_wording_of_a_report_is_told_where_it_was_coded(app, world, secretariat, ref):
    with app.app_context():
        theme = reading.themes_of(reading.find(ref))[0]
        review = world.review("published").id
        db.session.add(SynthesisCode(theme_id=theme.id, review_id=review, statement="0" * 32))
        db.session.commit()

    assert "is no longer said in these words" in secretariat.get(f"/syntheses/{ref}/statements").text
