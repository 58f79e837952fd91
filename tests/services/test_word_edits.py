"""The way back from Word: what the file changed, what was changed here, what is taken over."""

import pytest

from review_app.domain.refusal import Refused, Unacceptable
from review_app.extensions.database import db
from review_app.reports.exports import word
from review_app.reports.exports.office.marks import PARTS, Part, digest, message_of
from review_app.reports.exports.word_back import Edited, Found, read
from review_app.services import messages, publishing, word_edits
from review_app.services.word_edits import Edit, Overtaken, State
from tests.synthesis_world import messages_of, seat_of
from tests.word_files import changed, paragraph, say

MOST = 20_000_000


@pytest.fixture
def seat(in_context, world):
    return seat_of(world, "drafting", "rapporteur")


@pytest.fixture
def row(seat):
    """The first message, with all three parts."""
    first = messages_of(seat.review)[0]
    first.body, first.dissent = "First paragraph.\n\nSecond paragraph.", "One city waits for figures."
    db.session.flush()
    return first


@pytest.fixture
def file(seat, row):
    return word.document(publishing.freeze_draft(seat.review, "Rapporteur"))


def _line(content, seat, row):
    comparison = word_edits.compare(read(content), seat)
    return next(line for line in comparison.lines if line.key == row.key)


def _with(content, row, *, headline=None, dissent=None):
    def change(document):
        if headline is not None:
            say(paragraph(document, row.headline), headline)
        if dissent is not None:
            say(next(one for one in document.paragraphs if row.dissent in one.text), dissent)

    return changed(content, change)


def _edit(line, **texts):
    given = {Part(name): text for name, text in texts.items()} or {one.part: one.then for one in line.changes}
    return Edit(line.key, given, line.was, line.version)


def test_a_file_that_nobody_edited_changes_nothing(seat, file):
    comparison = word_edits.compare(read(file), seat)

    assert {line.state for line in comparison.lines} == {State.SAME}
    assert len(comparison.lines) == len(messages_of(seat.review))


def test_a_headline_edited_in_the_file_is_the_only_change(seat, row, file):
    line = _line(_with(file, row, headline="Employers stay away"), seat, row)

    assert line.state is State.CHANGED
    assert [(one.part, one.now, one.then) for one in line.changes] == [
        (Part.HEADLINE, row.headline, "Employers stay away")
    ]


def test_a_message_edited_here_alone_is_not_offered_for_overwriting(seat, row, file):
    row.headline = "Written here, later"
    db.session.flush()

    assert _line(file, seat, row).state is State.SAME


def test_one_part_edited_here_and_another_in_the_file_do_not_collide(seat, row, file):
    row.headline = "Written here, later"
    db.session.flush()

    line = _line(_with(file, row, dissent="Two cities wait."), seat, row)
    word_edits.take([_edit(line)], seat)

    assert line.state is State.CHANGED
    assert (row.headline, row.dissent) == ("Written here, later", "Two cities wait.")


def test_the_same_part_edited_on_both_sides_is_a_conflict(seat, row, file):
    edited = _with(file, row, headline="Written in Word")
    row.headline = "Written here, later"
    db.session.flush()

    line = _line(edited, seat, row)

    assert line.state is State.CONFLICT
    assert [(one.now, one.then, one.both) for one in line.changes] == [("Written here, later", "Written in Word", True)]


def test_the_same_words_on_both_sides_are_no_change(seat, row, file):
    edited = _with(file, row, headline="The same idea")
    row.headline = "The same idea"
    db.session.flush()

    assert _line(edited, seat, row).state is State.SAME


def test_a_message_removed_here_is_shown_with_its_text(seat, row, file):
    headline = row.headline
    messages.drop(row, seat)

    comparison = word_edits.compare(read(file), seat)

    (gone,) = comparison.of(State.GONE)
    assert (gone.headline, gone.key, gone.can_be_taken) == (headline, "", False)
    assert [one.then for one in gone.changes][1] == "First paragraph.\nSecond paragraph."


def test_a_message_deleted_in_the_file_stays_as_it_is(seat, row, file):
    def delete(document):
        for one in list(document.paragraphs):
            if row.headline in one.text or "paragraph." in one.text or row.dissent in one.text:
                one._element.getparent().remove(one._element)

    comparison = word_edits.compare(read(changed(file, delete)), seat)

    assert [line.key for line in comparison.of(State.MISSING)] == [row.key]


