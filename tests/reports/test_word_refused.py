"""Word files that nobody should send: told apart, refused, and never unpacked beyond what a report may be."""

import io
import zipfile
from contextlib import suppress

import pytest

from review_app.domain.refusal import Unacceptable
from review_app.files.inspection import read_word
from review_app.reports.exports import word
from review_app.reports.exports.office import archive as opening
from review_app.reports.exports.office.archive import WordRefused, WordTrouble
from review_app.reports.exports.word_back import read
from tests.reports.examples import DRAFT
from tests.word_files import in_document, with_part


@pytest.fixture(scope="module")
def file():
    return word.document(DRAFT)


def _trouble(content):
    with pytest.raises(WordRefused) as refused:
        read(content)
    return refused.value.trouble


def _zip(parts, **how):
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED, **how) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return made.getvalue()


@pytest.mark.parametrize(
    ("content", "trouble"),
    [
        (b"", WordTrouble.NOT_WORD),
        (b"{\\rtf1 a}", WordTrouble.OLD_WORD),
        (b"\xd0\xcf\x11\xe0 old or locked", WordTrouble.OLD_WORD),
        (b"PK\x03\x04 cut off", WordTrouble.BROKEN),
        (_zip({"a.txt": "a"}), WordTrouble.NOT_WORD),
        (_zip({"mimetype": "application/vnd.oasis", "content.xml": "<a/>"}), WordTrouble.OPEN_DOCUMENT),
        (_zip({"[Content_Types].xml": "<Types/>"}), WordTrouble.NOT_WORD),
        (_zip({"[Content_Types].xml": "no xml"}), WordTrouble.BROKEN),
    ],
)
def test_what_is_no_word_file_is_told_apart(content, trouble):
    assert _trouble(content) is trouble


def test_a_workbook_is_no_word_file(file):
    book = with_part(file, "[Content_Types].xml", lambda xml: xml.replace(b"wordprocessingml.document.main", b"x.main"))

    assert _trouble(book) is WordTrouble.NOT_WORD


@pytest.mark.parametrize("name", ["word/vbaProject.bin", "word/VBAPROJECT.BIN"])
def test_a_project_of_macros_is_refused(file, name):
    assert _trouble(with_part(file, name, lambda _nothing: b"x")) is WordTrouble.MACROS


def test_a_file_that_says_it_has_macros_is_refused(file):
    kind = b"application/vnd.ms-word.document.macroEnabled.main+xml"
    main = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"

    assert _trouble(with_part(file, "[Content_Types].xml", lambda xml: xml.replace(main, kind))) is WordTrouble.MACROS


@pytest.mark.parametrize(
    "doctype",
    [
        '<!DOCTYPE x SYSTEM "file:///etc/passwd">',
        '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;">]>',
    ],
)
@pytest.mark.parametrize("part", ["word/document.xml", "word/styles.xml", "docProps/custom.xml", "[Content_Types].xml"])
def test_no_entity_and_no_document_type_is_taken(file, doctype, part):
    def add(xml):
        head, _end, rest = xml.decode().partition("?>")
        return f"{head}?>{doctype}{rest}".encode()

    assert _trouble(with_part(file, part, add)) is WordTrouble.BROKEN


def test_a_bomb_is_refused_by_its_ratio_before_it_is_unpacked(file):
    assert _trouble(with_part(file, "word/media/a.bin", lambda _nothing: bytes(50_000_000))) is WordTrouble.UNPACKED


def test_a_document_larger_than_any_report_is_refused(file, monkeypatch):
    monkeypatch.setattr(opening, "MOST_DOCUMENT", 10_000)

    assert _trouble(file) is WordTrouble.UNPACKED


def test_a_part_that_lies_about_its_size_is_broken_or_too_large(file):
    lying = bytearray(with_part(file, "word/document.xml", lambda xml: xml + b" " * 30_000_000))
    at = lying.rfind(b"PK\x01\x02", 0, lying.rfind(b"word/document.xml"))
    lying[at + 24 : at + 28] = (1000).to_bytes(4, "little")

    assert _trouble(bytes(lying)) in (WordTrouble.UNPACKED, WordTrouble.BROKEN)


