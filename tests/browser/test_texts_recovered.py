"""Seven ways in which a text gets lost, each recovered by ordinary steps, on the longest forms there are.

Each way is tried once in every run and counted as one of seven; a drill tries it on every form, with scripts and
without where the way exists without.
"""

import re
from contextlib import contextmanager
from datetime import timedelta

import pytest

from review_app.models.base import utc_now
from review_app.world.network import PASSWORD
from tests.browser.long_forms import FORMS
from tests.browser.ways import DESK, DESK_BARE, PHONE, PHONE_BARE

pytestmark = [pytest.mark.browser, pytest.mark.drill]

SAVED = re.compile(r"^Saved at \d\d:\d\d$")
NO_COPY = "() => !Object.keys(localStorage).some((place) => place.startsWith('kept '))"
OFFERED = re.compile(r"is kept on this device and was not saved\.$")
EVERYWHERE = (("item", PHONE), ("practice", DESK_BARE), ("message", DESK), ("item", PHONE_BARE), ("practice", PHONE),
              ("message", DESK_BARE))  # fmt: skip
WITH_SCRIPTS = (("practice", PHONE), ("item", DESK), ("message", PHONE))


@pytest.fixture
def recovered(amount, promise, visit_shared, shared_site):
    """Try a way on one form, in a drill on all of them: recovered(way, where); `way` returns what is there again."""

    def tried(way, where):
        where = where[: amount(quick=1, full=len(where))]
        found = [_tried(way, FORMS[name](shared_site), visit_shared, screen, shared_site) for name, screen in where]
        promise("texts_recovered", int(found[0]), of=1)
        if found[1:]:
            promise("texts_recovered_on_more_forms", sum(found[1:]), of=len(found) - 1)
        assert found == [True] * len(where)

    return tried


def _tried(way, form, visit, screen, site):
    somebody = visit(screen, form.who)
    form.open(somebody)
    typed, shown = way(somebody, form, site)
    somebody.trouble = False
    lost = {name: text for name, text in typed.items() if shown.get(name) != text}
    if lost:
        print(f"lost of {form.name} {screen}: {sorted(lost)}; shown: {sorted(shown)}")
    return not lost


def _is_saved(somebody):
    """Wait until the page has saved by itself: it says when, and keeps no copy any more."""
    somebody.page.wait_for_function(NO_COPY)
    somebody.reads(SAVED)


def test_a_stale_second_tab(recovered):
    recovered(_stale_tab, EVERYWHERE)


def _stale_tab(somebody, form, _site):
    first, somebody.page = somebody.page, somebody.another_tab()
    form.open(somebody)
    theirs = form.fill(somebody, "second tab")
    form.save(somebody)
    somebody.page = first

    typed = form.fill(somebody, "first tab")
    form.save(somebody)
    somebody.sees("Somebody else saved a newer version", 409)
    both = somebody.page.locator(".app-conflict__theirs").all_inner_texts()
    assert all(any(text in shown for shown in both) for text in theirs.values())
    somebody.press("Save this version")

    return typed, form.stands(somebody)


def test_a_session_that_expires_while_typing(recovered):
    recovered(_session_expires, EVERYWHERE[1:] + EVERYWHERE[:1])


def _session_expires(somebody, form, site):
    typed = form.fill(somebody, "signed out")
    site.end_sessions_of(form.who)

    # The page may have saved it by itself before the session ended; the last words came after that.
    name = next(iter(typed))
    typed[name] = typed[name][:-20].rstrip() + " and the last words"
    somebody.page.locator(f'[name="{name}"]').fill(typed[name])
    form.save(somebody)
    somebody.sees("You are signed out", 401)
    somebody.fill("E-mail address", site.world.email(form.who))
    somebody.fill("Password", PASSWORD)
    somebody.press("Sign in and go on")
    somebody.sees("You are signed in. Your text is here")
    somebody.press("Send it again")

    return typed, form.stands(somebody)


def test_a_required_field_that_is_missing(recovered):
    recovered(_field_missing, (("message", DESK_BARE), ("item", PHONE), ("practice", DESK), ("message", PHONE),
                               ("item", DESK_BARE), ("practice", PHONE_BARE)))  # fmt: skip


def _field_missing(somebody, form, _site):
    """What makes a form incomplete differs; a text that is too long or a row without its address stands for it."""
    typed = form.fill(somebody, "incomplete")
    name = "headline" if "headline" in typed else "how"
    wrong = "" if form.name == "message" else "x" * 3001
    somebody.page.locator(f'[name="{name}"]').fill(wrong)

    form.save(somebody)
    assert somebody.status == 422
    somebody.sees(form.heading, 422)
    assert {**form.shows(somebody), name: typed[name]} == typed
    somebody.page.locator(f'[name="{name}"]').fill(typed[name])
    form.save(somebody)

    return typed, form.stands(somebody)


def test_a_deadline_that_passes_while_typing(recovered):
    recovered(_deadline_passes, (("item", DESK_BARE), ("item", PHONE), ("practice", DESK), ("message", PHONE_BARE),
                                 ("message", DESK), ("practice", PHONE_BARE)))  # fmt: skip


