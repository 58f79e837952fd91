"""Reports that an earlier edition of the product froze are read as they were."""

import hashlib
import json

import pytest

from review_app.reports import page
from review_app.reports.frozen import editions
from review_app.reports.kinds import registry
from tests.reports.examples import FULL
from tests.reports.first_edition import first_edition

FIRST_ONLY = {"practice_language": "el"}


def test_a_report_of_the_first_edition_says_what_it_said():
    text = first_edition(FULL, practice_language=None)

    then = registry.read(text)

    assert then.frozen_as == hashlib.sha256(text.encode()).hexdigest()
    assert then.anew() == FULL.model_copy(update={"counts_by_question": ()})


def test_a_report_of_the_first_edition_bears_the_code_that_it_was_printed_with():
    text = first_edition(FULL)
    frozen_as = hashlib.sha256(text.encode()).hexdigest()

    then = registry.read(text)
    at_the_press = registry.read(then.spoken("fr").to_bytes())

    assert (then.sha256, then.code) == (frozen_as, frozen_as[:12])
    assert (at_the_press.code, at_the_press.language) == (frozen_as[:12], "fr")
    assert at_the_press.sha256 != frozen_as
    assert f"Content: {frozen_as[:12]}." in page.document(then)


def test_what_says_something_else_than_the_first_edition_is_known_by_its_own_content():
    then = registry.read(first_edition(FULL))

    after = then.anew(number=2)

    assert after.sha256 == hashlib.sha256(after.to_bytes()).hexdigest()
    assert (after.number, after.code == then.code) == (2, False)


def test_the_texts_of_a_greek_host_stay_greek():
    then = registry.read(first_edition(FULL, **FIRST_ONLY))

    assert (then.text_language, then.edition) == ("el", 2)
    assert '<h1 class="report-title" lang="el">' in page.document(then)


def test_a_report_of_today_is_read_unchanged():
    plain = json.loads(FULL.to_bytes())

    assert editions.current(plain) == plain
    assert registry.read(FULL.to_bytes()) == FULL


HEAD = {"edition": 2, "kind": "", "ref": "norrvik-2026", "number": None, "frozen_on": "2026-11-28", "draft": None}
FICHE = {
    **HEAD,
    "kind": "fiche",
    "title": "Warm rooms",
    "network": "Harbour and Hill",
    "method": "Critical friend review",
    "review": "Warm homes",
    "period": ["2021-10", ""],
    "chapters": [
        {
            "title": "How it works",
            "answers": [
                {"key": "status", "ask": "Where does it stand?", "asks": "one", "chosen": ["Running"]},
                {
                    "key": "how",
                    "ask": "How does it work?",
                    "asks": "formatted",
                    "text": "Two **guides** come.\n- First",
                },
                {
                    "key": "partners",
                    "ask": "Partners and what they do",
                    "asks": "rows",
                    "heads": ["Name", "Type"],
                    "rows": [{"cells": [{"text": "Norrvik Heat"}, {"text": "Other", "is_label": True}]}],
                },
            ],
        }
    ],
}
FEEDBACK = {
    **HEAD,
    "kind": "feedback",
    "title": "Warm homes",
    "network": "Harbour and Hill",
    "method": "critical friend review",
    "when": {"start": "2026-05-04", "end": None, "precision": "day"},
    "theme": "energy",
    "numbers": {"peer_cities": 3},
    "host_paper": [
        {
            "name": "working",
            "title": "How it works",
            "answers": [
                {"label": "Where does it stand?", "asks": "one", "choices": ["Running"]},
                {"label": "When did it start?", "asks": "when", "texts": ["2021-10"]},
                {"label": "Staff in full-time posts", "asks": "number", "texts": ["1400"]},
                {"label": "How does it work?", "asks": "formatted", "texts": ["Two guides come.", "– First"]},
                {
                    "label": "Partners and what they do",
                    "asks": "rows",
                    "columns": [{"label": "Name"}, {"label": "Type", "is_chosen": True}],
                    "rows": [{"cells": ["Norrvik Heat", "Other"]}],
                },
            ],
        }
    ],
}


@pytest.mark.parametrize("kept", [FICHE, FEEDBACK], ids=["fiche", "feedback"])
def test_what_a_host_wrote_is_read_and_kept_to_the_byte(kept):
    written = json.dumps(kept, ensure_ascii=False, separators=(",", ":"))

    assert registry.read(written).to_bytes().decode() == written


def test_what_a_host_wrote_is_printed_from_either_shape():
    fiche, feedback = (page.body(registry.read(json.dumps(kept))) for kept in (FICHE, FEEDBACK))

    assert "Two <strong>guides</strong> come." in fiche
    assert '<th scope="row">Norrvik Heat</th><td data-label="Type">Other</td>' in fiche
    assert '<tr><th scope="row">When did it start?</th><td>October 2021</td></tr>' in feedback
    assert '<tr><th scope="row">Staff in full-time posts</th><td>1,400</td></tr>' in feedback
    assert "<p>Two guides come.</p>" in feedback
    assert "<li>First</li>" in feedback
    assert '<th scope="row">Norrvik Heat</th><td data-label="Type">Other</td>' in feedback


def test_an_unknown_kind_is_no_report():
    with pytest.raises(KeyError):
        registry.read(json.dumps({"edition": 2, "kind": "novel"}))


def test_the_code_of_a_copy_is_the_same_in_every_language():
    assert FULL.spoken("fr").code == FULL.code == FULL.sha256[:12]
    assert FULL.spoken("fr").sha256 != FULL.sha256
    assert FULL.spoken("en") is FULL
