"""A synthesis over a review run here and one on public record, coded by hand."""

from datetime import date

from review_app.domain.material import Issue
from review_app.domain.vocabulary import Level, Power
from review_app.reports.frozen.synthesising import (
    Coded,
    Grouping,
    Written,
    freeze_synthesis,
    statements_of,
)
from tests.reports.examples import FULL, GHENT

OUT = Issue(number=1, on=date(2026, 11, 28), level=Level.PUBLIC)


def coded(report, *headlines, **more):
    """Codes of the statements of a report that begin so."""
    found = [one for one in statements_of(report) if one.message.headline.startswith(headlines)]
    assert len(found) == len(headlines)
    return tuple(Coded(report.ref, one.mark, **more) for one in found)


WRITTEN = Written(
    "two-reviews",
    "What two reviews say",
    network="Network of Invented Cities",
    foreword="Welcome.\n\nRead on.",
    method="Two people read.",
    conclusions="That is all.",
    findings=("One desk is enough.", " ", "Employers pay."),
    themes=(
        Grouping(
            "Employers",
            "They sit at the table.",
            coded=(
                *coded(FULL, "Employers sit at the table", memo="Seen on site"),
                *coded(FULL, "Small employers are missing"),
                *coded(GHENT, "Work from the employer perspective", "Employers wait for candidates"),
            ),
            parts=(Grouping("Money", power=Power.NATION, coded=coded(FULL, "Nobody owns the desk")),),
        ),
        Grouping("Digital skills", power=Power.CITY, coded=coded(FULL, "Those without digital skills")),
        Grouping("Nothing yet"),
    ),
)


TWO = freeze_synthesis(WRITTEN, [FULL, GHENT], OUT)


def plain(*reports):
    """A synthesis over these reports without any text."""
    return freeze_synthesis(Written("plain", "Plain"), reports, OUT)
