"""What letters hold, headers and file names included: of all the words in a review only those that may travel."""

import pytest

from review_app.extensions.database import db
from review_app.models.review import Review
from review_app.services import outbox
from tests import letter_box
from tests.leaks import planting, reference
from tests.leaks.crawl import WORD

# Letters are read by mail servers and over shoulders: title, host and the reader's own name and address, no more.
MAY_TRAVEL = {"review.title", "organisation.name", "person.name", "person.email"}


@pytest.mark.drill
@pytest.mark.parametrize("stage", ["feedback", "fact_check", "published"])
def test_a_letter_holds_nothing_that_was_said(app, world, again, stage, promise):
    again()
    letter_box.empty(app)
    with app.app_context():
        review = db.session.get_one(Review, world.review(stage).id)
        planting.deadline_of(review, late=False)
        planted = planting.plant(review, reference.Standing(stage, released=True, level=review.level or ""))
        for role, person in planted.people.items():
            for action in ("publish", "end the visit", "close feedback", "open the fact check"):
                outbox.queue("moved", person.email, person=person, review=review, values={"action": action})
            outbox.queue("reminder", person.email, once=f"a reminder {role}", person=person, review=review)
        columns = {canary.word: canary for canary in planted.canaries}
        addresses = {person.email: role for role, person in planted.people.items()}
        db.session.commit()

    sent = letter_box.delivered(app)
    files = sorted((app.config["SETTINGS"].data_dir / "mail").iterdir())

    wrong = []
    for letter, file in zip(sent, files, strict=True):
        role = addresses[str(letter["To"])]
        for word in set(WORD.findall(f"{file.name}\n{letter.as_string()}")):
            canary = columns[word]
            if canary.column not in MAY_TRAVEL or role not in canary.may:
                wrong.append(f"{letter['Subject']} to {role} holds {canary.column}")
        if (letter["Cc"], letter["Bcc"], letter["Reply-To"]) != (None, None, None):
            wrong.append(f"{letter['Subject']} names others")
    promise("leaks", len(wrong), of=len(sent))
    assert wrong == []
    assert {addresses[str(letter["To"])] for letter in sent} <= set(reference.INSIDE)
    assert len(sent) > 3
