"""The report's own texts: written by the team, the host's word by the host (METHOD.md 4.1)."""

from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import select, update

from review_app.domain.refusal import Stale
from review_app.domain.text import clean_text
from review_app.extensions.database import db
from review_app.models.base import utc_now
from review_app.models.practice import PracticeSection
from review_app.models.publishing import ReportText
from review_app.models.review import Review
from review_app.queries.seats import Seat
from review_app.services import history, workflow
from review_app.services.facts import COMMENT
from review_app.services.stamps import stamp

EDIT = "edit the report"
CONTEXT, PRACTICE, SAW, STEPS, WORD = 1500, 4000, 1200, 1200, 1200
MOST_PEOPLE = 9999
HOST_WORD = "host_word"


@dataclass(frozen=True)
class Texts:
    """What the team writes; `people` is how many persons took part, the host's own included."""

    context: str = ""
    practice: str = ""
    saw: str = ""
    next_steps: str = ""
    people: int | None = None

    def cleaned(self) -> "Texts":
        """Return the texts as they are kept."""
        return Texts(
            clean_text(self.context)[:CONTEXT],
            clean_text(self.practice)[:PRACTICE],
            saw=clean_text(self.saw)[:SAW],
            next_steps=clean_text(self.next_steps)[:STEPS],
            people=self.people,
        )


def row_of(review: Review) -> ReportText | None:
    """Return the texts of a review, None before anybody wrote one."""
    return db.session.scalar(select(ReportText).where(ReportText.review_id == review.id))


def save(texts: Texts, seat: Seat, *, seen_version: int | None, by_itself: bool = False) -> ReportText:
    """Save the team's texts. Raises Refused outside the stages, Stale when somebody saved others meanwhile."""
    workflow.require(seat, EDIT)
    row = row_of(seat.review)
    columns = asdict(texts.cleaned())
    if row is None:
        row = ReportText(review_id=seat.review.id, **columns)
        db.session.add(row)
    elif any(getattr(row, name) != value for name, value in columns.items()):
        history.check(row, seen_version or 0, content_of(row))
        for name, value in columns.items():
            setattr(row, name, value)
        row.saved_at = utc_now()
    else:
        history.settle(row, by_itself=by_itself)
        return row
    db.session.flush()
    history.keep(row, content_of(row), seat.person, by_itself=by_itself)
    return row


def save_host_word(word: str, seat: Seat, *, seen_version: int | None, by_itself: bool = False) -> int:
    """Save what the host says in the report, and return its version. Raises Stale when a colleague was faster."""
    workflow.require(seat, COMMENT)
    word = clean_text(word)[:WORD]
    row = row_of(seat.review) or _begin(seat.review)
    if row.host_word == word:
        history.settle(row, part=HOST_WORD, by_itself=by_itself)
        return stamp(word)
    if seen_version != stamp(row.host_word):
        text = history.thing_of(row, HOST_WORD), row.id
        raise Stale({HOST_WORD: row.host_word}, stamp(row.host_word), text=text)
    # Not through the row: the host's word and the team's texts are two forms, and neither makes the other stale.
    db.session.execute(update(ReportText).where(ReportText.id == row.id).values(host_word=word))
    history.keep(row, {HOST_WORD: word}, seat.person, part=HOST_WORD, by_itself=by_itself)
    return stamp(word)


def host_word(review: Review) -> tuple[str, int]:
    """Return what the host says, and the version of it that a form carries."""
    row = row_of(review)
    word = row.host_word if row else ""
    return word, stamp(word)


def content_of(row: ReportText) -> dict[str, Any]:
    """Return what stands in the team's texts, by the names of the form."""
    return {
        "people": str(row.people or ""),
        "context": row.context,
        "practice": row.practice,
        "saw": row.saw,
        "next_steps": row.next_steps,
    }


def first_words(review: Review) -> dict[str, str]:
    """Return what the form shows before anybody has saved it: the host's own words from the practice description."""
    answers: dict[str, Any] = {}
    for section in db.session.scalars(select(PracticeSection.answers).where(PracticeSection.review_id == review.id)):
        answers.update(section)
    practice = "\n\n".join(str(answers[key]) for key in ("summary", "how") if answers.get(key))
    return {"context": str(answers.get("problem") or "")[:CONTEXT], "practice": practice[:PRACTICE]}


def _begin(review: Review) -> ReportText:
    row = ReportText(review_id=review.id)
    db.session.add(row)
    db.session.flush()
    return row
