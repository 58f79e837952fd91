"""The pages of the way through Word: download, send back, compare, choose."""

import io
import re
from html import unescape

import pytest

from review_app.extensions.database import db
from review_app.reports.exports import word
from review_app.services import messages
from tests.synthesis_world import messages_of
from tests.word_files import W, changed, paragraph, retyped, say, with_part


@pytest.fixture
def address(world):
    return f"/reviews/{world['drafting']}/report/word"


@pytest.fixture
def client(enter_as):
    return enter_as("rapporteur")


@pytest.fixture
def row(app, world):
    """What the first message says: key, headline, version."""
    with app.app_context():
        first = messages_of(world.review("drafting"))[0]
        return first.key, first.headline, first.version


@pytest.fixture
def file(client, address):
    return client.get(f"{address}/draft.docx").data


@pytest.fixture
def send(client, address):
    def sent(content, name="draft.docx", by=client):
        return by.post(address, data={"file": (io.BytesIO(content), name)}, content_type="multipart/form-data")

    return sent


def fields(page):
    """Return what the form of a compared page would send as it stands."""
    form = page.split("/report/word/take")[1].split("</form>")[0]
    found = {name: unescape(value) for name, value in re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', form)}
    areas = re.findall(r'<textarea[^>]* name="([^"]+)"[^>]*>(.*?)</textarea>', form, re.DOTALL)
    found |= {name: unescape(text) for name, text in areas}
    boxes = re.findall(r'name="take" value="([^"]+)"[^>]*?(checked)?>', form)
    return found | {"take": [key for key, checked in boxes if checked]}


def _standing(app, world, key):
    with app.app_context():
        message = messages.find(key, world.review("drafting"))
        return message.headline


def _write(app, world, key, headline):
    with app.app_context():
        messages.find(key, world.review("drafting")).headline = headline
        db.session.commit()


def test_the_rapporteur_finds_the_way_to_word_among_the_messages(client, world, address):
    page = client.get(f"/reviews/{world['drafting']}/messages").text

    assert f'href="{address}"' in page
    assert f'href="{address}/draft.docx"' in client.get(address).text


def test_the_draft_is_a_word_file_under_its_name(client, world, address):
    answer = client.get(f"{address}/draft.docx")

    assert (answer.mimetype, answer.data[:2]) == (word.MIME, b"PK")
    assert answer.headers["Content-Disposition"] == f"attachment; filename={world['drafting']}-draft.docx"


def test_a_headline_goes_through_word_and_comes_back(app, world, client, address, row, file, send):
    key, headline, _version = row
    page = send(retyped(file, **{headline: "Employers stay away"}))

    answer = client.post(f"{address}/take", data=fields(page.text))

    assert (answer.status_code, answer.location) == (303, f"/reviews/{world['drafting']}/messages")
    assert _standing(app, world, key) == "Employers stay away"
    assert "1 message taken over from the file." in client.get(answer.location).text


def test_changes_are_told_in_words_and_not_by_colour_alone(row, file, send):
    page = send(retyped(file, **{row[1]: f"Really, {row[1]}"})).text

    assert page.count("<ins>") == 1
    assert "[added:" in page
    assert 'name="take"' in page


def test_comparing_changes_nothing(app, world, row, file, send):
    send(retyped(file, **{row[1]: "Employers stay away"}))

    assert _standing(app, world, row[0]) == row[1]


def test_a_file_that_changes_nothing_says_so(file, send):
    answer = send(file)

    assert answer.status_code == 200
    assert "The file changes nothing that is not here already." in answer.text
    assert 'name="take"' not in answer.text


def test_nothing_chosen_is_asked_for_and_every_text_stays(app, world, client, address, row, file, send):
    sent = fields(send(retyped(file, **{row[1]: "Employers stay away"})).text) | {"take": []}

    answer = client.post(f"{address}/take", data=sent)

    assert answer.status_code == 422
    assert '<a href="#message-0-take">Choose at least one message.</a>' in answer.text
    assert 'id="message-0-take"' in answer.text
    assert fields(answer.text)["message-0-headline"] == "Employers stay away"
    assert _standing(app, world, row[0]) == row[1]


def test_a_text_can_be_changed_once_more_before_it_is_taken_over(app, world, client, address, row, file, send):
    sent = fields(send(retyped(file, **{row[1]: "Employers stay away"})).text)

    client.post(f"{address}/take", data=sent | {"message-0-headline": "Small employers stay away"})

    assert _standing(app, world, row[0]) == "Small employers stay away"


def test_a_headline_that_is_too_long_comes_back_with_its_sentence(app, world, client, address, row, file, send):
    long = "word " * 40
    sent = fields(send(retyped(file, **{row[1]: long.strip()})).text)

    answer = client.post(f"{address}/take", data=sent)

    assert answer.status_code == 422
    assert 'href="#message-0-headline"' in answer.text
    assert "This has 199 characters; at most 160 are taken. Shorten it." in answer.text
    assert fields(answer.text)["message-0-headline"] == long.strip()
    assert _standing(app, world, row[0]) == row[1]


def test_a_conflict_is_not_chosen_by_itself(app, world, row, file, send):
    edited = retyped(file, **{row[1]: "Written in Word"})
    _write(app, world, row[0], "Written here")

    page = send(edited).text

    assert "Changed in the file and here" in page
    assert fields(page)["take"] == []


def test_somebody_faster_stops_it_all_and_both_texts_are_shown(app, world, client, address, row, file, send):
    sent = fields(send(retyped(file, **{row[1]: "Written in Word"})).text)
    _write(app, world, row[0], "Written here")

    answer = client.post(f"{address}/take", data=sent)

    assert answer.status_code == 409
    assert _standing(app, world, row[0]) == "Written here"
    again = fields(answer.text)
    assert (again["message-0-headline"], again["take"]) == ("Written in Word", [])
    client.post(f"{address}/take", data=again | {"take": [row[0]]})
    assert _standing(app, world, row[0]) == "Written in Word"


def test_a_message_removed_meanwhile_leaves_its_text_on_the_page(app, world, client, address, row, file, send):
    sent = fields(send(retyped(file, **{row[1]: "Written in Word"})).text)
    client.post(f"/reviews/{world['drafting']}/messages/{row[0]}/remove")

    answer = client.post(f"{address}/take", data=sent)

    assert answer.status_code == 409
    assert "In the file, but no longer here" in answer.text
    assert "Written in Word" in answer.text


def test_the_same_form_twice_counts_once(app, world, client, address, row, file, send):
    sent = fields(send(retyped(file, **{row[1]: "Employers stay away"})).text)

    answers = [client.post(f"{address}/take", data=sent) for _time in range(2)]

    assert [answer.status_code for answer in answers] == [303, 303]
    with app.app_context():
        assert messages.find(row[0], world.review("drafting")).version == row[2] + 1


def test_no_file_is_asked_for(client, address):
    answer = client.post(address, data={}, content_type="multipart/form-data")

    assert answer.status_code == 422
    assert "Choose a file." in answer.text


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "This is not a Word file."),
        (b"%PDF-1.7", "This is not a Word file."),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "This file is of an old kind, or has a password."),
        (b"PK\x03\x04 broken", "This Word file is damaged."),
    ],
)
def test_any_other_file_is_refused_with_what_to_do(send, content, told):
    answer = send(content)

    assert answer.status_code == 422
    assert told in unescape(answer.text)


