"""What is accepted is kept clean, and shown and exported as it was kept: no tag of it becomes a tag of the page."""

import json
from html.parser import HTMLParser

import pytest

from review_app.domain.text import clean_line, clean_text
from review_app.web import limits
from tests.attacks import strings
from tests.attacks.forms_found import arrives, body, read

PLAIN = "Four odd words here"
TEXTS = {**strings.CONTROLS, **strings.MARKUP, **strings.MEANINGS}
FIELDS = ("title", "purpose", "venue", "funding")


class Page(HTMLParser):
    """The tags of a page with the names of their attributes, and its words."""

    def __init__(self, html):
        super().__init__(convert_charrefs=True)
        self.tags, self.words, self.values = [], [], []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, *(name for name, _value in attrs)))
        self.values += [value or "" for _name, value in attrs]

    def handle_data(self, data):
        self.words.append(data)

    def holds(self, text):
        """Tell whether a text stands in the page, its blanks folded as a browser folds them."""
        wanted = " ".join(text.split())
        return any(wanted in " ".join(one.split()) for one in ["".join(self.words), *self.values])


@pytest.fixture
def site(app, enter_as, world):
    """Save the terms of a review with one text in every field, and look at every page that shows them."""
    client, ref = enter_as("secretariat"), world["scoping"]
    public = f"/reviews/{ref}"
    pages = (public, f"{public}/scope", f"{public}/team", "/desk?stage=scoping", "/reviews?stage=scoping")

    def save(text):
        given = dict.fromkeys(FIELDS, text) | _beside(client, f"{public}/scope")
        answer = client.post(f"{public}/scope", data=body(given.items()), content_type=limits.PLAIN)
        return answer, [(page, Page(client.get(page).text)) for page in pages]

    def export():
        return json.loads(app.test_cli_runner().invoke(args=["reviews", "export", ref]).output)["reviews"][0]

    return save, export


def _beside(client, page):
    """What stands in the form beside the texts."""
    [form] = [one for one in read(client.get(page).text, page)[0] if one.action.endswith(page)]
    return {name: value for name, value in form.filled() if name not in FIELDS}


@pytest.mark.drill
def test_what_is_accepted_is_shown_and_exported_as_it_is(site, amount, promise):
    save, export = site
    first, before = save(PLAIN)
    assert first.status_code == 303
    wrong, looked = [], 0
    for title, raw in list(TEXTS.items())[:: amount(quick=4, full=1)]:
        answer, pages = save(raw)
        text = arrives(raw)
        taken = answer.status_code == 303
        for (page, shown), (_page, plain) in zip(pages, before, strict=True):
            looked += 1
            if taken and shown.tags != plain.tags:
                wrong.append(f"{title}: other tags on {page}")
            if taken and "scope" in page and not all(shown.holds(one) for one in (clean_line(text), clean_text(text))):
                wrong.append(f"{title}: not shown on {page}")
        if taken and export()["title"] != clean_line(text):
            wrong.append(f"{title}: exported as {export()['title']!r}")
        if not taken and (answer.status_code != 422 or not Page(answer.text).holds(clean_line(text))):
            wrong.append(f"{title}: refused with {answer.status_code}, text not kept")

    promise("texts_changed", len(wrong), of=looked)
    assert "\n".join(wrong) == ""
