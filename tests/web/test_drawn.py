"""What is drawn once is drawn right for everybody: typed text is escaped, fresh, and never kept."""

import re

from review_app.web import drawn

HOSTILE = '</textarea><script>alert(1)</script>" onfocus="x'


def _form(world):
    return f"/reviews/{world['feedback']}/feedback/add/challenge"


def _save(visitor, path, headline):
    key = re.search(r'action="([^"]+/items/[^"]+)"', visitor.get(path).text).group(1)
    visitor.post(key, data={"kind": "challenge", "headline": headline, "language": "en"})
    return visitor.get(key).text


def test_a_typed_text_is_escaped_in_a_field_that_was_drawn_before(enter_as, world):
    peer = enter_as("peer")
    _save(peer, _form(world), "Plain")

    page = _save(peer, _form(world), HOSTILE)

    assert "<script>alert" not in page
    assert "&lt;/textarea&gt;&lt;script&gt;" in page


def test_two_items_show_each_its_own_text(enter_as, world):
    peer = enter_as("peer")

    pages = [_save(peer, _form(world), headline) for headline in ("The first", "The second")]

    assert ["The first" in page for page in pages] == [True, False]
    assert ["The second" in page for page in pages] == [False, True]


def test_what_people_type_is_not_kept(enter_as, world, monkeypatch):
    seen, kept = [], drawn._component
    monkeypatch.setattr(drawn, "_component", lambda *given: seen.append(given) or kept(*given))

    _save(enter_as("peer"), _form(world), "Nobody keeps this")

    assert seen
    assert "Nobody keeps this" not in repr(seen)