def test_a_file_with_macros_is_refused(file, send):
    macros = with_part(file, "word/vbaProject.bin", lambda _nothing: b"\xd0\xcf\x11\xe0")

    answer = send(macros, name="draft.docm")

    assert answer.status_code == 422
    assert "can hold macros" in answer.text


def test_a_file_of_another_review_is_refused(world, enter_as, file, send):
    other = enter_as("rapporteur")

    answer = other.post(
        f"/reviews/{world['fact_check']}/report/word",
        data={"file": (io.BytesIO(file), "draft.docx")},
        content_type="multipart/form-data",
    )

    assert answer.status_code == 422
    assert "belongs to another review" in answer.text


def test_markup_in_a_file_is_text_on_the_page(file, row, send):
    page = send(retyped(file, **{row[1]: "<script>alert(1)</script>"})).text

    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page


def test_hostile_signs_are_gone_before_they_are_shown_or_kept(app, world, client, address, row, file, send):
    sent = fields(send(retyped(file, **{row[1]: "Turned \u202eround"})).text)

    client.post(f"{address}/take", data=sent)

    assert _standing(app, world, row[0]) == "Turned round"


@pytest.mark.parametrize(
    "of", ["", "x", "key.1.2.3.4", "A" * 22 + ".1.0000000.0000000", "A" * 22 + ".99999999999.0000000.0000000.0000000"]
)
def test_a_forged_form_takes_nothing_over(client, address, of):
    answer = client.post(f"{address}/take", data={"message-0-of": of, "message-0-headline": "x", "take": "A" * 22})

    assert answer.status_code == 422
    assert "Choose at least one message." in answer.text


@pytest.mark.parametrize("who", ["host coordinator", "member", "observer"])
def test_who_does_not_write_messages_finds_no_such_page(enter_as, address, who):
    client = enter_as(who)

    looked = [client.get(one).status_code for one in (address, f"{address}/draft.docx")]
    sent = [client.post(one).status_code for one in (address, f"{address}/take")]

    assert (looked, sent) == ([404, 404], [404, 404])


def test_at_another_stage_the_page_says_why_it_is_closed(enter_as, world):
    address = f"/reviews/{world['published']}/report/word"
    client = enter_as("rapporteur")

    page, answer = client.get(address), client.get(f"{address}/draft.docx")

    assert (page.status_code, answer.status_code) == (200, 403)
    assert "draft.docx" not in page.text


def test_words_under_tracking_count_as_accepted(app, world, client, address, row, file, send):
    def track(document):
        one = paragraph(document, row[1])
        say(one, "Employers")
        for tag, text, said in (("ins", "t", " stay away"), ("del", "delText", " of all sizes")):
            run = one._element.makeelement(f"{W}r")
            words = run.makeelement(f"{W}{text}", {"{http://www.w3.org/XML/1998/namespace}space": "preserve"})
            words.text = said
            run.append(words)
            mark = one._element.makeelement(f"{W}{tag}", {f"{W}id": "900", f"{W}author": "A"})
            mark.append(run)
            one._element.append(mark)

    client.post(f"{address}/take", data=fields(send(changed(file, track)).text))

    assert _standing(app, world, row[0]) == "Employers stay away"
