"""The guards by name: each holds or says, in words, what has to be done first (METHOD.md 1.2)."""

from review_app.domain.facts import Facts
from review_app.domain.marking import _
from review_app.domain.vocabulary import Role
from review_app.domain.workflow import Guard

TERMS, PRACTICE, PROGRAMME = "terms signed", "practice released", "programme confirmed"
SIGNED_OFF, RESPONDED = "report signed", "response recorded"
SIGNATORIES = (Role.LEAD_REVIEWER, Role.HOST_COORDINATOR, Role.SECRETARIAT)


def _both_sides_signed(facts: Facts) -> bool:
    return all(facts.marked(TERMS, role) for role in (Role.HOST_COORDINATOR, Role.SECRETARIAT))


def _all_signed(facts: Facts) -> bool:
    return all(facts.marked(SIGNED_OFF, role) for role in SIGNATORIES)


_ALL = (
    Guard(
        "the number of review questions fits the method",
        lambda f: f.minimum.questions_min <= f.questions <= f.minimum.questions_max,
        _("First write between %(least)s and %(most)s review questions; there are %(count)s now."),
        lambda f: {"least": f.minimum.questions_min, "most": f.minimum.questions_max, "count": f.questions},
    ),
    Guard(
        "the visit has dates",
        lambda f: f.dates_set,
        _("First set the first and the last day of the visit: every deadline is counted from them."),
    ),
    Guard("a regime is chosen", lambda f: f.regime_chosen, _("First choose the confidentiality regime.")),
    Guard(
        "both sides have signed the terms of reference",
        _both_sides_signed,
        _("First the host city and the secretariat must both sign the terms of reference."),
    ),
    Guard(
        "enough peer cities take part",
        lambda f: f.peer_cities >= f.minimum.peer_cities,
        _("First at least %(least)s peer cities must take part; there are %(count)s now."),
        lambda f: {"least": f.minimum.peer_cities, "count": f.peer_cities},
    ),
    Guard(
        "the host is not its own peer",
        lambda f: not f.host_among_peers,
        _("The host city cannot be a peer city in its own review: take it off the list of peer cities."),
    ),
    Guard(
        "a lead reviewer is appointed",
        lambda f: f.has_lead_reviewer,
        _("First appoint a lead reviewer."),
    ),
    Guard("a rapporteur is appointed", lambda f: f.has_rapporteur, _("First appoint a rapporteur.")),
    Guard(
        "every peer has accepted the code",
        lambda f: not f.peers_not_ready,
        _(
            "First make sure that every peer has accepted the code of conduct and declared interests."
            " Still waiting for: %(names)s."
        ),
        lambda f: {"names": ", ".join(f.peers_not_ready)},
    ),
    Guard(
        "the practice is described",
        lambda f: not f.practice_missing,
        _("First answer these questions of the practice description: %(questions)s."),
        lambda f: {"questions": "; ".join(f.practice_missing)},
    ),
    Guard(
        "the practice is released",
        lambda f: f.marked(PRACTICE),
        _("First the host city must release the practice description to the peers."),
    ),
    Guard(
        "the programme is final",
        lambda f: f.marked(PROGRAMME),
        _("First confirm that the programme is final."),
    ),
    Guard(
        "the last day of the visit is reached",
        lambda f: f.visit_ends is not None and f.today >= f.visit_ends,
        _("The visit ends on %(day)s. Before that, only the secretariat can end it, with a reason."),
        lambda f: {"day": f.visit_ends.isoformat() if f.visit_ends else ""},
    ),
    Guard(
        "the deadline for feedback is ahead",
        lambda f: f.feedback_is_open,
        _("The deadline for feedback has passed. The secretariat can move it."),
    ),
    Guard(
        "a city has answered or the deadline has passed",
        lambda f: f.returns_submitted > 0 or not f.feedback_is_open,
        _("No city has sent its feedback yet, and the deadline has not passed."),
    ),
    Guard(
        "there is a message",
        lambda f: f.messages > 0,
        _("First put the feedback into at least one message."),
    ),
    Guard(
        "every message rests on feedback",
        lambda f: f.untraced_messages == 0,
        _("First give every message at least one feedback item; %(count)s have none."),
        lambda f: {"count": f.untraced_messages},
    ),
    Guard(
        "nothing withheld is used",
        lambda f: f.unreleased_used == 0,
        _("First take out of the messages what its author keeps out of the report: %(count)s items."),
        lambda f: {"count": f.unreleased_used},
    ),
    Guard(
        "every comment is answered",
        lambda f: f.open_comments == 0,
        _("First answer every comment of the host city; %(count)s wait."),
        lambda f: {"count": f.open_comments},
    ),
    Guard(
        "all three have signed the report",
        _all_signed,
        _("First the lead reviewer, the host city and the secretariat must each sign the report."),
    ),
    Guard(
        "a funding line is given",
        lambda f: f.funding_stated,
        _("First write the funding line of the report, or that nobody outside pays for it."),
    ),
    Guard(
        "the host has responded",
        lambda f: f.marked(RESPONDED),
        _("First record that the host city has answered every recommendation."),
    ),
)
GUARDS = {guard.name: guard for guard in _ALL}
