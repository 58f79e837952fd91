"""Every form of the product, every field of it: hostile text never breaks a page, and is kept, clean, or refused."""

from itertools import cycle, islice

import pytest

from review_app.web import limits
from tests.attacks import strings
from tests.attacks.every_form import BUTTONS, fields_of, post, with_field, wrong_with
from tests.attacks.forms_found import body
from tests.attacks.shapes import SHAPES


def test_every_route_that_takes_a_form_has_shown_one(forms):
    assert forms.missing == set()


def test_the_routes_named_by_hand_are_there(site):
    rules = {rule.endpoint for rule in site.url_map.iter_rules() if "POST" in rule.methods}

    assert set(BUTTONS) <= rules


def attacks(forms, each):
    """Every field of every form, each with some of the strings, so that every string comes to be used."""
    texts = cycle({**strings.ALL, **(strings.blocks() if each > 1 else {})}.items())
    for field in fields_of(forms):
        yield from ((*field, *one) for one in islice(texts, each))


@pytest.mark.drill
def test_no_string_in_any_field_breaks_a_page(forms, unchanged, written, amount, promise):
    found, sent, used, broken = [], 0, set(), 0
    for endpoint, form, name, title, text in attacks(forms, amount(quick=1, full=6)):
        written.clear()
        answer = post(forms.client(form.who), form.action, body(with_field(form, name, text)))
        sent, used, broken = sent + 1, used | {title}, broken + (answer.status_code >= 500)
        told = wrong_with(answer, written, form, name=name, text=text)
        found += [f"{endpoint}.{name} <- {title}: {one}" for one in told]

    promise("http5xx", broken, of=sent)
    assert "\n".join(found) == ""
    assert used >= set(strings.ALL)


@pytest.mark.drill
def test_no_shape_of_a_form_breaks_a_page(forms, unchanged, written, amount, promise):
    found, sent, broken, shapes = [], 0, 0, cycle(SHAPES.items())
    for endpoint, form in sorted(forms.found.items()):
        for title, shape in islice(shapes, amount(quick=3, full=len(SHAPES))):
            written.clear()
            answer = post(forms.client(form.who), form.action, *shape(form))
            sent, broken = sent + 1, broken + (answer.status_code >= 500)
            found += [f"{endpoint} <- {title}: {one}" for one in wrong_with(answer, written, form)]

    promise("http5xx", broken, of=sent)
    assert "\n".join(found) == ""


def test_no_form_is_taken_without_its_token(forms, site, unchanged, written):
    site.config["WTF_CSRF_ENABLED"] = True
    wrong = []
    for endpoint, form in sorted(forms.found.items()):
        bare = [one for one in form.filled() if one[0] != "csrf_token"]
        for title, fields in (("no token", bare), ("another token", [*bare, ("csrf_token", "IjAwMDAi.aaaa.bbbb")])):
            written.clear()
            answer = post(forms.client(form.who), form.action, body(fields))
            if answer.status_code != 400 or written:
                wrong.append(f"{endpoint} with {title}: {answer.status_code}, {len(written)} texts written")
    site.config["WTF_CSRF_ENABLED"] = False

    assert "\n".join(wrong) == ""


@pytest.mark.parametrize("verb", ["PUT", "PATCH", "DELETE"])
def test_no_route_takes_another_verb_or_a_pretended_one(forms, unchanged, written, verb):
    wrong = []
    for endpoint, form in sorted(forms.found.items()):
        written.clear()
        client = forms.client(form.who)
        plain = client.open(form.action, method=verb, data=body(form.filled()), content_type=limits.PLAIN)
        pretended = [
            client.get(form.action, headers={"X-HTTP-Method-Override": verb_of}, query_string={"_method": verb_of})
            for verb_of in (verb, "POST")
        ]
        if plain.status_code != 405 or written or any(one.status_code >= 500 for one in pretended):
            wrong.append(f"{endpoint}: {plain.status_code}, {[one.status_code for one in pretended]}, {written[:1]}")

    assert "\n".join(wrong) == ""
