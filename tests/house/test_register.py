"""The register of personal data: complete, true, printed; nothing of a page comes from another host."""

import re
from html.parser import HTMLParser
from urllib.parse import urlsplit

import pytest

from review_app.config import ROOT, Settings
from review_app.domain import privacy
from review_app.domain.privacy import Erased, register
from review_app.domain.visibility import Thing
from review_app.domain.vocabulary import Role
from review_app.models.base import Base
from review_app.services import retention
from review_app.web import notice

TABLES = Base.metadata.tables
LOADS = {"script": "src", "img": "src", "link": "href", "iframe": "src", "source": "src", "form": "action"}


def _registered(name):
    table = register().tables[name]
    return [*table.plain, *(column.name for column in table.columns)]


def test_every_table_is_registered_and_every_registered_one_is_there():
    assert set(register().tables) == set(TABLES)


@pytest.mark.parametrize("name", sorted(TABLES))
def test_every_column_is_registered_once_and_every_registered_one_is_there(name):
    assert sorted(_registered(name)) == sorted(column.name for column in TABLES[name].columns)


def test_whoever_points_at_a_person_is_personal():
    plain = [
        f"{table.name}.{column.name}"
        for table in TABLES.values()
        for column in table.columns
        if any(key.column.table.name == "person" for key in column.foreign_keys)
        and column.name in register().tables[table.name].plain
    ]

    assert plain == []


def test_only_what_points_at_a_person_can_lose_its_author():
    pointing = {
        (table.name, column.name)
        for table in TABLES.values()
        for column in table.columns
        if any(key.column.table.name == "person" for key in column.foreign_keys)
    }

    unsigned = {(column.table, column.name) for column in register().columns(Erased.UNSIGNED)}
    removed = {(column.table, column.name) for column in register().columns(Erased.REMOVED)}
    assert unsigned <= pointing <= unsigned | removed


def test_every_long_text_that_people_write_is_looked_through_for_names():
    overlooked = [
        f"{table.name}.{column.name}"
        for table in TABLES.values()
        for column in table.columns
        if type(column.type).__name__ in ("Text", "JSON") and column.name in register().tables[table.name].plain
    ]

    # The definition of a method is a file of the network's, not a text of a person.
    assert overlooked == ["method_edition.definition"]


def test_a_register_that_names_somebody_unknown_is_refused():
    text = privacy.FILE.read_text(encoding="utf-8").replace('seen = ["self"]', 'seen = ["the mayor"]', 1)

    with pytest.raises(ValueError, match="nobody knows who the mayor is"):
        privacy.read(text)


def test_the_sweeper_has_a_duty_for_every_period_that_ends_and_no_other():
    ending = {period.name for period in register().periods.values() if period.days is not None}

    assert set(retention.DUTIES) == ending


def test_every_period_is_used_but_the_one_of_what_was_removed():
    used = {column.kept.name for column in register().columns()}

    assert set(register().periods) - used == {"dropped"}


def test_the_print_in_the_docs_is_the_register(app):
    printed = app.test_cli_runner().invoke(args=["privacy", "register"])

    assert (printed.output, printed.exit_code) == ((ROOT / "docs" / "privacy-register.md").read_text("utf-8"), 0)


def test_the_notice_has_words_for_everybody_who_sees_something(app):
    seen = {who for column in register().columns() for who in column.seen}

    assert seen <= set(notice.WHO) <= {*Thing, *Role, privacy.SELF, privacy.NOBODY}


def test_the_notice_tells_every_table_with_its_time(app, client):
    page = client.get("/privacy").text
    with app.test_request_context():
        lines = notice.told(app.config["SETTINGS"])

    assert len(lines) == len([table for table in register().tables.values() if table.columns])
    assert page.count('<tr class="govuk-table__row">') == len(lines) + 1
    assert "At most" not in page
    assert "12 months after the review is closed" in page.replace("\n", " ")


def test_the_notice_follows_the_settings(app):
    settings = Settings(data_dir=app.config["SETTINGS"].data_dir, raw_material_days=40, testing=True)

    with app.test_request_context():
        told = {line.title: line.how_long for line in notice.told(settings)}

    assert told["What you write for your city"] == ("40 days after the review is closed",)


@pytest.mark.parametrize("address", ["/privacy", "/accessibility"])
def test_both_statements_say_whom_to_write_to(app, client, address):
    assert "reviews@localhost" in client.get(address).text
    assert Settings(contact="privacy@city.example").contact_address == "privacy@city.example"


class _Loads(HTMLParser):
    """What a browser would fetch, or send a form to, by itself or at a click on a button."""

    def __init__(self):
        super().__init__()
        self.found = []

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        self.found += [given[LOADS[tag]]] if tag in LOADS and LOADS[tag] in given else []
        self.found += [given["srcset"]] if "srcset" in given else []


@pytest.mark.drill
def test_no_page_asks_another_host_for_anything(app, enter_as, world, promise):
    foreign, looked_at = [], 0
    for who in ("secretariat", "peer", "host coordinator", "rapporteur"):
        client = enter_as(who)
        for path in _pages(app, world):
            answer = client.get(path)
            loads = _Loads()
            if answer.mimetype == "text/html":
                loads.feed(answer.text)
            foreign += [(path, one) for one in loads.found if urlsplit(one).netloc or urlsplit(one).scheme]
            foreign += (
                [(path, "policy")] if "default-src 'none'" not in answer.headers["Content-Security-Policy"] else []
            )
            looked_at += 1
    promise("foreign_requests", len(foreign), of=looked_at)

    assert foreign == []


def _pages(app, world):
    """Every address without parameters, and every page of one review by its reference alone."""
    rules = [rule for rule in app.url_map.iter_rules() if "GET" in rule.methods and rule.endpoint != "static"]
    yield from sorted(rule.rule for rule in rules if not rule.arguments)
    ref = world["fact_check"]
    yield from sorted(rule.rule.replace("<ref>", ref) for rule in rules if rule.arguments == {"ref"})


def test_no_style_or_script_names_another_host():
    named = re.compile(r"(?:url\(|@import|fetch\(|import\s*\(?)\s*[\"']?(?:https?:)?//")
    sources = [
        *(ROOT / "assets").rglob("*.js"),
        *(ROOT / "assets").rglob("*.scss"),
        *(ROOT / "templates").rglob("*.html"),
    ]

    assert [path.name for path in sources if named.search(path.read_text(encoding="utf-8"))] == []
