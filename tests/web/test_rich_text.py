"""Formatted text: what it may become, and what it never becomes."""

import re
import time

import pytest

from review_app.web.rich_text import rich


def test_a_writer_gets_bold_lists_and_links():
    drawn = rich("**Bold** and [more](https://city.example/x)\n\n- one\n- two")

    assert drawn == (
        '<p class="govuk-body"><strong>Bold</strong> and '
        '<a href="https://city.example/x" class="govuk-link" rel="noopener noreferrer">more</a></p>\n'
        '<ul class="govuk-list govuk-list--bullet">\n<li>one</li>\n<li>two</li>\n</ul>\n'
    )


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "![picture](https://evil.example/x.png)",
        "[x](javascript:alert(1))",
        "[x](JaVaScRiPt:alert(1))",
        "[x](file:///etc/passwd)",
        "[x](data:text/html,hello)",
        "[x](//evil.example)",
        "<javascript:alert(1)>",
        "<!-- hidden",
        "<textarea>",
        "<style>p{display:none}</style>",
        '<a href="https://x.example" onclick="x">y</a>',
    ],
)
def test_nothing_else_becomes_html(text):
    drawn = rich(text)

    assert set(re.findall(r"<(\w+)", drawn)) <= {"p", "a"}
    assert set(re.findall(r'href="(\w+):', drawn)) <= {"https"}
    assert not re.search(r"<[^>]*\son\w+=", drawn)


@pytest.mark.parametrize(
    "text", ["[" * 20_000, "*" * 20_000, "> " * 10_000, "[a](" * 5_000, "`" * 20_000, "- " * 9_000]
)
def test_hostile_text_is_drawn_in_no_time(text):
    began = time.process_time()

    rich(text)

    assert time.process_time() - began < 2
