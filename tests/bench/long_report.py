"""A report as long as one asks for: the same words every time, so that two machines print the same pages."""

import random
from dataclasses import dataclass
from datetime import date

from review_app.domain.vocabulary import Consensus, ItemKind, Precision, Side
from review_app.reports.frozen.snapshot import (
    Draft,
    KindCount,
    Message,
    Numbers,
    Place,
    Section,
    Snapshot,
    When,
)

KINDS = (ItemKind.SUCCESS_FACTOR, ItemKind.CHALLENGE, ItemKind.LESSON, ItemKind.RECOMMENDATION)
CITIES = ("Aldermere", "Valdora", "Kestrelhaven", "Montclar", "Norrvik", "Brannoch", "Sankt Orin", "Porto Liso")
TEXT = """
the city employment service young people training employers neighbourhood council programme funding staff outreach
mentor apprenticeship coordination partner district evaluation participant support counselling local regional
national strategy labour market skills long-term unemployment integration migrants women childcare transport
digital access trust continuity measurable responsibility and of to in for with by from on at as that is are was
can must often rarely together without because therefore however between after before
"""
WORDS = TEXT.split()
HEADLINE = 8


@dataclass(frozen=True)
class Texts:
    """How much is written: the fewest and most sentences of a body, their words, and how many messages are opposed."""

    sentences: tuple[int, int]
    words: int
    opposed: float


SHORT, FULL = Texts((2, 2), 27, 0.2), Texts((4, 9), 22, 1.0)


def sentence(words, length):
    """Return so many words as one sentence."""
    return " ".join(words.choice(WORDS) for _word in range(length)).capitalize() + "."


def snapshot(messages, seed=7, texts=SHORT):
    """Return a highlights report that says so many messages: about nine short ones fill two pages."""
    words = random.Random(seed)
    sections = tuple(
        Section(kind=kind, messages=tuple(_message(words, kind, texts) for _one in range(messages // len(KINDS))))
        for kind in KINDS
    )
    return Snapshot(
        ref="bench-2026",
        number=None,
        frozen_on=None,
        draft=Draft(made_by="The benchmark", made_on=date(2026, 6, 4)),
        title="Work for young people, neighbourhood by neighbourhood",
        network="A network of cities",
        method="Critical friend review",
        when=When(start="2026-05-18", end="2026-05-20", precision=Precision.DAY),
        theme="Employment",
        numbers=Numbers(peer_cities=7, returns_received=7, returns_expected=7),
        places=tuple(_place(name, number) for number, name in enumerate(CITIES)),
        counts=tuple(KindCount(kind=kind, count=messages // len(KINDS)) for kind in KINDS),
        context=(sentence(words, 60), sentence(words, 60)),
        practice=(sentence(words, 80), sentence(words, 60)),
        sections=sections,
    )


def _message(words, kind, texts):
    return Message(
        kind=kind,
        headline=sentence(words, HEADLINE),
        body=" ".join(sentence(words, texts.words) for _one in range(words.randint(*texts.sentences))),
        cities=words.randint(2, 7),
        of=7,
        consensus=Consensus.MOST if words.random() < 0.3 else None,
        named=tuple(words.sample(CITIES[1:], 2)),
        dissent=sentence(words, 18) if words.random() < texts.opposed else "",
    )


def _place(name, number):
    side = Side.PEER if number else Side.HOST
    return Place(name=name, country="BE", kind="city", side=side, latitude=45 + number, longitude=2 + 2 * number)