def _deadline_passes(somebody, form, site):
    with _closed(site, form.stage):
        typed = form.fill(somebody, "too late")
        form.save(somebody)
        somebody.sees("This is not possible now", 403)

    # The secretariat gives another day.
    somebody.press("Send it again")

    return typed, form.stands(somebody)


@contextmanager
def _closed(site, stage):
    """For a while it is too late: the deadline of the cities has passed, or the review has moved on."""
    review = site.ask("SELECT id FROM review WHERE ref = ?", site.world[stage])[0][0]
    before = site.ask("SELECT at FROM review_deadline WHERE review_id = ? AND name = 'feedback'", review)
    past = (utc_now() - timedelta(minutes=1)).replace(tzinfo=None).isoformat(sep=" ")
    site.ask("UPDATE review_deadline SET at = ? WHERE review_id = ? AND name = 'feedback'", past, review)
    site.ask("UPDATE review SET stage = 'closed' WHERE id = ? AND stage != 'feedback'", review)
    yield
    site.ask("UPDATE review SET stage = ? WHERE id = ?", stage, review)
    if before:
        site.ask("UPDATE review_deadline SET at = ? WHERE review_id = ? AND name = 'feedback'", before[0][0], review)


def test_a_server_that_breaks_or_is_killed(recovered):
    recovered(_killed, WITH_SCRIPTS)


def _killed(somebody, form, site):
    """The process dies with the form in its hands."""
    typed = form.fill(somebody, "killed")
    somebody.trouble = True
    with site.locked(), somebody.page.expect_event("requestfailed", lambda one: one.is_navigation_request()):
        with somebody.page.expect_request(lambda one: one.is_navigation_request() and one.method == "POST"):
            somebody.page.get_by_role("button", name=form.button, exact=True).click(no_wait_after=True)
        site.kill()
    site.start()

    form.open(somebody)
    somebody.reads(OFFERED)
    somebody.page.get_by_role("button", name="Use it").click()
    _is_saved(somebody)

    return typed, form.stands(somebody)


@pytest.mark.parametrize("trouble", ["500", "503"])
def test_a_server_that_answers_with_an_error(recovered_besides, trouble):
    recovered_besides(_broken if trouble == "500" else _out_of_reach, EVERYWHERE[1:] + EVERYWHERE[:1])


def _broken(somebody, form, site):
    typed = form.fill(somebody, "broken")
    somebody.trouble = True
    site.ask("ALTER TABLE method_edition RENAME COLUMN definition TO away")
    try:
        form.save(somebody)
    finally:
        site.ask("ALTER TABLE method_edition RENAME COLUMN away TO definition")
    assert somebody.status in (500, 503)
    somebody.press("Send it again")

    return typed, form.stands(somebody)


def _out_of_reach(somebody, form, site):
    typed = form.fill(somebody, "out of reach")
    somebody.trouble = True
    with site.locked():
        form.save(somebody)
        somebody.sees("Not saved", 503)
    somebody.press("Send it again")

    return typed, form.stands(somebody)


def test_a_browser_that_is_closed(recovered):
    recovered(_closed_browser, WITH_SCRIPTS[1:] + WITH_SCRIPTS[:1])


def _closed_browser(somebody, form, _site):
    """What was saved by itself stands on the server; the last words, which were not, are on the device."""
    typed = form.fill(somebody, "closed")
    _is_saved(somebody)
    name = next(iter(typed))
    typed[name] = typed[name][:-20].rstrip() + " and the last words"
    somebody.offline(True)
    somebody.page.locator(f'[name="{name}"]').fill(typed[name])
    somebody.come_back()

    form.open(somebody)
    somebody.reads(OFFERED)
    somebody.page.get_by_role("button", name="Use it").click()
    _is_saved(somebody)

    return typed, form.stands(somebody)


def test_no_network(recovered):
    recovered(_no_network, WITH_SCRIPTS[2:] + WITH_SCRIPTS[:2])


def _no_network(somebody, form, _site):
    somebody.offline(True)
    typed = form.fill(somebody, "no network")
    somebody.reads(re.compile(r"^Not saved yet\. Kept on this device\."))
    somebody.page.get_by_role("button", name=form.button, exact=True).click(no_wait_after=True)
    somebody.reads(re.compile(r"^Not saved yet\. Kept on this device\."))
    assert form.shows(somebody).items() >= typed.items()
    somebody.offline(False)
    _is_saved(somebody)

    return typed, form.stands(somebody)


@pytest.fixture
def recovered_besides(amount, promise, visit_shared, shared_site):
    """As recovered, for a second face of a way that is counted already."""

    def tried(way, where):
        where = where[: amount(quick=0, full=len(where))]
        found = [_tried(way, FORMS[name](shared_site), visit_shared, screen, shared_site) for name, screen in where]
        if found:
            promise("texts_recovered_on_more_forms", sum(found), of=len(found))
        assert found == [True] * len(where)

    return tried
