"""A report in each language of the Union: all of it translated, every letter printed, nothing outside its box."""

import re
import subprocess

import pikepdf
import pytest
from markupsafe import escape

from review_app.domain.languages import LANGUAGES
from review_app.domain.vocabulary import PlaceKind, Precision, Side
from review_app.reports.frozen.snapshot import HostView, Numbers, When
from review_app.reports.materials import Materials
from review_app.reports.page import body
from review_app.reports.parts import counting
from review_app.reports.wording.words import Words
from tests.reports.examples import FULL, GHENT, LESSON, place, public, said, snapshot
from tests.reports.said_dates import SPANS

DAYS = (("2019-11-14", "2019-11-15"), ("2019-10-30", "2019-11-02"), ("2019-12-30", "2020-01-01"))
OURS = (("first_step", "First step: %(step)s"), ("dissent", "A different view: %(text)s"))
HEADINGS = (
    "In brief",
    "In figures",
    "Why it matters",
    "The practice",
    "What the visitors saw",
    "What was said",
    "Success factors",
    "Key challenges",
    "Lessons learnt",
    "Suggestions of the critical friends",
    "What the cities take home",
    "The host’s word",
    "Who took part",
)
# In pt, the box of the text on the printed page: what is set outside it is cut or runs into the margin.
LEFT, RIGHT = 56, 540
LONG = {
    "fi": "lentokonesuihkuturbiinimoottoriapumekaanikkoaliupseerioppilas",
    "ga": "grianghrafadóireachtúlachtaíochtaisteachánachasacha",
    "mt": "antikonstituzzjonalizzazzjonalistikamentjitqassmilhom",
    "tr": "muvaffakiyetsizleştiricileştiriveremeyebileceklerimizdenmişsinizcesine",
}


def speaking(language):
    return Words(language, Materials.of().sentences(language))


def squeezed(text):
    """A text as pdftotext and our sentences both give it: without blanks and without places to break."""
    return re.sub(r"[\s\u00ad\u200b\u2010-]+", "", text)


def printed(press, folder, paper):
    path = folder / "paper.pdf"
    press.print_to(path, paper)
    return path


def flow(path):
    return subprocess.run(["pdftotext", str(path), "-"], check=True, capture_output=True, text=True).stdout


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_reader_finds_every_heading_in_the_language(press, tmp_path, language):
    words = speaking(language)
    told = [words.gettext(heading) for heading in HEADINGS]

    path = printed(press, tmp_path, FULL.spoken(language))

    text = squeezed(flow(path))
    with pikepdf.open(path) as file:
        assert str(file.Root.Lang) == language
    assert [one for one in told if squeezed(one) not in text] == []
    assert squeezed(counting.lead(FULL.spoken(language), words)) in text
    assert squeezed(words.day(FULL.frozen_on)) in text


@pytest.mark.parametrize("language", [one for one in LANGUAGES if one != "en"])
def test_nothing_of_ours_is_left_in_english(language):
    html = body(FULL.spoken(language))

    left = [heading for heading in HEADINGS if f">{heading}<" in html]
    assert left == []
    assert "The report does not" in html
    assert "took part" not in html
    assert "of 8 cities" not in html


@pytest.mark.parametrize("language", [one for one in LANGUAGES if one != "en"])
def test_what_people_typed_keeps_its_language(language):
    html = body(FULL.spoken(language))

    assert f'lang="{language}"' in html.split(">", 1)[0]
    assert f'<h1 class="report-title" lang="en">{FULL.title}</h1>' in html
    assert re.search(r'<h3 id="[a-z0-9-]+"><span lang="en">Employers sit at the table, and pay</span></h3>', html)
    assert '<p class="report-word" lang="en">We asked for honest friends and got them.</p>' in html
    assert f'<td data-label="{speaking(language).gettext("Takes home")}"><span lang="en">Pilots the single' in html


