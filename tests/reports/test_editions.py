"""Reports that an earlier edition of the product froze are read as they were."""

import json

import pytest

from review_app.reports import page
from review_app.reports.frozen import editions
from review_app.reports.kinds import registry
from tests.reports.examples import FULL

FIRST_ONLY = {"practice_language": "el"}
SINCE = ("text_language", "brand", "check_at", "counts_by_question")


def first_edition(paper, **changes):
    """A snapshot as the first edition wrote it: no language where it was English, none of the later fields."""
    plain = paper.model_dump(mode="json")
    for section in plain["sections"]:
        for message in (*section["messages"], *section["singles"]):
            message["language"] = None if message["language"] == "en" else message["language"]
            del message["summary"], message["key"]
    return json.dumps({name: value for name, value in plain.items() if name not in SINCE} | {"edition": 1} | changes)


def test_a_report_of_the_first_edition_says_what_it_said():
    then = registry.read(first_edition(FULL, practice_language=None))

    assert then == FULL.model_copy(update={"counts_by_question": ()})


def test_the_texts_of_a_greek_host_stay_greek():
    then = registry.read(first_edition(FULL, **FIRST_ONLY))

    assert (then.text_language, then.edition) == ("el", 2)
    assert '<h1 class="report-title" lang="el">' in page.document(then)


def test_a_report_of_today_is_read_unchanged():
    plain = json.loads(FULL.to_bytes())

    assert editions.current(plain) == plain
    assert registry.read(FULL.to_bytes()) == FULL


def test_an_unknown_kind_is_no_report():
    with pytest.raises(KeyError):
        registry.read(json.dumps({"edition": 2, "kind": "novel"}))


def test_the_code_of_a_copy_is_the_same_in_every_language():
    assert FULL.spoken("fr").code == FULL.code == FULL.sha256[:12]
    assert FULL.spoken("fr").sha256 != FULL.sha256
    assert FULL.spoken("en") is FULL
