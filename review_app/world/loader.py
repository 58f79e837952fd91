"""Loads the demonstration: the real reviews as public records, and the invented network, played to this day."""

from sqlalchemy import select, update

from review_app.domain import method_file, review_file
from review_app.domain.review_document import ReviewFacts
from review_app.extensions.database import db
from review_app.models.letters import Letter
from review_app.models.network import Organisation
from review_app.models.review import Review
from review_app.services import importing
from review_app.services.importing import Tally
from review_app.services.openings import edition_of
from review_app.world import accounts, files, network, stories, syntheses


class NotHere(RuntimeError):
    """The demonstration does not belong into this database; the text is a sentence for the operator."""


def begin(*, demo: bool) -> None:
    """Make the one account of the secretariat and the network it works for. Raises NotHere."""
    _belongs_here(demo=demo)
    network.plant_cities()
    network.plant_people([row for row in files.people() if "right" in row])


def load(*, demo: bool) -> Tally:
    """Make what is missing of the whole demonstration; a second time changes nothing. Raises NotHere.

    Everything is flushed and nothing committed: the caller keeps all of it or nothing.
    """
    _belongs_here(demo=demo)
    network.plant_cities()
    network.plant_organisations()
    network.plant_people(files.people())
    tally = importing.take_in(shipped_reviews(), edition_of(definition()), gazetteer=network.gazetteer())
    if not db.session.scalar(select(Review.id).where(Review.fictional).limit(1)):
        stories.play_all(definition())
        _let_letters_rest()
    syntheses.write_all()
    return tally


def shipped_reviews() -> list[ReviewFacts]:
    """Return the real reviews that the project ships as facts."""
    return review_file.read((files.DATA / "reviews.json").read_bytes())


def definition() -> dict[str, object]:
    """Return the method by which the demonstration's reviews run."""
    return method_file.read(method_file.FOLDER / "critical_friend_review.toml")


def _let_letters_rest() -> None:
    """The story's letters were sent in the story: nothing of it reaches a mail server."""
    db.session.flush()
    db.session.execute(update(Letter).where(Letter.sent_at.is_(None)).values(sent_at=Letter.due_at))


def _belongs_here(*, demo: bool) -> None:
    if not demo:
        raise NotHere("The demonstration is made only with the setting DEMO=1, in a database of its own.")
    begun = db.session.scalar(select(Organisation.id).where(Organisation.fictional).limit(1))
    strangers = accounts.strangers()
    if strangers and not begun:
        raise NotHere(
            f"This database has people of its own ({len(strangers)}), so the demonstration stays out of it. "
            "Choose an empty data folder."
        )