@pytest.mark.parametrize("language", [one for one in LANGUAGES if one != "en"])
@pytest.mark.parametrize(
    ("said", "typed"), [("first_step", "First step: %(step)s"), ("dissent", "A different view: %(text)s")]
)
def test_our_label_is_read_aloud_in_the_language_of_the_report_and_what_follows_in_its_own(language, said, typed):
    section = FULL.sections[0]
    message = section.messages[0].model_copy(update={"language": "en", said: "Ask the mayor"})
    told = FULL.model_copy(update={"sections": (section.model_copy(update={"messages": (message,)}),)})

    html = " ".join(body(told.spoken(language)).split())

    ours = str(escape(speaking(language).gettext(typed)))
    assert re.sub(r" ?%\(\w+\)s", ' <span lang="en">Ask the mayor</span>', " ".join(ours.split())) in html


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("span", range(3))
def test_days_are_told_as_the_language_tells_them(language, span):
    start, end = DAYS[span]

    told = speaking(language).when(When(start=start, end=end, precision=Precision.DAY))

    assert told == SPANS[language][span]


@pytest.mark.parametrize(
    ("language", "precision", "start", "end", "told"),
    [
        ("fr", Precision.DAY, "2026-06-01", None, "1er juin 2026"),
        ("it", Precision.DAY, "2026-06-01", None, "1º giugno 2026"),
        ("fi", Precision.MONTH, "2018-10", "2018-12", "loka–joulukuu 2018"),
        ("lv", Precision.MONTH, "2018-10", "2018-10", "2018. gada oktobris"),
        ("lv", Precision.MONTH, "2018-10", "2019-01", "2018. gada oktobris\u2009–\u20092019. gada janvāris"),
        ("lt", Precision.MONTH, "2018-10", "2018-12", "2018 m. spalis–gruodis"),
        ("hr", Precision.YEAR, "2017", "2019", "2017.\u2009–\u20092019."),
        ("bg", Precision.UNKNOWN, None, None, "датите не са отбелязани"),
    ],
)
def test_less_exact_days_are_told_too(language, precision, start, end, told):
    assert speaking(language).when(When(start=start, end=end, precision=precision)) == told


@pytest.mark.parametrize(
    ("language", "ghent", "vienna", "lyon"),
    [
        ("de", "Gent (Belgien)", "Wien (Österreich)", "Lyon (Frankreich)"),
        ("fr", "Gand (Belgique)", "Vienne (Autriche)", "Lyon (France)"),
        ("es", "Gante (Bélgica)", "Viena (Austria)", "Lyon (Francia)"),
        ("pl", "Gandawa (Belgia)", "Wiedeń (Austria)", "Lyon (Francja)"),
        ("lt", "Gentas (Belgija)", "Viena (Austrija)", "Lionas (Prancūzija)"),
        ("el", "Γάνδη (Βέλγιο)", "Βιέννη (Αυστρία)", "Λυών (Γαλλία)"),
        ("pt", "Gante (Bélgica)", "Viena (Áustria)", "Lyon (França)"),
        ("hu", "Gent (Belgium)", "Bécs (Ausztria)", "Lyon (Franciaország)"),
        ("en", "Ghent (Belgium)", "Vienna (Austria)", "Lyon (France)"),
    ],
)
def test_cities_bear_the_name_that_the_language_gives_them(language, ghent, vienna, lyon):
    words = speaking(language)
    places = (place("Ghent", "BE"), place("Vienna", "AT"), place("Lyon", "FR"))

    assert [words.place(one) for one in places] == [ghent, vienna, lyon]


def test_only_cities_are_renamed_and_only_known_ones():
    words = speaking("de")

    assert words.name(place("Ghent", "BE", kind=PlaceKind.NETWORK)) == "Ghent"
    assert words.name(place("Aldermere", "NL")) == "Aldermere"
    assert words.name(place("Reykjavik", "IS")) == "Reykjavík"


def test_european_portuguese_is_spoken_and_countries_bear_their_names_of_today():
    assert speaking("pt").country("CZ") == "Chéquia"
    assert speaking("pl").country("NL") == "Niderlandy"
    assert speaking("et").country("NL") == "Madalmaad"


def test_a_country_that_hosts_a_review_has_its_name_in_each_language():
    finland = place("Finland", "FI", side=Side.HOST, kind=PlaceKind.COUNTRY)
    aland = place("Finland and its islands", "FI", side=Side.HOST, kind=PlaceKind.COUNTRY)

    assert [speaking(language).name(finland) for language in ("en", "fi", "el")] == ["Finland", "Suomi", "Φινλανδία"]
    assert speaking("fi").place(finland) == "Suomi"
    assert speaking("fi").name(aland) == "Finland and its islands"


