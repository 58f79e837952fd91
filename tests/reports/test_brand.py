"""A report in the look of its network: on paper and in the browser, the same for ever, and nothing else gets in."""

import hashlib
import re

import pikepdf
import pytest
from pydantic import ValidationError

from review_app.domain.material import Issue
from review_app.extensions import branding
from review_app.reports import brand_styles, page
from review_app.reports.drawings.colours import Palette
from review_app.reports.frozen.freezing import DISCLAIMER, freeze
from review_app.reports.frozen.snapshot import Brand, Worded
from review_app.reports.kinds import blank_form, fiche, participants
from review_app.reports.materials import Materials
from review_app.reports.printing import pdf
from review_app.reports.wording.printable import spelled_out
from tests import brand_folder
from tests.reports.examples import FULL, snapshot
from tests.reports.freezing_material import DRAFT, PUBLISHED, material
from tests.reports.page_text import lines
from tests.reports.small_papers import TODAY, review
from tests.reports.test_report_pdf import tags

PLAIN = Brand()


@pytest.fixture(scope="module")
def brand(tmp_path_factory):
    """The brand of a folder as an operator left it, read."""
    return branding.read(brand_folder.put(tmp_path_factory.mktemp("brand")))


@pytest.fixture(scope="module")
def worn(brand):
    """The full report in that look, paid by its funder."""
    frozen = freeze(material(brand=brand, funding="EaSI"), PUBLISHED).brand
    return FULL.model_copy(update={"brand": frozen, "funding": "EaSI", "check_at": "https://reviews.example/check"})


@pytest.fixture(scope="module")
def printed(press, worn, tmp_path_factory):
    path = tmp_path_factory.mktemp("worn") / "report.pdf"
    press.print_to(path, worn)
    return path


def painted(path):
    """Every colour that the pages and the drawings on them are painted with, as #rrggbb."""
    found = set()
    with pikepdf.open(path) as file:
        for stream in file.objects:
            if isinstance(stream, pikepdf.Stream) and stream.get("/Subtype") != "/Image":
                content = stream.read_bytes()
                for red, green, blue in re.findall(rb"([\d.]+) ([\d.]+) ([\d.]+) (?:rg|RG|scn|SCN)\b", content):
                    found.add("#" + bytes(round(float(one) * 255) for one in (red, green, blue)).hex())
    return found


def test_paper_wears_the_colours_of_the_network_and_none_of_the_product(printed):
    found = painted(printed)

    assert set(brand_folder.COLOURS) <= found
    assert found & {PLAIN.ink, PLAIN.accent, PLAIN.mid, PLAIN.pale, PLAIN.line} == set()


def test_the_logo_is_a_figure_with_its_words_before_everything_else(printed):
    class Paper:
        open = staticmethod(lambda: pikepdf.open(printed))

    figures = [alt for tag, alt in tags(Paper) if tag == "/Figure"]

    assert figures[0] == "A buoy & a hill"
    assert len(figures) == 5


def test_the_logo_is_ten_millimetres_high(printed):
    with pikepdf.open(printed) as file:
        content = file.pages[0].Contents.read_bytes().decode("latin-1")

    assert any(
        abs(float(high) - 10 / 25.4 * 72 * 4 / 3) < 0.5 or abs(float(high) - 10 / 25.4 * 72) < 0.5
        for high in re.findall(r"[\d.]+ 0 0 -?([\d.]+) [-\d.]+ [-\d.]+ cm\s*/\S+ Do", content)
    )


def test_the_same_branded_report_gives_the_same_bytes_in_every_process(worn, printed):
    once = pdf.render(page.document(worn), pdf.Assets.read(Materials.of()), identifier=worn.sha256, brand=worn.brand)

    assert hashlib.sha256(once.content).hexdigest() == hashlib.sha256(printed.read_bytes()).hexdigest()


def test_only_the_logo_of_the_report_itself_is_fetched(worn):
    other = worn.brand.model_copy(update={"logo": worn.brand.logo.replace("iVBOR", "iVBOS")})

    with pytest.raises(pdf.Refused):
        pdf.render(page.document(worn), pdf.Assets.read(Materials.of()), identifier="x", brand=other)


def test_a_report_without_a_logo_fetches_no_picture_at_all(worn):
    html = page.document(snapshot()).replace("<h1", f'<img src="{worn.brand.logo}" alt="x"><h1')

    with pytest.raises(pdf.Refused):
        pdf.render(html, pdf.Assets.read(Materials.of()), identifier="x")


@pytest.mark.parametrize(
    "changes",
    [
        {"ink": "red"},
        {"ink": "#14284b;}@import url(http://127.0.0.1/)"},
        {"pale": "#E6EBF2\n"},
        {"logo": "https://example.org/logo.png"},
        {"logo": "data:image/svg+xml;base64,AAAA"},
        {"logo": 'data:image/png;base64,AA"onerror="x'},
    ],
)
def test_a_snapshot_with_anything_but_colours_and_a_picture_is_refused(changes):
    with pytest.raises(ValidationError):
        Brand(**changes)


