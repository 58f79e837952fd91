"""The catalogues of reports: whole, in step with the code, true to what is filled in; a broken one breaks nothing."""

from gettext import c2py

import pytest
from babel import Locale
from babel.messages import Catalog

from review_app.cli import catalogues, extraction
from review_app.cli.catalogues import TRANSLATED
from review_app.domain import themes
from review_app.domain.languages import LANGUAGES
from review_app.reports import page
from review_app.reports.materials import PROJECT, Materials
from review_app.reports.wording import catalogue
from review_app.reports.wording.words import Words
from tests.reports.examples import snapshot

FOLDER = Materials.of().catalogues
CITIES = ("%(count)s city", "%(count)s cities")


@pytest.fixture(scope="module")
def wanted():
    return {domain: catalogues.template(PROJECT, domain) for domain in catalogue.DOMAINS}


@pytest.fixture
def german(tmp_path):
    """Write a German catalogue of one's own and return its folder."""

    def write(*lines):
        path = catalogue.path_of(tmp_path, "de", catalogue.REPORTS)
        path.parent.mkdir(parents=True)
        path.write_text("\n".join(('msgid ""', 'msgstr "Content-Type: text/plain; charset=utf-8\\n"', "", *lines)))
        return tmp_path

    return write


@pytest.mark.parametrize("domain", catalogue.DOMAINS)
def test_what_there_is_to_translate_is_what_the_code_says(wanted, domain):
    kept = catalogues.template_path(FOLDER, domain).read_bytes()

    assert kept == catalogues.written(wanted[domain]), "run `flask translations update`"


@pytest.mark.parametrize("domain", catalogue.DOMAINS)
@pytest.mark.parametrize("language", TRANSLATED)
def test_every_catalogue_is_in_step_and_written_as_the_command_writes_it(wanted, domain, language):
    kept = catalogue.path_of(FOLDER, language, domain).read_bytes()

    fresh = catalogues.renewed(catalogues.load(FOLDER, language, domain), wanted[domain], language)

    assert kept == catalogues.written(fresh, language), "run `flask translations update`"


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_sentence_is_translated(language):
    catalog = catalogues.load(FOLDER, language, catalogue.REPORTS)

    assert [message.id for message in catalogues.missing(catalog)] == []


@pytest.mark.parametrize("domain", catalogue.DOMAINS)
@pytest.mark.parametrize("language", TRANSLATED)
def test_every_translation_fills_in_and_ends_as_its_sentence_does(domain, language):
    catalog = catalogues.load(FOLDER, language, domain)

    assert list(catalogues.problems(catalog, language)) == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_forms_are_chosen_as_cldr_chooses_them(language):
    forms, expression = catalogue.plural(language)
    choose, category = c2py(expression), Locale(language, "PT" if language == "pt" else None).plural_form
    chosen = {category(count): choose(count) for count in range(1000)}

    assert [count for count in range(1000) if choose(count) != chosen[category(count)]] == []
    assert set(chosen.values()) == set(range(forms))


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("ga", ["1 chathair", "2 chathair", "3 chathair", "9 gcathair", "11 cathair"]),
        ("sl", ["1 mesto", "2 mesti", "3 mesta", "9 mest", "11 mest"]),
        ("mt", ["Belt 1", "2 ibliet", "3 ibliet", "9 ibliet", "11-il belt"]),
        ("lt", ["1 miestas", "2 miestai", "3 miestai", "9 miestai", "11 miestų"]),
        ("lv", ["1 pilsēta", "2 pilsētas", "3 pilsētas", "9 pilsētas", "11 pilsētu"]),
        ("pl", ["1 miasto", "2 miasta", "3 miasta", "9 miast", "11 miast"]),
        ("ro", ["1 oraș", "2 orașe", "3 orașe", "9 orașe", "11 orașe"]),
        ("fr", ["1 ville", "2 villes", "3 villes", "9 villes", "11 villes"]),
        ("hu", ["1 város", "2 város", "3 város", "9 város", "11 város"]),
    ],
)
def test_things_are_counted_as_the_language_counts(language, told):
    words = Words(language, Materials.of().sentences(language))

    assert [words.ngettext(*CITIES, count) for count in (1, 2, 3, 9, 11)] == told


