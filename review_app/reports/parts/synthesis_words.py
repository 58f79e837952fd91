"""The words of the method, as a reader from outside needs them (METHOD.md 7)."""

from review_app.reports.parts.view import Fact
from review_app.reports.wording.words import Words


def glossary_of(words: Words) -> tuple[Fact, ...]:
    """Return the terms that every synthesis uses, by name."""
    _ = words.gettext
    known = (
        Fact(
            _("Challenge"),
            _("What is hard in a practice, for whom, and in whose power it is to change it."),
        ),
        Fact(
            _("Critical friend review"),
            _("A visit on which cities look at the practice of another city, ask, and say openly what they see."),
        ),
        Fact(_("Host city"), _("The city that opens its practice to the others.")),
        Fact(_("Lesson learnt"), _("What another city could act on.")),
        Fact(_("Peer city"), _("A city that visits the host city as a critical friend.")),
        Fact(_("Practice"), _("The measure, service or policy that is looked at.")),
        Fact(
            _("Public record"),
            _("What public pages say about a review that was held elsewhere; no return was given for it here."),
        ),
        Fact(_("Return"), _("What one peer city gave in writing after the visit.")),
        Fact(_("Success factor"), _("What works in a practice, and why.")),
        Fact(_("Suggestion"), _("What the critical friends propose, to whom, and as what first step.")),
        Fact(
            _("Support"),
            _("How many of the peer cities that took part hold a statement. The host city is not counted."),
        ),
        Fact(_("Theme"), _("What several statements are about, as the writers of this synthesis see it.")),
    )
    return tuple(sorted(known, key=lambda fact: fact.term.casefold()))
