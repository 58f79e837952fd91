"""Files in JSON from outside: read whole or refused in a sentence, however large, deep or odd they are."""

import pytest

from review_app.domain import strict_json
from review_app.domain.strict_json import DEEPEST, MOST_ENTRIES, MOST_VALUES, Refusal, parsed

LARGE = 100_000_000
LIST = b"[" + b"0," * (MOST_ENTRIES - 1) + b"0]"


def _nested(levels):
    return b"[" * levels + b"]" * levels


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (b'{"a": 1', "not JSON: line 1, column"),
        (b"\xff", "not UTF-8 text: byte 1"),
        (_nested(DEEPEST + 2), "nested too deeply"),
        (_nested(200_000), "nested too deeply"),
        (b"[" + b"0," * MOST_ENTRIES + b"0]", "holds a list of more than"),
        (b"{" + b",".join(b'"k%d":0' % one for one in range(MOST_ENTRIES + 1)) + b"}", "holds an object of more than"),
        (b"[" + b",".join([LIST] * (MOST_VALUES // MOST_ENTRIES + 1)) + b"]", "more than .* values: send it in parts"),
    ],
    ids=["broken", "no text", "deep", "very deep", "long list", "large object", "much"],
)
def test_a_file_beyond_measure_is_refused_in_a_sentence(raw, said):
    with pytest.raises(Refusal, match=said):
        parsed(raw, largest=LARGE)


def test_a_file_that_is_too_large_is_not_read_at_all():
    with pytest.raises(Refusal, match="larger than"):
        parsed(b"[1]", largest=2)


def test_what_is_within_measure_is_read_as_it_stands():
    assert parsed(_nested(DEEPEST), largest=LARGE) is not None
    assert parsed(b'\xef\xbb\xbf{"a": [1, {"b": null}]}', largest=LARGE) == {"a": [1, {"b": None}]}
    assert [path for path, _box in strict_json.boxes({"a": [{}]})] == [(), ("a",), ("a", 0)]