def test_too_many_parts_are_refused(file):
    many = {f"word/{number}.xml": "x" for number in range(opening.MOST_PARTS + 1)}

    assert _trouble(_zip(many)) is WordTrouble.BROKEN


def test_two_parts_of_one_name_are_refused(file):
    made = io.BytesIO(file)
    with pytest.warns(UserWarning, match="Duplicate name"), zipfile.ZipFile(made, "a") as archive:
        archive.writestr("word/document.xml", "<other/>")

    assert _trouble(made.getvalue()) is WordTrouble.BROKEN


def test_another_way_of_packing_is_refused(file):
    with zipfile.ZipFile(io.BytesIO(file)) as given:
        parts = {name: given.read(name) for name in given.namelist()}
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_BZIP2) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)

    assert _trouble(made.getvalue()) is WordTrouble.BROKEN


def test_a_document_that_nests_without_end_is_broken(file):
    deep = b"<w:ins>" * 5_000 + b"</w:ins>" * 5_000

    assert _trouble(in_document(file, b"<w:body>", b"<w:body>" + deep)) is WordTrouble.BROKEN


@pytest.mark.parametrize("encoding", ["utf-7", "iso-2022-jp", "ebcdic-cp-us"])
def test_a_strange_alphabet_opens_no_file_in_the_confined_process(file, encoding):
    strange = with_part(file, "word/document.xml", lambda xml: xml.replace(b"UTF-8", encoding.encode(), 1))

    with pytest.raises(Unacceptable, match="This Word file is damaged"):
        read_word(strange)


def test_the_confined_process_finds_what_we_find(file):
    assert read_word(file) == read(file)


def test_who_needs_too_much_memory_is_stopped(file):
    many = b"".join(b'<w:p n="%d"/>' % (number * 7919) for number in range(700_000))

    with pytest.raises(Unacceptable, match="too long or too much memory"):
        read_word(in_document(file, b"<w:body>", b"<w:body>" + many), memory=200_000_000)


def test_an_entry_under_a_password_is_refused(file):
    locked = bytearray(file)
    for sign, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        there = locked.find(sign)
        while there >= 0:
            locked[there + at] |= 1
            there = locked.find(sign, there + 4)

    assert _trouble(bytes(locked)) is WordTrouble.OLD_WORD


def test_a_document_without_a_body_is_none(file):
    bare = with_part(file, "word/document.xml", lambda _xml: b"<document/>")

    assert _trouble(bare) is WordTrouble.NOT_WORD


def test_a_file_without_styles_and_properties_is_read_all_the_same(file):
    bare = with_part(with_part(file, "word/styles.xml", lambda _xml: None), "docProps/custom.xml", lambda _xml: None)

    assert read(bare).review == ""


def test_who_runs_out_of_memory_while_reading_says_so(file, monkeypatch):
    class Short(opening.etree.XMLSyntaxError):
        code = opening.etree.ErrorTypes.ERR_NO_MEMORY

    def run_out(*_anything):
        raise Short("no memory", 2, 1, 1)

    monkeypatch.setattr(opening.etree, "fromstring", run_out)

    with pytest.raises(MemoryError):
        read(file)


def test_bytes_in_no_alphabet_are_broken(file):
    strange = with_part(file, "word/document.xml", lambda xml: xml.replace(b"UTF-8", b"no-such-alphabet", 1))

    assert _trouble(strange) is WordTrouble.BROKEN


@pytest.mark.parametrize("at", range(400, 8000, 400))
def test_a_file_with_a_wrong_byte_fails_in_no_other_way_than_by_a_refusal(file, at):
    damaged = bytearray(file)
    damaged[at] ^= 0xFF

    with suppress(WordRefused):
        assert read(bytes(damaged)).messages == ()
