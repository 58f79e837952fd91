"""Slides as a review may bring them about: full, of a draft, on public record, in long foreign words, hostile."""

from review_app.reports.frozen.snapshot import Question, Section, TakeHome
from review_app.reports.kinds.slides import Slides
from tests.reports.examples import CHALLENGE, DRAFT, FULL, GHENT, LESSON, SUCCESS, SUGGESTION, THIN, said
from tests.reports.foreign_examples import FOREIGN, HOSTILE, LONG_FINNISH

LONGEST = 160


def slides(snapshot, **more):
    """The slides with the same content as a snapshot."""
    return Slides(**{**dict(snapshot), "kind": "slides", **more})


def longest(number):
    """A headline as long as one may be, of long words."""
    return f"{number} {LONG_FINNISH} {'Mitä koko kaupunki oppii toisilta kaupungeilta ' * 3}"[:LONGEST]


CROWDED = slides(
    DRAFT,
    title=f"{LONG_FINNISH} ja satama-alueen yhteinen palvelupiste niille, jotka eivät vielä tiedä vaihtavansa ammattia"[
        :150
    ],
    text_language="fi",
    questions=tuple(Question(number=number, text=longest(number) * 2) for number in range(1, 6)),
    sections=tuple(
        Section(
            kind=kind,
            messages=tuple(
                said(kind, longest(number), cities=5, language="fi", summary="What it says, in English, " * 7)
                for number in range(1, 13)
            ),
        )
        for kind in (SUCCESS, CHALLENGE, LESSON, SUGGESTION)
    ),
    take_homes=tuple(TakeHome(city=f"{LONG_FINNISH}", text=longest(number)) for number in range(1, 13)),
    next_steps=tuple(longest(number) for number in range(1, 13)),
)
SLIDES = slides(FULL)
SLIDES_DRAFT = slides(DRAFT)
SLIDES_GHENT = slides(GHENT)
SLIDES_THIN = slides(THIN)
SLIDES_FOREIGN = slides(FOREIGN)
SLIDES_HOSTILE = slides(HOSTILE)