def test_spanish_says_e_before_i():
    words = speaking("es")

    assert words.listed(["Bilbao", "Irún"]) == "Bilbao e Irún"
    assert words.listed(["Lyon", "Madrid"]) == "Lyon y Madrid"
    assert words.listed(["Lyon", "Hierro"]) == "Lyon y Hierro"


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("de", "Treffen in Gent: 20 Personen aus 9 Städten, die gastgebende Seite mitgezählt."),
        ("fi", "Kokoontumispaikka: Gent. Osallistujat: 20 henkilöä 9 kaupungista, isäntä mukaan luettuna."),
        ("pl", "Miejsce spotkania: Gandawa. Uczestnicy: 20 osób z 9 miast, łącznie z gospodarzem."),
        ("ro", "Locul întâlnirii: Gent. Participanți: 20 de persoane din 9 orașe, inclusiv gazda."),
        ("mt", "Post tal-laqgħa: Ghent. Parteċipanti: 20 persuna minn 9 ibliet, inkluż l-ospitant."),
        ("ga", "Ionad an chruinnithe: Ghent. Rannpháirtithe: 20 duine ó 9 gcathair, an t-óstach san áireamh."),
    ],
)
def test_the_lead_bends_its_words_as_the_language_does(language, told):
    assert counting.lead(GHENT, speaking(language)) == told


@pytest.mark.parametrize(
    ("kinds", "told"),
    [
        (PlaceKind.COUNTRY, "2 Personen aus 2 Ländern, die gastgebende Seite mitgezählt."),
        (PlaceKind.REGION, "2 Personen aus 2 Regionen, die gastgebende Seite mitgezählt."),
        (PlaceKind.LOCAL_AUTHORITY, "2 Personen aus 2 Organisationen, die gastgebende Seite mitgezählt."),
    ],
)
def test_people_come_from_what_took_part(kinds, told):
    places = (place("Ghent", "BE", side=Side.HOST), place("Lyon", "FR", kind=kinds))

    lead = counting.lead(snapshot(places=places, numbers=Numbers(peer_cities=1, people=2)), speaking("de"))

    assert lead == f"Treffen in Gent: {told}"


def test_a_part_of_the_report_that_the_host_sees_differently_is_named_in_the_language():
    views = (HostView(about="Key figures", text="The number is of 2018."),)

    html = body(snapshot(language="de", host_views=views))

    assert '<b>Kennzahlen</b> <span lang="en"> The number is of 2018.</span>' in html


def test_method_theme_and_chosen_answers_are_spoken():
    message = said(
        LESSON, "A lesson", cities=2, addressee="The host city, A partner", horizon="Within a year", named=("Ghent",)
    )
    section = public(LESSON).model_copy(update={"messages": (message,)})

    html = body(snapshot(language="de", theme="Skills", sections=(section,)))

    assert "Critical-Friend-Review\u00a0· Kurzbericht" in html
    assert "<strong>Kompetenzen</strong>" in html
    assert "gerichtet an: Die gastgebende Stadt, Ein Partner" in html
    assert "Innerhalb eines Jahres" in html
    assert "darunter Gent" in html


@pytest.mark.parametrize("language", ["de", "el", "bg", "fi", "ga", "mt", "hu", "lt"])
def test_every_word_stays_in_the_box_of_the_page(press, tmp_path, language):
    long = tuple(said(LESSON, word.capitalize(), f"{word} {word}", 3, language=code) for code, word in LONG.items())
    laden = FULL.model_copy(update={"sections": (public(LESSON).model_copy(update={"messages": long}), *FULL.sections)})

    path = printed(press, tmp_path, laden.spoken(language))

    told = subprocess.run(["pdftotext", "-bbox", str(path), "-"], check=True, capture_output=True, text=True).stdout
    found = re.findall(r'<word xMin="([\d.]+)" yMin="[\d.]+" xMax="([\d.]+)" yMax="[\d.]+">(.*?)</word>', told)
    assert len(found) > 300
    assert [word for left, right, word in found if float(left) < LEFT or float(right) > RIGHT] == []
    text = squeezed(flow(path)).casefold()
    assert [word for word in LONG.values() if word.casefold() not in text] == []