def test_themes_methods_labels_and_records_are_among_the_sentences(wanted):
    texts = wanted[catalogue.REPORTS]

    assert [label for label in themes.THEMES.values() if label not in texts] == []
    assert {"Critical friend review", "Feedback", "The host city", "Who pays?", "Policy transfer"} <= {
        message.id for message in texts if isinstance(message.id, str)
    }


def test_names_of_cities_have_a_context_of_their_own(wanted):
    assert wanted[catalogue.PLACES].get("Ghent", catalogue.CITY) is not None
    assert wanted[catalogue.PLACES].get("Ghent") is None
    assert len(extraction.cities(PROJECT)) > len(extraction.WELL_KNOWN)


def test_a_language_without_a_catalogue_speaks_english(tmp_path):
    assert catalogue.read(tmp_path, "de").gettext("Success factors") == "Success factors"
    assert Materials.of().sentences("tlh").gettext("Success factors") == "Success factors"
    assert Materials.of().sentences("../../etc").gettext("Success factors") == "Success factors"


def test_a_catalogue_is_read_once():
    assert Materials.of().sentences("fr") is Materials.of().sentences("fr")


@pytest.mark.parametrize(
    "lines",
    [
        ("msgid without quotes",),
        ('msgid "Success factors"', 'msgstr "Erfolgs'),
        ("\x00\x01\x02",),
    ],
)
def test_a_broken_catalogue_does_not_break_a_report(german, lines):
    sentences = catalogue.read(german(*lines), "de")

    assert "In brief" in page.body(snapshot(language="de"), sentences)


def test_a_catalogue_that_is_no_text_does_not_break_a_report(german):
    folder = german()
    catalogue.path_of(folder, "de", catalogue.REPORTS).write_bytes(b'msgid "a"\nmsgstr "\xff\xfe"\n')

    assert catalogue.read(folder, "de").gettext("In brief") == "In brief"


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("Förderung: %(funding)s.", "Förderung: %(funding)s."),
        ("Förderung: %(money)s.", "Funding: %(funding)s."),
        ("Förderung.", "Funding: %(funding)s."),
        ("Förderung zu 100 %: %(funding)s.", "Funding: %(funding)s."),
        ("Förderung: %(funding)d %(funding)s.", "Funding: %(funding)s."),
    ],
)
def test_a_translation_that_would_break_the_page_is_left_out(german, said, told):
    folder = german('msgid "Funding: %(funding)s."', f'msgstr "{said}"')

    assert catalogue.read(folder, "de").gettext("Funding: %(funding)s.") == told


def test_a_counted_sentence_with_too_few_forms_is_left_out(german):
    folder = german(f'msgid "{CITIES[0]}"', f'msgid_plural "{CITIES[1]}"', 'msgstr[0] "%(count)s Stadt"')

    assert catalogue.read(folder, "de").ngettext(*CITIES, 2) == CITIES[1]


def test_faults_and_ends_are_told_in_sentences():
    catalog = catalogue.empty("de")
    catalog.add("Contact:", " Kontakt")
    catalog.add(CITIES, ("%(count)s Stadt", "Städte"))

    assert list(catalogues.problems(catalog, "de")) == [
        "“Städte” does not fill in what “%(count)s cities” does",
        "“ Kontakt” does not begin and end as “Contact:”",
    ]


def test_a_sentence_that_is_only_alike_keeps_no_old_translation():
    kept, changed = catalogue.empty("de"), Catalog()
    kept.add("Next steps", "Nächste Schritte")
    kept.add("Sources", "Quellen")
    changed.add("Next steps of the host")
    changed.add("Sources")

    fresh = catalogues.renewed(kept, changed, "de")

    assert {message.id: message.string for message in fresh if message.id} == {
        "Next steps of the host": "",
        "Sources": "Quellen",
    }


def test_every_language_but_english_has_catalogues():
    assert {*TRANSLATED, "en"} == set(LANGUAGES)
    assert sorted(path.name for path in FOLDER.iterdir() if path.is_dir()) == sorted(TRANSLATED)
