"""What the address of a list says: how it is narrowed, and which page is asked for."""

import pytest

from review_app.web.paging import narrowed_by, page_asked


@pytest.mark.parametrize(
    "sent", [{"query_string": "theme=Jobs&year=2019"}, {"data": {"theme": "Jobs", "year": "2019"}}]
)
def test_a_list_is_narrowed_by_its_address_as_by_its_form(app, sent):
    with app.test_request_context("/", method="POST", **sent):
        assert narrowed_by(("theme", "country", "year"), longest=80) == {"theme": "Jobs", "year": "2019"}


def test_a_reader_narrows_by_clean_words_of_a_length_that_fits_and_by_known_filters_alone(app):
    with app.test_request_context("/", query_string={"theme": " Jobs\x00 for\nall ", "review": "a" * 90, "other": "x"}):
        assert narrowed_by(("theme", "review", "kind"), longest=80) == {"theme": "Jobs for all", "review": "a" * 80}


@pytest.mark.parametrize(("asked", "page"), [("3", 3), ("0", 1), ("-2", 1), ("99999", 9999), ("٣", 1), ("all", 1)])
def test_a_reader_who_asks_for_no_page_there_is_gets_the_nearest(app, asked, page):
    with app.test_request_context("/", query_string={"page": asked}):
        assert page_asked() == page
