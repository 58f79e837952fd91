"""Which reports the gallery shows: a review of the demonstration, a kind, a language, a form."""

from dataclasses import dataclass

from sqlalchemy import select

from review_app.extensions.database import db
from review_app.models.network_synthesis import Synthesis, SynthesisEdition
from review_app.models.review import Review
from review_app.reports.kinds import registry
from review_app.services import publishing


@dataclass(frozen=True)
class Shown:
    """One report of the gallery."""

    name: str
    title: str
    about: str
    ref: str
    kind: str = "highlights"
    language: str = "en"
    form: str = "pdf"

    def paper(self):
        """Return the frozen report; inside an app context."""
        if self.kind == "synthesis":
            return registry.read(_synthesis(self.ref).snapshot).spoken(self.language)
        review = db.session.scalars(select(Review).where(Review.ref == self.ref)).one()
        return publishing.snapshot_of(review, made_by="The gallery", kind=self.kind).spoken(self.language)


def _synthesis(title):
    editions = select(SynthesisEdition).join(Synthesis, Synthesis.id == SynthesisEdition.synthesis_id)
    return db.session.scalars(editions.where(Synthesis.title == title)).first()


SHOWN = (
    Shown("highlights", "Highlights report", "For readers who were not there.", "norrvik-warm-rooms"),
    Shown(
        "highlights-draft",
        "Highlights report, draft",
        "As the team prints it before it is published.",
        "thalassara-one-desk",
    ),
    Shown(
        "highlights-greek",
        "Highlights report in Greek",
        "Headings, labels and dates in the reader's language.",
        "norrvik-warm-rooms",
        language="el",
    ),
    Shown(
        "feedback", "Feedback report", "All of a review, question by question.", "norrvik-warm-rooms", kind="feedback"
    ),
    Shown(
        "feedback-record",
        "Feedback report of a real review",
        "Made from what is on public record, and nothing else.",
        "ghent-2019",
        kind="feedback",
    ),
    Shown("slides", "Slides", "For the oral feedback on the last evening.", "thalassara-one-desk", kind="slides"),
    Shown(
        "synthesis",
        "Synthesis over many reviews",
        "What three invented reviews say together: key findings, themes, counts, matrices, map.",
        "Meeting people where they are: what three reviews say",
        kind="synthesis",
    ),
    Shown("fiche", "Practice fiche", "One practice on one page.", "norrvik-warm-rooms", kind="fiche"),
    Shown(
        "participants", "List of participants", "To sign, day by day.", "portavela-shared-kitchens", kind="participants"
    ),
    Shown(
        "blank-form",
        "Blank feedback form",
        "For people without an account.",
        "portavela-shared-kitchens",
        kind="blank_form",
    ),
    Shown(
        "word",
        "Highlights report in Word",
        "The same report as a Word file, laid out by LibreOffice.",
        "norrvik-warm-rooms",
        form="docx",
    ),
)
