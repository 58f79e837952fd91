"""Dates, names and counts as the report's language says them."""

import pytest

from review_app.domain.vocabulary import ItemKind, PlaceKind, Precision, Side
from review_app.reports.frozen.snapshot import Numbers, When
from review_app.reports.parts import counting
from review_app.reports.wording.words import Words
from tests.reports.examples import place, snapshot

HOST = place("Ghent", "BE", side=Side.HOST)
EIGHT = tuple(place(f"City {number}", "FR") for number in range(8))


@pytest.mark.parametrize(
    ("start", "end", "precision", "told"),
    [
        ("2019-11-14", "2019-11-15", Precision.DAY, "14–15 November 2019"),
        ("2014-10-22", "2014-10-22", Precision.DAY, "22 October 2014"),
        ("2014-10-22", None, Precision.DAY, "22 October 2014"),
        ("2019-10-30", "2019-11-02", Precision.DAY, "30 October\u2009–\u20092 November 2019"),
        ("2019-12-30", "2020-01-02", Precision.DAY, "30 December 2019\u2009–\u20092 January 2020"),
        ("2018-10", "2018-10", Precision.MONTH, "October 2018"),
        ("2018-10", "2018-12", Precision.MONTH, "October\u2009–\u2009December 2018"),
        ("2019", None, Precision.YEAR, "2019"),
        ("2017", "2019", Precision.YEAR, "2017–2019"),
        (None, None, Precision.UNKNOWN, "dates not on record"),
        ("2019-11-14", None, Precision.UNKNOWN, "dates not on record"),
    ],
)
def test_days_are_told_as_exactly_as_they_are_known(words, start, end, precision, told):
    assert words.when(When(start=start, end=end, precision=precision)) == told


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("el", "14–15 Νοεμβρίου 2019"),
        ("bg", "14 – 15 ноември 2019\u202fг."),
        ("fi", "14.–15. marraskuuta 2019"),
        ("fr", "14–15 novembre 2019"),
        ("tlh", "14–15 November 2019"),
        ("not a language", "14–15 November 2019"),
    ],
)
def test_days_are_told_in_the_language_of_the_report(language, told):
    when = When(start="2019-11-14", end="2019-11-15", precision=Precision.DAY)

    assert Words(language).when(when) == told


@pytest.mark.parametrize(
    ("name", "country", "kind", "told"),
    [
        ("Lyon", "FR", "city", "Lyon (France)"),
        ("ES", "ES", "country", "Spain"),
        ("Germany", "DE", "country", "Germany"),
        ("Thessaloniki", "EL", "city", "Thessaloniki (Greece)"),
        ("Bristol", "UK", "city", "Bristol (United Kingdom)"),
        ("Basso Piave", "IT", "functional urban area", "Basso Piave (Italy, functional urban area)"),
        ("EUROCITIES", "BE", "network", "EUROCITIES (Belgium, network)"),
        ("Atlantis", "", "city", "Atlantis"),
        ("Utopia", "Nowhere", "guild", "Utopia (Nowhere, guild)"),
    ],
)
def test_a_place_is_named_with_its_country_and_with_its_kind_when_it_is_no_city(words, name, country, kind, told):
    assert words.place(place(name, country, kind=kind)) == told


@pytest.mark.parametrize("kind", list(ItemKind))
def test_one_and_many_are_told_apart(words, kind):
    assert words.items(kind, 1).startswith("1 ")
    assert words.items(kind, 1) != words.items(kind, 2).replace("2 ", "1 ")


@pytest.mark.parametrize(
    ("kinds", "told"),
    [
        (["city", "metropole"], "9 cities"),
        (["country"], "9 countries"),
        (["region"], "9 regions"),
        (["city", "network"], "9 organisations"),
        (["local authority"], "9 organisations"),
    ],
)
def test_those_who_took_part_are_counted_as_what_they_are(words, kinds, told):
    assert words.territories(9, kinds) == told


