"""Files made to cost much: measured and refused before anything is made of them, each with a sentence."""

import json
import tracemalloc

import pytest

from review_app.domain import review_file, strict_json

MB = 1_000_000
MANY, MUCH = "of more than 5,000 entries.", "The file holds more than 100,000 values: send it in parts."


def repeated(unit, length=4 * MB - 100):
    return unit * (length // len(unit))


def keys(number):
    return ",".join(f'"k{one}":1' for one in range(number))


ATTACKS = {
    "empty objects": ("[" + repeated("{},") + "{}]", f"The file holds a list {MANY}"),
    "empty lists": ("[" + repeated("[],") + "[]]", f"The file holds a list {MANY}"),
    "keys": ("{" + keys(300_000) + "}", f"The file holds an object {MANY}"),
    "the last key twice": ("{" + keys(300_000) + ',"k299999":2}', 'The file says "k299999" twice in the same object.'),
    "a long key twice": (
        '{"%s":1,"%s":2}' % (("k" * MB,) * 2),
        f'The file says "{"k" * 60}" twice in the same object.',
    ),
    "wide objects": ("[" + ",".join(["{" + keys(4_900) + "}"] * 25) + "]", MUCH),
    "depth": ("[" * MB, "The file is nested too deeply."),
    "depth behind width": ("[" + repeated("[],", 9000) + "[" * 30 + "]" * 31, "The file is nested too deeply."),
    "a long number": ("[" + "9" * 3 * MB + "]", "The file holds a number that is too long."),
    "blanks": (" " * 3 * MB, "The file is not JSON: line 1, column 3000001: Expecting value."),
    "too large": (" " * (4 * MB + 1), "The file is larger than 4 MB."),
}


@pytest.mark.parametrize(("text", "sentence"), ATTACKS.values(), ids=ATTACKS)
def test_a_file_that_costs_much_is_refused_with_one_sentence(text, sentence, monkeypatch):
    monkeypatch.setattr(review_file, "_validator", lambda: pytest.fail("validated what should have been refused"))

    with pytest.raises(review_file.Faulty) as fault:
        review_file.read(text.encode())

    assert fault.value.problems == (sentence,)


def test_a_refused_file_takes_no_more_than_a_hundred_times_a_fair_one():
    text = ("[" + repeated("{},") + "{}]").encode()
    tracemalloc.start()

    with pytest.raises(review_file.Faulty):
        review_file.read(text)

    _now, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 200 * MB


def test_as_many_values_as_may_be_are_measured_and_let_through():
    full = [[0] * 4_999] * 19

    assert len(strict_json.parsed(json.dumps(full).encode(), largest=4 * MB)) == 19


def test_five_thousand_faulty_reviews_are_told_with_fifty_sentences():
    with pytest.raises(review_file.Faulty) as fault:
        review_file.read(json.dumps({"reviews": [{"a": 1}] * 5_000}).encode())

    assert len(fault.value.problems) == 50
