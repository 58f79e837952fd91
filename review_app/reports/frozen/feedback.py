"""The snapshot of the full feedback report: what the highlights hold, and what the host answered at length."""

from review_app.domain.material import Issue, Material
from review_app.reports.frozen.freezing import freeze
from review_app.reports.frozen.snapshot import Snapshot
from review_app.reports.frozen.told import paragraphs_of
from review_app.reports.frozen.written import PlainSection, sections_of

TRANSFER = "transfer"


class FeedbackReport(Snapshot):
    """All of one review (METHOD.md 4.2). `host_paper` is the practice as its host describes it, `transfer` what
    another city would need; `context` and `practice` hold the team's own texts alone.
    """

    kind: str = "feedback"
    host_paper: tuple[PlainSection, ...] = ()
    transfer: PlainSection | None = None


def freeze_feedback(material: Material, issue: Issue) -> FeedbackReport:
    """Return the full feedback report of a review: the same releases, names and numbers as in its highlights."""
    plain = {**dict(freeze(material, issue)), "kind": "feedback"}
    if material.record is not None:
        return FeedbackReport(**plain)
    told = sections_of(material.practice_form, material.answers)
    own = {
        "context": paragraphs_of(material.texts.context),
        "practice": paragraphs_of(material.texts.practice),
        "host_paper": tuple(section for section in told if section.name != TRANSFER),
        "transfer": next((section for section in told if section.name == TRANSFER), None),
    }
    return FeedbackReport(**plain | own)
