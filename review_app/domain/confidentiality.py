"""What a peer is told before it writes: who reads it, who is named, how a city could still be known (METHOD.md R2-R4).

The page and the printed form say the same, in these sentences.
"""

from dataclasses import dataclass

from review_app.domain.marking import _


@dataclass(frozen=True)
class Explanation:
    """Sentences with named placeholders: `hosts` are names, `number` is the size below which a group is small."""

    readers: str = _(
        "the secretariat, the lead reviewer and the rapporteur, as soon as it is saved. "
        "The other peer cities, once you have sent it and the deadline has passed. "
        "%(hosts)s never sees your return: from the fact check on it reads the team’s draft report, which holds the "
        "messages and what stands alone, and whatever you address to the host city only; each without a name unless "
        "you allow yours."
    )
    names_nobody: str = _(
        "nobody. This review keeps the Chatham House Rule: no city and no person is named with what was said."
    )
    names_who_agrees: str = _(
        "your city, and only with what you allow, one by one. Persons never are: leave their names out."
    )
    disclosure: str = _(
        "A public authority can be asked to disclose its documents, so write nothing here that must never be read "
        "elsewhere."
    )
    small_group: str = _(
        "When fewer than %(number)s cities send feedback no city is named at all, because readers could guess who said "
        "what."
    )
    elimination: str = _(
        "So that nobody is found by elimination: under one heading of the report cities are named only if all who "
        "wrote there agree, or if at least %(number)s want no name; a message of several cities names all of them or "
        "none; and where a number would tell that everybody holds it, a word stands instead."
    )
    wording: str = _(
        "Wording and language can give a city away: write in the language of the review, and leave out what only your "
        "city has."
    )


EXPLANATION = Explanation()
