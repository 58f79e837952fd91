"""Earlier versions of a synthesis's texts and themes: paged, compared with what stands now, and brought back."""

import re

import pytest

from review_app.domain.vocabulary import Power
from review_app.extensions.database import db
from review_app.models.history import Revision
from review_app.models.network import NetworkRole
from review_app.models.network_synthesis import Synthesis, SynthesisTheme
from review_app.queries import network_synthesis as reading
from review_app.queries.paging import PAGE
from review_app.services import network_synthesis, synthesis_themes
from review_app.services.network_synthesis import Texts
from review_app.services.synthesis_themes import Wording
from tests import network_synthesis_world as made
from tests.web.feedback_pages import heading, says

WORDS = ("One desk is enough.", "Two desks are enough.", "Three desks are enough.")


@pytest.fixture
def secretariat(enter_as):
    return enter_as("secretariat")


@pytest.fixture
def written(app, world):
    """A synthesis whose texts were saved three times and whose theme was saved three times: references to both."""
    with app.app_context():
        writer = world.person("secretariat")
        synthesis = made.begun(writer)
        theme = made.theme(synthesis, writer, memo=WORDS[0])
        for words in WORDS:
            texts = Texts(synthesis.title, foreword=words)
            network_synthesis.save_texts(texts, synthesis, writer, seen_version=synthesis.version)
        for words in WORDS[1:]:
            synthesis_themes.save(theme.key, Wording("Staff", words), synthesis, writer, seen_version=theme.version)
        db.session.commit()
        return synthesis.ref, theme.key


@pytest.fixture(params=["texts", "theme"])
def text(request, written):
    """The page of a text, and the number of its second wording."""
    ref, key = written
    return (f"/syntheses/{ref}/texts", 3) if request.param == "texts" else (f"/syntheses/{ref}/themes/{key}", 2)


def _sent(client, page):
    return dict(re.findall(r'name="(nonce|version)" value="([^"]+)"', client.get(page).text))


def _standing(app, written):
    with app.app_context():
        synthesis = reading.find(written[0])
        return synthesis.foreword, reading.theme(written[1], synthesis).memo


def test_a_writer_finds_every_version_with_what_it_changed(secretariat, text):
    page, second = text
    assert f'href="{page}/history"' in secretariat.get(page).text

    versions = secretariat.get(f"{page}/history")

    numbers = [int(one) for one in re.findall(r'id="version-(\d+)"', versions.text)]
    assert numbers == list(range(second + 1, 0, -1))
    assert "· you" in versions.text
    changed = re.findall(r"<(ins|del)><span[^>]*>[^<]*</span>(\w+)<", versions.text)
    assert changed[:2] == [("del", "Two"), ("ins", "Three")]


def test_a_version_is_compared_with_what_stands_now(secretariat, text):
    page, second = text

    old, newest = (secretariat.get(f"{page}/history/{number}") for number in (second, second + 1))

    assert "What has changed since" in says(old)
    changed = re.findall(r"<(ins|del)><span[^>]*>[^<]*</span>(\w+)<", old.text)
    assert changed == [("del", "Two"), ("ins", "Three")]
    assert "Two desks are enough." in says(old).split("This version in full")[1]
    assert ("What has changed since" in newest.text, "Put this version back" in newest.text) == (False, False)


def test_a_version_that_says_what_stands_now_is_told_so(secretariat, text):
    page, second = text
    secretariat.post(f"{page}/history/{second}", data=_sent(secretariat, f"{page}/history"))

    again = secretariat.get(f"{page}/history/{second}")

    assert "The same words stand there now." in says(again)


def test_a_version_that_is_brought_back_is_the_newest_and_nothing_goes(secretariat, app, written, text):
    page, second = text
    fields = _sent(secretariat, f"{page}/history")

    first, again = (secretariat.post(f"{page}/history/{second}", data=fields) for _time in range(2))

    assert (first.status_code, first.location) == (again.status_code, again.location) == (303, f"{page}/history")
    assert WORDS[1] in _standing(app, written)
    versions = secretariat.get(f"{page}/history").text
    assert re.findall(r'id="version-(\d+)"', versions)[0] == str(second + 2)


def test_a_version_is_not_put_over_one_that_nobody_has_read(secretariat, app, world, written, text):
    page, second = text
    fields = _sent(secretariat, f"{page}/history")
    with app.app_context():
        writer, synthesis = world.person("secretariat"), reading.find(written[0])
        theme = reading.theme(written[1], synthesis)
        newer = Texts(synthesis.title, foreword="Newer.")
        network_synthesis.save_texts(newer, synthesis, writer, seen_version=synthesis.version)
        synthesis_themes.save(theme.key, Wording("Staff", "Newer."), synthesis, writer, seen_version=theme.version)
        db.session.commit()

    for sent in (fields, {}):
        answer = secretariat.post(f"{page}/history/{second}", data=sent)
        assert answer.status_code == 409
        assert "Nothing was put back: somebody has saved a newer version meanwhile." in says(answer)
    assert _standing(app, written) == ("Newer.", "Newer.")


