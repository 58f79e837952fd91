"""Messages read back from Word files: as people really edit them, and as nobody should."""

import io
import zipfile

import pytest

from review_app.domain.refusal import Unacceptable
from review_app.files.inspection import read_word
from review_app.reports.exports import word, word_archive, word_marks
from review_app.reports.exports.word_archive import WordRefused, WordTrouble
from review_app.reports.exports.word_back import read
from review_app.reports.exports.word_gathering import LONGEST
from review_app.reports.exports.word_marks import PARTS, Part, digest, message_of
from review_app.reports.frozen.snapshot import Section
from tests.reports.examples import CHALLENGE, DRAFT, said
from tests.word_files import W, changed, in_document, paragraph, retyped, with_part

KEY, OTHER = "A" * 22, "b-_" * 7 + "b"
HEADLINE, BODY, MORE, DISSENT = "Nobody owns the desk", "The agreement ends.", "Nobody pays.", "Two cities disagree."
NEXT = "Booking is online"


@pytest.fixture(scope="module")
def file():
    messages = (
        said(CHALLENGE, HEADLINE, f"{BODY}\n\n{MORE}", dissent=DISSENT, key=KEY),
        said(CHALLENGE, NEXT, key=OTHER),
    )
    return word.document(DRAFT.model_copy(update={"sections": (Section(kind=CHALLENGE, messages=messages),)}))


def _first(content):
    found = read(content).messages
    assert found[0].mark == message_of(KEY)
    return found[0].headline, found[0].body, found[0].dissent


def _trouble(content):
    with pytest.raises(WordRefused) as refused:
        read(content)
    return refused.value.trouble


def test_an_untouched_file_says_what_was_written_and_no_label(file):
    assert _first(file) == (HEADLINE, f"{BODY}\n{MORE}", DISSENT)
    assert [one.mark for one in read(file).messages] == [message_of(KEY), message_of(OTHER)]


def test_the_digests_are_those_of_the_texts(file):
    first = read(file).messages[0]

    assert first.was == tuple(digest(first.text(part), part) for part in PARTS)


def test_a_headline_that_was_typed_over_comes_back(file):
    assert _first(retyped(file, **{HEADLINE: "Somebody must own it"}))[0] == "Somebody must own it"


def test_words_typed_before_the_bookmark_belong_to_the_headline(file):
    def type_before(document):
        one = paragraph(document, HEADLINE)
        words = one.add_run("In short: ")._element
        one._element.insert(1, words)

    assert _first(changed(file, type_before))[0] == f"In short: {HEADLINE}"


def _run(text):
    return f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'.encode()


def _insert_after(document, text, said_in, style=None):
    there = paragraph(document, text)
    made = there._element.makeelement(f"{W}p")
    there._element.addnext(made)
    one = next(p for p in document.paragraphs if p._element is made)
    one.add_run(said_in)
    one.style = style
    return one


def test_a_paragraph_added_inside_the_bookmark_belongs_to_the_explanation(file):
    edited = changed(file, lambda document: _insert_after(document, MORE, "And nobody asks."))

    assert _first(edited)[1] == f"{BODY}\n{MORE}\nAnd nobody asks."


def test_a_headline_broken_in_two_goes_on_in_the_explanation(file):
    edited = changed(file, lambda document: _insert_after(document, HEADLINE, "after 2027"))

    assert _first(edited)[:2] == (HEADLINE, f"after 2027\n{BODY}\n{MORE}")


def test_an_explanation_is_written_where_there_was_none(file):
    edited = changed(file, lambda document: _insert_after(document, NEXT, "Half of them call.", "Message text"))

    assert read(edited).messages[1].body == "Half of them call."


def test_a_paragraph_in_the_style_of_a_dissent_is_one_without_a_bookmark(file):
    def write(document):
        document.element.body.remove(paragraph(document, f"A different view: {DISSENT}")._element)
        _insert_after(document, MORE, "One city disagrees.", "Different view")

    edited = changed(changed(file, _without_bookmarks("d_", "b_")), write)

    assert _first(edited) == (HEADLINE, f"{BODY}\n{MORE}", "One city disagrees.")


def _without_bookmarks(*beginnings):
    def remove(document):
        for one in document.element.body.xpath("//w:bookmarkStart"):
            if one.get(f"{W}name").startswith(beginnings):
                number = one.get(f"{W}id")
                one.getparent().remove(one)
                for end in document.element.body.xpath(f"//w:bookmarkEnd[@w:id='{number}']"):
                    end.getparent().remove(end)

    return remove


