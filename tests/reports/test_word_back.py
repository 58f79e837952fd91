"""Messages read back from Word files, as people really edit them."""

import pytest

from review_app.reports.exports import word
from review_app.reports.exports.office import marks
from review_app.reports.exports.office.gathering import LONGEST
from review_app.reports.exports.office.marks import PARTS, Part, digest, message_of
from review_app.reports.exports.word_back import read
from review_app.reports.frozen.snapshot import Section
from tests.reports.examples import CHALLENGE, DRAFT, said
from tests.word_files import W, changed, in_document, paragraph, retyped

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
    assert marks.read(name) is None


def test_word_may_write_the_names_of_bookmarks_in_capitals():
    assert marks.read("H_0123456789AB_1234567_1234567_1234567").part is Part.HEADLINE


def test_a_text_as_it_is_compared_knows_no_blanks_and_no_empty_lines():
    assert digest(" a  b \n\n c ", Part.BODY) == digest("a b\nc", Part.BODY)
    assert digest("a\nb", Part.HEADLINE) == digest("a b", Part.HEADLINE)
    assert digest("a\nb", Part.BODY) != digest("a b", Part.BODY)
    assert digest("x" * 300, Part.BODY) == digest("\u200b".join(["x" * 40] * 7) + "x" * 20, Part.BODY)


def test_a_very_long_text_is_cut_long_after_any_limit(file):
    assert len(_first(retyped(file, **{BODY: "word " * 100_000}))[1]) <= LONGEST


def test_a_review_of_another_program_holds_no_message():
    assert read(word.document(DRAFT)).messages == ()


def test_the_last_words_of_a_file_come_back_though_their_paragraph_was_joined_with_nothing(file):
    def delete_all_that_follows(document):
        last = paragraph(document, MORE)._element
        for one in [*last.itersiblings()]:
            if not one.tag.endswith("}sectPr"):
                one.getparent().remove(one)
        properties = last.get_or_add_pPr()
        properties.append(properties.makeelement(f"{W}rPr", {}))
        properties[-1].append(properties.makeelement(f"{W}del", {}))

    found = read(changed(file, delete_all_that_follows)).messages

    assert (found[0].headline, found[0].body) == (HEADLINE, f"{BODY}\n{MORE}")