@pytest.mark.parametrize(
    ("places", "numbers", "told"),
    [
        (
            (HOST, *EIGHT),
            Numbers(peer_cities=8, cities_stated=9, people_stated=20),
            "20 people from 9 cities, host included, met in Ghent.",
        ),
        ((HOST, *EIGHT), Numbers(peer_cities=8, people=1), "1 person from 9 cities, host included, met in Ghent."),
        (
            (HOST, *EIGHT),
            Numbers(peer_cities=8, cities_stated=8, people=11),
            "11 people from 8 cities, the host not counted, met in Ghent.",
        ),
        (
            (HOST,),
            Numbers(peer_cities=0, cities_stated=15, people_stated=22),
            "22 people from 15 cities met in Ghent; whether the host is counted is not on record.",
        ),
        ((HOST, *EIGHT), Numbers(peer_cities=8), "9 cities, host included, took part in the review of Ghent."),
        (
            (HOST, *EIGHT),
            Numbers(peer_cities=8, cities_stated=8),
            "8 cities, the host not counted, took part in the review of Ghent.",
        ),
        (
            (HOST,),
            Numbers(peer_cities=0, cities_stated=18),
            "18 cities took part in the review of Ghent; whether the host is counted is not on record.",
        ),
        ((HOST,), Numbers(peer_cities=0, people_stated=160), "160 people took part in the review of Ghent."),
        ((HOST,), Numbers(peer_cities=0), "Ghent opened its practice to critical friends."),
        ((), Numbers(peer_cities=0), "Who took part is not on record."),
        (EIGHT, Numbers(peer_cities=8), "8 cities took part."),
        (EIGHT, Numbers(peer_cities=8, people=12), "12 people from 8 cities took part."),
        ((), Numbers(peer_cities=0, people=12), "12 people took part."),
    ],
)
def test_the_lead_says_who_met_and_whether_the_host_is_counted(words, places, numbers, told):
    assert counting.lead(snapshot(places=places, numbers=numbers), words) == told


@pytest.mark.parametrize(
    ("numbers", "told"),
    [
        (Numbers(peer_cities=0, cities_stated=16), "16 cities took part in reviews led by EUROCITIES."),
        (Numbers(peer_cities=0), "The reviews were led by EUROCITIES."),
    ],
)
def test_nobody_meets_in_a_network(words, numbers, told):
    network = place("EUROCITIES", "BE", side=Side.HOST, kind=PlaceKind.NETWORK)

    assert counting.lead(snapshot(places=(network,), numbers=numbers), words) == told


@pytest.mark.parametrize(
    ("numbers", "told"),
    [
        (Numbers(peer_cities=0, people=22), ("22", ())),
        (Numbers(peer_cities=0, people=22, people_stated=22), ("22", ())),
        (Numbers(peer_cities=0, people=22, people_stated=24), ("22", ("counted; the source states 24",))),
        (Numbers(peer_cities=0, people_stated=20, people_note="a note"), ("20", ("as the source states", "a note"))),
        (Numbers(peer_cities=0, people_note="over 30 delegates"), ("over 30 delegates", ())),
    ],
)
def test_a_counted_number_and_a_stated_one_are_told_apart(words, numbers, told):
    fact = counting.people_fact(snapshot(numbers=numbers), words)

    said = (fact.said.text,) if fact.said else ()
    assert (fact.value, (*fact.notes, *said)) == told


@pytest.mark.parametrize(
    ("places", "numbers", "told"),
    [
        ((HOST, *EIGHT), Numbers(peer_cities=8), ("8 cities", ("and the host",))),
        (
            (HOST, *EIGHT),
            Numbers(peer_cities=8, cities_stated=9),
            ("9 cities", ("host included", "as stated; 8 visitors are named")),
        ),
        (
            (HOST,),
            Numbers(peer_cities=0, cities_stated=15),
            (
                "15 cities",
                ("whether the host is counted is not on record", "as stated; the visitors are not named"),
            ),
        ),
    ],
)
def test_the_fact_on_cities_says_what_is_named_and_what_is_stated(words, places, numbers, told):
    fact = counting.cities_fact(snapshot(places=places, numbers=numbers), words)

    assert (fact.value, fact.notes) == told


def test_what_is_not_on_record_is_no_fact(words):
    assert counting.people_fact(snapshot(), words) is None
    assert counting.cities_fact(snapshot(), words) is None
