"""The contract for outside checks, held to what the running application does."""

import re

import pytest

from tests.acceptance.contract import ACCOUNTS, LATER, filled, plain, posting_to, read

CONTRACT = read()


@pytest.fixture
def signed_in(browserlike):
    """Enter by the form of the contract, CSRF and all."""

    def enter(role):
        sign_in = CONTRACT["sign_in"]
        page = browserlike.get(sign_in["path"]).get_data(as_text=True)
        token = re.search(rf'name="{sign_in["csrf"]}" value="([^"]+)"', page)[1]
        account = ACCOUNTS[role]
        fields = {sign_in["email"]: account["email"], sign_in["password"]: account["password"], sign_in["csrf"]: token}
        assert browserlike.post(sign_in["path"], data=fields).status_code == 303
        return browserlike

    return enter


@pytest.mark.parametrize("role", sorted(ACCOUNTS))
def test_every_account_signs_in_and_opens_its_review(role, signed_in):
    client = signed_in(role)

    assert client.get(f"/reviews/{ACCOUNTS[role]['review']}").status_code == 200


@pytest.mark.parametrize("name", sorted(set(CONTRACT["forms"]) - LATER))
def test_every_form_stands_on_its_page_with_the_fields_of_the_contract(name, signed_in, browserlike):
    entry = CONTRACT["forms"][name]
    client = signed_in(entry["role"]) if "role" in entry else browserlike
    page = filled(entry.get("page", entry["path"]), entry)

    answer = client.get(page)

    assert answer.status_code == 200
    found = posting_to(answer.get_data(as_text=True), filled(entry["path"], entry), page)
    assert found, name
    assert any(plain(form["fields"]) == set(entry["fields"]) for form in found)


def test_the_cancel_form_stands_there_while_a_print_waits(enter_as):
    entry = CONTRACT["forms"]["cancel a print"]
    client = enter_as(ACCOUNTS["rapporteur"]["email"])
    page = client.post(f"/reviews/{entry['review']}/report/print").location

    found = posting_to(client.get(page).get_data(as_text=True), filled(entry["path"], entry), page)

    assert [plain(form["fields"]) for form in found] == [set(entry["fields"])]


def test_the_publish_form_stands_there_once_all_have_signed(enter_as):
    entry = CONTRACT["forms"]["publish"]
    for role in ("host coordinator", "lead reviewer", "secretariat"):
        signing = f"/reviews/{entry['review']}/actions/sign-the-report"
        assert enter_as(ACCOUNTS[role]["email"]).post(signing).status_code in (303, 403)

    page = enter_as("secretariat").get(filled(entry["path"], entry)).get_data(as_text=True)

    found = posting_to(page, filled(entry["path"], entry), filled(entry["path"], entry))
    assert plain(found[0]["fields"]) == set(entry["fields"])


def test_the_message_form_opens_for_a_free_item(signed_in):
    entry = CONTRACT["forms"]["message"]
    client = signed_in("rapporteur")
    board = client.get(f"/reviews/{entry['review']}/messages").get_data(as_text=True)
    item = re.search(r'name="item"[^>]*value="([^"]+)"', board)[1]

    page = client.get(filled(entry["page"].replace("{item}", item), entry))

    found = posting_to(page.get_data(as_text=True), filled(entry["path"], entry), "")
    assert plain(found[0]["fields"]) >= set(entry["fields"])


@pytest.mark.parametrize("name", sorted(CONTRACT["pages"]))
def test_every_page_of_the_contract_has_a_route(name, app):
    path = re.sub(r"\{\w+\}", "x", CONTRACT["pages"][name])

    with app.test_request_context():
        endpoint, _values = app.url_map.bind("localhost").match(path, method="GET")

    assert endpoint


def test_the_stages_of_the_contract_are_those_of_the_world(world):
    assert CONTRACT["reviews_by_stage"] == world.refs


def test_the_settings_of_the_contract_are_settings(app):
    known = {name.upper() for name in type(app.config["SETTINGS"]).model_fields}

    assert set(CONTRACT["settings"].values()) <= known


def test_health_answers_without_a_session(browserlike):
    assert browserlike.get(CONTRACT["health"]).status_code == 200
