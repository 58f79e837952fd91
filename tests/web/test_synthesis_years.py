"""The reviews of a synthesis are chosen by the years of their visits: one, or several in a row."""

import re

from review_app.domain.vocabulary import Level
from review_app.queries import synthesis_candidates as candidates
from review_app.queries.synthesis_candidates import Wanted
from tests import network_synthesis_world as made

DRAFT = "/syntheses/city-reviews-on-the-public-record/reviews"


def listed(answer):
    return re.findall(r'name="shown" value="([^"]+)"', answer.text)


def test_a_visit_counts_when_a_day_of_it_lies_in_the_years(in_context, world):
    synthesis = made.begun(world.person("secretariat"), level=Level.PUBLIC)

    def refs(**wanted):
        return {line.ref for line in candidates.listed(synthesis, Wanted(**wanted)).rows}

    assert refs(year=2008, until=2010) == {"inti-cities", "dive"}
    assert refs(until=2009) == {"inti-cities", "dive"}
    assert refs(year=2016, until=2016) == {"madrid-2016", "paris-2016"}
    assert refs(year=2016, until=2017) == {"madrid-2016", "paris-2016", "cities-grow", "berlin-2017"}
    assert refs(year=2017, until=2016) == set()


def test_the_secretariat_narrows_the_list_to_several_years_and_takes_all_of_them(enter_as):
    secretariat = enter_as("secretariat")

    page = secretariat.get(f"{DRAFT}?year=2016&until=2017")

    assert sorted(listed(page)) == ["berlin-2017", "cities-grow", "madrid-2016", "paris-2016"]
    assert re.findall(r'<select[^>]*name="(year|until)"', page.text) == ["year", "until"]
    assert re.findall(r'<option value="(\d+)" selected', page.text) == ["2016", "2017"]
    assert 'name="until" value="2017"' in page.text


def test_a_year_that_is_none_narrows_nothing(enter_as):
    secretariat = enter_as("secretariat")

    assert listed(secretariat.get(f"{DRAFT}?until=x")) == listed(secretariat.get(DRAFT))