def test_a_theme_comes_back_at_its_place_of_now_when_the_old_place_is_gone(secretariat, app, world):
    with app.app_context():
        writer, synthesis = world.person("secretariat"), made.begun(world.person("secretariat"))
        above, other = (made.theme(synthesis, writer, name=name) for name in ("Above", "Other"))
        part = made.theme(synthesis, writer, name="Part", parent=above.key, memo="Before.")
        moved = Wording("Part", "After.", parent=other.key)
        synthesis_themes.save(part.key, moved, synthesis, writer, seen_version=part.version)
        synthesis_themes.drop(above, writer)
        db.session.commit()
        page, number, place = f"/syntheses/{synthesis.ref}/themes/{part.key}/history", part.id, other.key

    assert "a theme that was removed" in says(secretariat.get(f"{page}/1"))
    assert secretariat.post(f"{page}/1", data=_sent(secretariat, page)).status_code == 303

    with app.app_context():
        back = synthesis_themes.content_of(db.session.get(SynthesisTheme, number))
        assert (back["memo"], back["parent"]) == ("Before.", place)


def test_a_part_comes_back_under_the_theme_it_stood_under(secretariat, app, world):
    with app.app_context():
        writer, synthesis = world.person("secretariat"), made.begun(world.person("secretariat"))
        above = made.theme(synthesis, writer, name="Above")
        part = made.theme(synthesis, writer, name="Part", parent=above.key, power=Power.NATION)
        synthesis_themes.save(part.key, Wording("Alone"), synthesis, writer, seen_version=part.version)
        db.session.commit()
        page, number, key = f"/syntheses/{synthesis.ref}/themes/{part.key}/history", part.id, above.key

    secretariat.post(f"{page}/1", data=_sent(secretariat, page))

    with app.app_context():
        back = synthesis_themes.content_of(db.session.get(SynthesisTheme, number))
        assert (back["name"], back["parent"], back["power"]) == ("Part", key, "nation")


def test_a_colleague_who_wrote_is_named(secretariat, app, world, written):
    with app.app_context():
        colleague = world.person("member")
        db.session.add(NetworkRole(person_id=colleague.id, right="secretariat"))
        synthesis = reading.find(written[0])
        texts = Texts(synthesis.title, foreword="By a colleague.")
        network_synthesis.save_texts(texts, synthesis, colleague, seen_version=synthesis.version)
        row = db.session.query(Revision).filter_by(thing="synthesis", thing_id=synthesis.id, number=1).one()
        row.person_id = None
        db.session.commit()
        told = f"· {colleague.name}, {colleague.organisation.name}"

    page = secretariat.get(f"/syntheses/{written[0]}/texts/history")

    lines = re.findall(r'app-quiet">(.*?)</p>', page.text, re.DOTALL)
    assert told in " ".join(lines[0].split())
    assert "·" not in lines[-1]


def test_nobody_but_the_writers_finds_a_version(enter_as, client, secretariat, text):
    page, second = text

    for path in (f"{page}/history", f"{page}/history/{second}"):
        for who in ("member", "host coordinator", "rapporteur", "observer", "peer"):
            hidden = enter_as(who).get(path)
            missing = enter_as(who).get(path.replace("/syntheses/", "/syntheses/x"))
            assert (hidden.status_code, hidden.data) == (404, missing.data)
        assert "/sign-in" in client.get(path).location
    assert enter_as("member").post(f"{page}/history/{second}").status_code == 404


@pytest.mark.parametrize("number", [0, 99, 999_999_999])
def test_a_version_that_never_was_is_missing(secretariat, text, number):
    assert secretariat.get(f"{text[0]}/history/{number}").status_code == 404
    assert secretariat.post(f"{text[0]}/history/{number}").status_code == 404


def test_what_is_not_there_has_no_versions(secretariat, written):
    for page in ("nothing/texts", f"{written[0]}/themes/{'A' * 22}"):
        assert secretariat.get(f"/syntheses/{page}/history").status_code == 404


def test_many_versions_stand_on_pages_and_take_no_more_statements(secretariat, app, world, written, statements):
    page = f"/syntheses/{written[0]}/texts/history"
    secretariat.get(page)
    statements.clear()
    secretariat.get(page)
    few = len(statements)
    with app.app_context():
        number = db.session.query(Synthesis.id).filter_by(ref=written[0]).scalar()
        for count in range(5, 3 * PAGE + 1):
            content = {"title": "What", "foreword": f"Number {count}", "findings": "", "method": "", "conclusions": ""}
            db.session.add(Revision(thing="synthesis", thing_id=number, number=count, content=content))
        db.session.commit()

    statements.clear()
    first = secretariat.get(page)

    assert len(statements) <= few
    assert len(re.findall(r'id="version-\d+"', first.text)) == PAGE
    last = secretariat.get(f"{page}?page=3").text
    assert re.findall(r'id="version-(\d+)"', last)[-1] == "1"
    assert heading(secretariat.get(f"{page}?page=99")) == "Earlier versions: Texts of the synthesis"
