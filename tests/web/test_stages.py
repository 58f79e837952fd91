"""The page of one action: what it says, what it does, what it refuses."""

import pytest


def _stage(app, world, stage):
    with app.app_context():
        return world.review(stage).stage


def _page(world, stage, slug):
    return f"/reviews/{world[stage]}/actions/{slug}"


def test_a_host_sends_the_draft_on(app, enter_as, world):
    host, page = enter_as("host coordinator"), _page(world, "draft", "send-to-the-secretariat")
    assert "The review then stands at “Scope and agreement”." in host.get(page).text

    answer = host.post(page)

    assert (answer.status_code, answer.location) == (303, f"/reviews/{world['draft']}")
    assert "Done: Send to the secretariat. The review now stands at: Scope and agreement." in host.get("/account").text
    with app.app_context():
        assert world.review("draft").stage == "scoping"


def test_a_refused_action_says_what_to_do_first(app, enter_as, world):
    secretariat, page = enter_as("secretariat"), _page(world, "recruiting", "start-preparing")

    shown, answer = secretariat.get(page).text, secretariat.post(page)

    assert "Still waiting for: Norrvik, Zlatomyst." in shown
    assert 'method="post"' not in shown
    assert answer.status_code == 403
    assert _stage(app, world, "recruiting") == "recruiting"


def test_a_reason_is_asked_where_the_method_asks_one(app, enter_as, world):
    page = _page(world, "recruiting", "put-on-hold")

    answer = enter_as("secretariat").post(page, data={"reason": "  "})

    assert answer.status_code == 422
    assert '<a href="#reason">Say why: the reason is kept in the record of the review.</a>' in answer.text
    assert _stage(app, world, "recruiting") == "recruiting"


def test_a_review_is_put_on_hold_with_a_reason(app, enter_as, world):
    enter_as("secretariat").post(_page(world, "recruiting", "put-on-hold"), data={"reason": "Elections"})

    assert _stage(app, world, "recruiting") == "on_hold"


@pytest.mark.parametrize(
    ("who", "slug"),
    [
        ("peer", "put-on-hold"),
        ("secretariat", "agree-the-scope"),
        ("secretariat", "fly-to-the-moon"),
        ("member", "put-on-hold"),
    ],
)
def test_an_action_that_is_not_yours_is_missing(enter_as, world, who, slug):
    page = _page(world, "recruiting", slug)

    assert [enter_as(who).get(page).status_code, enter_as(who).post(page).status_code] == [404, 404]


def test_publishing_has_a_page_of_its_own(enter_as, world):
    answer = enter_as("secretariat").get(_page(world, "recruiting", "publish"))

    assert (answer.status_code, answer.location) == (303, f"/reviews/{world['recruiting']}/publish")


def test_a_stranger_signs_in_first(client, world):
    answer = client.post(_page(world, "draft", "send-to-the-secretariat"))

    assert answer.status_code == 401
