"""What the guards are asked about: one review as plain facts at one moment."""

from dataclasses import dataclass
from datetime import date, datetime

from review_app.domain.vocabulary import Role


@dataclass(frozen=True)
class Facts:
    """The state of a review that guards may depend on. `now` is UTC; names are cities' or questions' names."""

    now: datetime
    today: date
    minimum: "Minimum"
    questions: int = 0
    regime_chosen: bool = False
    dates_set: bool = False
    visit_ends: date | None = None
    marks: frozenset[tuple[str, Role]] = frozenset()
    peer_cities: int = 0
    host_among_peers: bool = False
    has_lead_reviewer: bool = False
    has_rapporteur: bool = False
    peers_not_ready: tuple[str, ...] = ()
    practice_missing: tuple[str, ...] = ()
    returns_submitted: int = 0
    silent_cities: tuple[str, ...] = ()
    feedback_closes: datetime | None = None
    messages: int = 0
    untraced_messages: int = 0
    unreleased_used: int = 0
    open_comments: int = 0
    funding_stated: bool = False

    def marked(self, name: str, role: Role | None = None) -> bool:
        """Tell whether a mark was set, by this role or by anybody."""
        return any(mark == name and (role is None or role == by) for mark, by in self.marks)

    @property
    def feedback_is_open(self) -> bool:
        """Tell whether the deadline for returns is still ahead; without a deadline it is."""
        return self.feedback_closes is None or self.now < self.feedback_closes


@dataclass(frozen=True)
class Minimum:
    """Numbers of the method that guards compare with."""

    questions_min: int
    questions_max: int
    peer_cities: int