def test_styles_hold_checked_colours_and_nothing_else(worn):
    ink, accent, mid, pale, line = brand_folder.COLOURS

    assert brand_styles.printed(worn.brand).decode() == (
        f":root{{--ink:{ink};--accent:{accent};--mid:{mid};--pale:{pale};--line:{line};}}"
        f"@page{{@top-left{{color:{mid}}}@bottom-left{{color:{mid}}}@bottom-right{{color:{mid}}}}}"
    )
    assert brand_styles.shown(worn.brand) == (
        f".report-article{{--report-ink:{ink};--report-accent:{accent};--report-mid:{mid};"
        f"--report-pale:{pale};--report-line:{line};}}"
    )


def test_the_colours_of_a_report_stand_in_the_address_of_its_styles(worn):
    code = brand_styles.code_of(worn.brand)

    assert code == "".join(colour[1:] for colour in brand_folder.COLOURS)
    assert brand_styles.brand_of(code) == Brand(**dict(zip(brand_styles.NAMES, brand_folder.COLOURS, strict=True)))
    assert f'<link rel="stylesheet" href="/brand.css?v={code}">' in page.body(worn)
    assert "brand.css" not in page.body(FULL)
    assert brand_styles.code_of(PLAIN) == ""


@pytest.mark.parametrize("code", ["", "14284b", "x" * 30, "0" * 31, "14284B" * 5])
def test_what_spells_no_colours_is_no_brand(code):
    assert brand_styles.brand_of(code) is None


def test_drawings_in_the_browser_wear_the_colours_too(worn):
    html = str(page.body(worn))

    assert set(re.findall(r'(?:fill|stroke)="(#\w+)"', html)) <= {*brand_folder.COLOURS, "#ffffff", "#cbddd8"}
    assert f'src="{worn.brand.logo}" alt="A buoy &amp; a hill"' in html


def test_a_funder_is_thanked_in_the_language_of_the_report(worn):
    french = page.document(worn.spoken("fr"))

    assert "<p>Financé par l’Union européenne au titre d’EaSI.</p>" in french
    assert '<p lang="en">Views are those of the authors.</p>' in french
    assert "Funded by the European Union" not in french


def test_the_line_of_a_funder_stands_for_its_bare_name_and_beside_anything_more(worn):
    more = worn.model_copy(update={"funding": "EaSI, agreement 12345"})

    assert "Funding: EaSI." not in lines(page.document(worn))
    assert "Funded by the European Union through EaSI." in lines(page.document(worn))
    assert "Funding: EaSI, agreement 12345." in lines(page.document(more))


def test_a_funder_without_the_language_and_without_english_is_thanked_as_it_wants():
    brand = Brand(funder="F", funding=(Worded(language="it", text="Finanziato."),))

    html = page.document(snapshot(brand=brand, funding="F"))

    assert '<p lang="it">Finanziato.</p>' in html


def test_european_money_keeps_its_disclaimer_whatever_the_brand_says(brand):
    paid = freeze(material(brand=brand, funding="EaSI"), DRAFT)
    other = freeze(material(brand=brand, funding="The city of Aldermere"), DRAFT)

    assert paid.disclaimer == DISCLAIMER
    assert [one.text for one in paid.brand.disclaimer] == ["Views are those of the authors."]
    assert (other.disclaimer, other.brand.funder, other.brand.funding) == (None, "", ())


def test_brand_and_address_are_frozen_into_drafts_and_numbered_reports(brand):
    for issue in (DRAFT, PUBLISHED, Issue(number=2)):
        frozen = freeze(material(brand=brand, check_at="https://reviews.example/check"), issue)

        assert (frozen.brand.ink, frozen.brand.logo) == ("#0b3d35", brand.logo)
        assert frozen.check_at == "https://reviews.example/check"


def test_signs_without_a_glyph_are_named_in_drawings_as_in_the_text():
    html = '<p>Why 🚀?</p><img src="data:image/svg+xml,%3Csvg%3EWhy %F0%9F%9A%80?%3C/svg%3E">'

    assert spelled_out(html, ("🚀",)) == (
        '<p>Why [rocket]?</p><img src="data:image/svg+xml,%3Csvg%3EWhy %5Brocket%5D?%3C/svg%3E">'
    )


@pytest.mark.parametrize("kind", [fiche, blank_form, participants])
def test_papers_without_a_number_wear_the_look_too(kind, brand, press, tmp_path):
    worn = kind.freeze(review(brand=brand), TODAY)
    plain = kind.freeze(review(), TODAY)

    press.print_to(tmp_path / "worn.pdf", worn)
    press.print_to(tmp_path / "plain.pdf", plain)

    assert '<img class="report-logo"' in page.document(worn)
    assert Palette.of(worn.brand).ink in painted(tmp_path / "worn.pdf")
    assert Palette.of(plain.brand).ink not in painted(tmp_path / "worn.pdf")
    assert plain.sha256 == kind.freeze(review(), TODAY).sha256 != worn.sha256
