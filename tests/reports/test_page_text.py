"""What the page does with addresses, hostile text and other languages."""

import re
from gettext import NullTranslations

import pytest

from review_app.domain.vocabulary import Level, Regime, Side
from review_app.reports.frozen.snapshot import Numbers, Section, Source
from review_app.reports.materials import STYLES
from review_app.reports.page import body, document
from review_app.reports.parts.links import address_of, link_to
from tests.reports.examples import (
    FULL,
    TAKE_HOME,
    place,
    snapshot,
)
from tests.reports.foreign_examples import HOSTILE
from tests.reports.page_text import lines


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("https://example.org/a", "https://example.org/a"),
        ("http://example.org", "http://example.org"),
        ("someone@example.org", "mailto:someone@example.org"),
        ("mailto:someone@example.org", "mailto:someone@example.org"),
        ("javascript:alert(1)", None),
        ("file:///etc/passwd", None),
        ("data:text/html,x", None),
        ("//example.org/a", None),
        ("\\\\host\\share", None),
        ("https://", None),
        ("http://[::1", None),
        ("https://example.org/a b", None),
        ("see https://example.org", None),
        ("", None),
    ],
)
def test_only_web_and_mail_addresses_become_links(text, address):
    assert address_of(text) == address
    assert link_to(text).text == text


def test_a_source_tells_its_day_and_what_it_is():
    sources = (Source(url="https://a.example", published="2019-12-24", note="news"), Source(url="b", published="2019"))

    told = lines(body(snapshot(sources=sources)))

    assert told[told.index("https://a.example") + 1] == "24 December 2019, news"
    assert told[told.index("b") + 1] == "2019"


def test_hostile_text_is_text_in_the_page():
    html = document(HOSTILE)

    assert "<script" not in html
    assert "<textarea" not in html
    assert "<!--" not in html
    assert "{{ 7*7 }}" in html
    assert [
        one for one in re.findall(r'href="([^"]*)"', html) if not one.startswith((*STYLES, "brand.css", "mailto:"))
    ] == ["http://example.org/&#34;onmouseover=&#34;x"]


def test_no_word_in_the_page_is_too_long_for_the_renderer():
    words = max((len(word) for piece in lines(document(HOSTILE)) for word in re.split(r"[\s\u200b]", piece)), default=0)

    assert words <= 80


class Shouting(NullTranslations):
    """A language that shows which sentences are translated."""

    def gettext(self, message):
        return re.sub(r"(%\(\w+\)s)|[a-z]", lambda found: found[1] or found[0].upper(), message)

    def ngettext(self, msgid1, msgid2, n):
        return self.gettext(msgid1 if n == 1 else msgid2)


def test_every_sentence_goes_through_the_catalogue():
    example = snapshot(
        places=(place("1", "", 51, 4, Side.HOST), place("2", "", 52, 5)),
        title="0",
        network="0",
        method="0",
        theme="0",
        ref="0",
        numbers=Numbers(peer_cities=1, people=2, returns_received=1, returns_expected=1),
        sections=FULL.sections[:0],
        counts=FULL.counts,
        regime=Regime.MIXED,
        level=Level.PUBLIC,
        unknown=("0",),
    )

    told = " ".join(lines(body(example, Shouting())))

    kept = {"and", *re.findall(r"[0-9a-f]{12}", told)}
    assert [word for word in re.findall(r"[a-z]{2,}", told) if not any(word in one for one in kept)] == []


def test_the_same_snapshot_gives_the_same_page():
    assert document(FULL) == document(FULL)
    assert body(FULL) == body(FULL)
    assert Section(kind=TAKE_HOME, messages=()) == Section(kind=TAKE_HOME, messages=())