def test_what_is_taken_over_stands_in_the_message_and_in_its_history(seat, row, file):
    version = row.version
    line = _line(_with(file, row, headline="Employers stay away"), seat, row)

    count = word_edits.take([_edit(line)], seat)

    assert (count, row.headline, row.body) == (1, "Employers stay away", "First paragraph.\n\nSecond paragraph.")
    assert row.version == version + 1


def test_paragraphs_stay_as_far_apart_as_they_were(seat, row):
    found = Found((_edited(row, body="First paragraph.\nAnother one."),))

    line = next(one for one in word_edits.compare(found, seat).lines if one.key == row.key)

    assert [one.then for one in line.changes] == ["First paragraph.\n\nAnother one."]


def _edited(row, **texts):
    was = {part: digest(getattr(row, part), part) for part in PARTS}
    said = {part.value: getattr(row, part) for part in PARTS} | texts
    return Edited(message_of(row.key), **said, was=tuple(was.values()))


def test_an_empty_headline_in_the_file_leaves_ours(seat, row):
    found = Found((_edited(row, headline="", dissent=""),))

    line = next(one for one in word_edits.compare(found, seat).lines if one.key == row.key)

    assert [(one.part, one.then) for one in line.changes] == [(Part.DISSENT, "")]


def test_nothing_is_taken_over_when_somebody_was_faster(seat, row, file):
    other = messages_of(seat.review)[1]
    line = _line(_with(file, row, headline="Employers stay away"), seat, row)
    also = Edit(other.key, {Part.HEADLINE: "Another headline"}, ("0" * 7,) * 3, other.version)
    row.headline = "Faster"
    db.session.flush()

    with pytest.raises(Overtaken) as late:
        word_edits.take([also, _edit(line)], seat)

    assert late.value.keys == (row.key,)
    assert (row.headline, other.headline != "Another headline") == ("Faster", True)


def test_a_message_removed_meanwhile_is_told_with_the_text_of_the_file(seat, row, file):
    line = _line(_with(file, row, headline="Employers stay away"), seat, row)
    messages.drop(row, seat)

    with pytest.raises(Overtaken):
        word_edits.take([_edit(line)], seat)

    (gone,) = word_edits.compare_again([_edit(line)], seat).lines
    assert (gone.state, gone.headline) == (State.GONE, "Employers stay away")


@pytest.mark.parametrize(("part", "most"), [("headline", 160), ("body", 1500), ("dissent", 400)])
def test_a_text_that_is_too_long_is_refused_and_never_cut(seat, row, file, part, most):
    line = _line(file, seat, row)

    with pytest.raises(Unacceptable, match=f"This has {most + 1} characters; at most {most} are taken") as trouble:
        word_edits.take([_edit(line, **{part: "x" * (most + 1)})], seat)

    assert trouble.value.field == f"{row.key}-{part}"


def test_a_headline_cannot_be_taken_away(seat, row, file):
    line = _line(file, seat, row)

    with pytest.raises(Unacceptable, match="one full sentence"):
        word_edits.take([_edit(line, headline=" ")], seat)


def test_a_file_of_another_review_is_refused(seat, world, file):
    other = seat_of(world, "fact_check", "rapporteur")

    with pytest.raises(Unacceptable, match="belongs to another review"):
        word_edits.compare(read(file), other)


def test_a_file_without_a_message_is_refused(seat):
    with pytest.raises(Unacceptable, match="No message of the draft was found"):
        word_edits.compare(Found(()), seat)


def test_a_file_that_is_too_large_is_refused_before_it_is_read(seat):
    with pytest.raises(Unacceptable, match="larger than 1 MB") as trouble:
        word_edits.read(b"x" * 1_000_001, most=1_000_000)

    assert trouble.value.field == "file"


def test_a_file_is_read_in_a_process_of_its_own(seat, row, file):
    found = word_edits.read(_with(file, row, headline="Employers stay away"), most=MOST)

    assert found == read(_with(file, row, headline="Employers stay away"))


@pytest.mark.parametrize("who", ["host coordinator", "peer", "member"])
def test_who_does_not_write_messages_neither_compares_nor_takes(in_context, world, who):
    seat = seat_of(world, "drafting", who)

    for attempt in (
        lambda: word_edits.compare(Found(()), seat),
        lambda: word_edits.compare_again([], seat),
        lambda: word_edits.take([], seat),
    ):
        with pytest.raises(Refused):
            attempt()
