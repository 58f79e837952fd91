"""Word files in the hands of another program: LibreOffice opens them, keeps what they are, and gives them back."""

import re
import shutil
import subprocess
from itertools import pairwise

import pytest
from PIL import Image

from review_app.reports.exports import word, word_back
from review_app.reports.exports.office.marks import message_of
from tests.reports import small_papers
from tests.reports.examples import CHALLENGES, DRAFT, FULL, SUCCESSES
from tests.reports.foreign_examples import FOREIGN
from tests.reports.word_reading import Read
from tests.word_files import retyped

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice (soffice) is not installed"),
]
SECONDS = 180


def keyed(section):
    """A section whose messages have keys, as in a draft; the kind makes them differ."""
    messages = (
        one.model_copy(update={"key": f"{section.kind.value}-{number:0>20}"[-22:]})
        for number, one in enumerate(section.messages)
    )
    return section.model_copy(update={"messages": tuple(messages)})


PAPER = DRAFT.model_copy(update={"sections": (keyed(SUCCESSES), keyed(CHALLENGES))})
MESSAGES = [message for section in PAPER.sections for message in section.messages]


@pytest.fixture(scope="module")
def convert(tmp_path_factory):
    """Let LibreOffice write a file in another form; its profile is of this test alone."""
    profile = tmp_path_factory.mktemp("office")

    def converted(content, beginning, ending):
        folder = tmp_path_factory.mktemp("converted")
        given = folder / f"given.{beginning}"
        given.write_bytes(content)
        command = ("soffice", f"-env:UserInstallation={profile.as_uri()}", "--headless", "--convert-to", ending)
        made = folder / "made"
        subprocess.run([*command, "--outdir", made, given], check=True, capture_output=True, timeout=SECONDS)
        return (made / f"given.{ending}").read_bytes()

    return converted


@pytest.fixture(scope="module")
def through_odt(convert):
    """The draft after it was saved as OpenDocument and as Word again."""
    return convert(convert(word.document(PAPER), "docx", "odt"), "odt", "docx")


@pytest.fixture(scope="module")
def saved_again(convert):
    """The draft after LibreOffice saved it as Word."""
    return convert(word.document(PAPER), "docx", "docx")


def _returned(content):
    return [(one.mark, one.headline, one.body, one.dissent) for one in word_back.read(content).messages]


def _expected():
    return [(message_of(one.key), one.headline, one.body, one.dissent) for one in MESSAGES]


def test_headings_outlive_the_other_format(through_odt):
    assert Read(through_odt).headings() == Read(word.document(PAPER)).headings()


def test_lists_outlive_the_other_format(through_odt):
    def items(content):
        return [(name, text) for name, _number, text in Read(content).lists()]

    assert items(through_odt) == items(word.document(PAPER))


def test_tables_outlive_the_other_format_with_their_repeated_heads(through_odt):
    def tables(content):
        return [(head, rows) for _caption, head, rows in Read(content).tables()]

    assert tables(through_odt) == tables(word.document(PAPER))


def test_alternative_texts_and_links_outlive_the_other_format(through_odt):
    before, after = Read(word.document(PAPER)), Read(through_odt)

    assert (after.pictures(), after.links()) == (before.pictures(), before.links())


def test_languages_outlive_the_other_format(convert):
    before = word.document(FOREIGN)

    after = convert(convert(before, "docx", "odt"), "odt", "docx")

    spoken = Read(after)
    for text, language in Read(before).languages():
        assert spoken.language_of(text.strip()) >= {language}, text


@pytest.mark.parametrize("way", ["through_odt", "saved_again"])
def test_every_message_is_found_again_word_for_word(way, request):
    assert _returned(request.getfixturevalue(way)) == _expected()


@pytest.mark.parametrize("way", ["through_odt", "saved_again"])
def test_a_file_that_went_through_another_program_knows_where_it_comes_from(way, request):
    found = word_back.read(request.getfixturevalue(way))

    assert (found.review, found.content) == (PAPER.ref, PAPER.sha256)
    assert [one.was for one in found.messages] == [one.was for one in word_back.read(word.document(PAPER)).messages]


def test_what_is_edited_after_all_that_comes_back(through_odt):
    first = MESSAGES[0].headline

    edited = retyped(through_odt, **{first: "One adviser stays"})

    assert _returned(edited)[0][1] == "One adviser stays"


def test_it_prints_as_pdf_and_counts_its_pages(convert, tmp_path):
    made = tmp_path / "full.pdf"
    made.write_bytes(convert(word.document(FULL), "docx", "pdf"))

    said = subprocess.run(["pdftotext", "-layout", made, "-"], check=True, capture_output=True, text=True).stdout

    pages = said.split("\f")[:-1]
    assert [re.findall(r"(\d+) ?/ ?(\d+)$", page.rstrip()) for page in pages] == [
        [(str(number), str(len(pages)))] for number in range(1, len(pages) + 1)
    ]


def test_a_printed_form_has_a_line_to_write_on_under_each_question_about_the_writer(convert, tmp_path):
    made = tmp_path / "form.pdf"
    made.write_bytes(convert(word.document(small_papers.FORM), "docx", "pdf"))

    first = tmp_path / "first"
    subprocess.run(["pdftoppm", "-r", "100", "-gray", "-f", "1", "-l", "1", "-singlefile", made, first], check=True)
    with Image.open(first.with_suffix(".pgm")) as page:
        dark = [sum(page.getpixel((x, y)) < 190 for x in range(page.width)) > page.width * 0.75 for y in range(1169)]
    lines = [y for y, is_dark in enumerate(dark) if is_dark and not dark[y - 1]]

    # The bar at the head, three lines for the writer, and the one over the small print where it is on this page.
    assert len(lines) in (4, 5)
    apart = [(later - line) / 100 * 72 for line, later in pairwise(lines[1:4])]
    assert min(apart) > 23