def test_two_paragraphs_that_were_joined_are_shared_between_their_parts(file):
    def join(document):
        headline, body = paragraph(document, HEADLINE)._element, paragraph(document, BODY)._element
        for one in list(body):
            if one.tag != f"{W}pPr":
                headline.append(one)
        body.getparent().remove(body)

    headline, body, _dissent = _first(changed(file, join))

    assert (headline, body) == (HEADLINE, f"{BODY}\n{MORE}")


def test_a_paragraph_whose_end_was_deleted_under_tracking_goes_on(file):
    def delete_end(document):
        properties = paragraph(document, BODY)._element.find(f"{W}pPr")
        looks = properties.makeelement(f"{W}rPr")
        looks.append(looks.makeelement(f"{W}del", {f"{W}id": "7", f"{W}author": "A"}))
        properties.append(looks)

    assert _first(changed(file, delete_end))[1] == f"{BODY}{MORE}"


def test_moved_words_count_where_they_went_and_frames_do_not_count(file):
    words = _run(" moved here")
    hidden = b"<w:r><w:txbxContent><w:p>" + _run("in a frame") + b"</w:p></w:txbxContent></w:r>"
    there, gone = b'<w:moveTo w:id="8" w:author="A">' + words + b"</w:moveTo>", b'<w:moveFrom w:id="9" w:author="A">'
    old = f"{BODY}</w:t></w:r>".encode()

    edited = in_document(file, old, old + there + gone + _run(" moved away") + b"</w:moveFrom>" + hidden)

    assert _first(edited)[1].split("\n")[0] == f"{BODY} moved here"


def test_tabs_and_line_breaks_stay_blanks_and_lines(file):
    old = f"{BODY}</w:t></w:r>".encode()
    more = b"<w:r><w:tab/><w:t>tabbed</w:t><w:br/><w:t>below</w:t><w:noBreakHyphen/></w:r>"

    assert _first(in_document(file, old, old + more))[1] == f"{BODY} tabbed\nbelow\u2011\n{MORE}"


def test_an_emptied_part_comes_back_empty(file):
    edited = in_document(file, f'<w:t xml:space="preserve">{DISSENT}</w:t>'.encode(), b"")

    assert _first(edited)[2] == ""


def test_a_copied_message_counts_once(file):
    def copy(document):
        one = paragraph(document, HEADLINE)._element
        document.element.body.insert(0, one.__copy__())

    assert len(read(changed(file, copy)).messages) == 2


@pytest.mark.parametrize(
    "name",
    ["", "h_", "x_0123456789ab_1234567_1234567_1234567", "h_0123456789ab_123_1234567_1234567", "_GoBack", "at_x"],
)
def test_other_bookmarks_are_nobodys(name):
    assert word_marks.read(name) is None


def test_word_may_write_the_names_of_bookmarks_in_capitals():
    assert word_marks.read("H_0123456789AB_1234567_1234567_1234567").part is Part.HEADLINE


def test_a_text_as_it_is_compared_knows_no_blanks_and_no_empty_lines():
    assert digest(" a  b \n\n c ", Part.BODY) == digest("a b\nc", Part.BODY)
    assert digest("a\nb", Part.HEADLINE) == digest("a b", Part.HEADLINE)
    assert digest("a\nb", Part.BODY) != digest("a b", Part.BODY)
    assert digest("x" * 300, Part.BODY) == digest("\u200b".join(["x" * 40] * 7) + "x" * 20, Part.BODY)


def test_a_very_long_text_is_cut_long_after_any_limit(file):
    assert len(_first(retyped(file, **{BODY: "word " * 100_000}))[1]) <= LONGEST


def test_a_review_of_another_program_holds_no_message():
    assert read(word.document(DRAFT)).messages == ()


# What nobody should send.


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
    monkeypatch.setattr(word_archive, "MOST_DOCUMENT", 10_000)

    assert _trouble(file) is WordTrouble.UNPACKED


def test_a_part_that_lies_about_its_size_is_broken_or_too_large(file):
    lying = bytearray(with_part(file, "word/document.xml", lambda xml: xml + b" " * 30_000_000))
    at = lying.rfind(b"PK\x01\x02", 0, lying.rfind(b"word/document.xml"))
    lying[at + 24 : at + 28] = (1000).to_bytes(4, "little")

    assert _trouble(bytes(lying)) in (WordTrouble.UNPACKED, WordTrouble.BROKEN)


def test_too_many_parts_are_refused(file):
    many = {f"word/{number}.xml": "x" for number in range(word_archive.MOST_PARTS + 1)}

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
