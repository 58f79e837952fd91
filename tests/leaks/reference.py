"""Who may read what, written once more by hand from METHOD.md 2: the crawl and the model hold the product to it."""

from dataclasses import dataclass

SECRETARIAT, HOST, CONTRIBUTOR = "secretariat", "host_coordinator", "host_contributor"
LEAD, RAPPORTEUR, PEER, OTHER_PEER, OBSERVER = "lead_reviewer", "rapporteur", "peer", "other_peer", "observer"
FORMER, MEMBER, PUBLIC = "former", "member", "public"
ROLES = (
    SECRETARIAT, HOST, CONTRIBUTOR, LEAD, RAPPORTEUR, PEER, OTHER_PEER, OBSERVER, FORMER, MEMBER, PUBLIC,
)  # fmt: skip

NOBODY = frozenset()
EDITORS = frozenset((SECRETARIAT, LEAD, RAPPORTEUR))
HOSTS = frozenset((HOST, CONTRIBUTOR))
PEERS = frozenset((PEER, OTHER_PEER))
INSIDE = EDITORS | HOSTS | PEERS | {OBSERVER}
MEMBERS = frozenset((FORMER, MEMBER))
EVERYBODY = frozenset(ROLES)

STAGES = (
    "draft", "scoping", "recruiting", "preparing", "ready", "visiting", "feedback", "drafting", "fact_check",
    "sign_off", "published", "responding", "following_up", "closed",
)  # fmt: skip


@dataclass
class Standing:
    """Where a review stands, as far as reading depends on it. A pause changes nothing: `stage` is the one before."""

    stage: str
    late: bool = False
    released: bool = False
    level: str = ""
    embargoed: bool = False

    def reached(self, stage: str) -> bool:
        """Tell whether a stage has begun."""
        return STAGES.index(self.stage) >= STAGES.index(stage)

    @property
    def is_out(self) -> bool:
        """Tell whether the report is published and no embargo holds."""
        return self.reached("published") and not self.embargoed

    @property
    def feedback_closed(self) -> bool:
        """Tell whether cities may read each other."""
        return self.reached("drafting") or (self.stage == "feedback" and self.late)

    def outside(self) -> frozenset:
        """Those without a role whom the level of the publication lets in."""
        if not self.is_out:
            return NOBODY
        return {"members": MEMBERS, "public": MEMBERS | {PUBLIC}}.get(self.level, NOBODY)

    def review(self) -> frozenset:
        """Who sees that the review exists, its title and its cities."""
        return INSIDE | self.outside()

    def practice(self) -> frozenset:
        """Who reads what the host wrote."""
        return INSIDE if self.released else HOSTS | {SECRETARIAT}

    def draft(self) -> frozenset:
        """Who reads the draft of the report, and the messages."""
        peers = PEERS if self.feedback_closed else NOBODY
        host = {HOST} if self.reached("fact_check") else NOBODY
        return EDITORS | peers | host

    def published(self) -> frozenset:
        """Who reads the published report."""
        if not self.reached("published"):
            return NOBODY
        return EDITORS | {HOST} | (INSIDE if self.is_out else NOBODY) | self.outside()

    def report(self) -> frozenset:
        """Who reads what is in the report, be it a draft or published."""
        return self.draft() | self.published()

    def facts(self) -> frozenset:
        """Who reads the log of the fact check."""
        return EDITORS | {HOST} | PEERS if self.reached("fact_check") else NOBODY

    def record(self) -> frozenset:
        """Who reads the record of the review, and why it is paused."""
        return EDITORS | {HOST}

    def item(self, writer: str, *, sent: bool, use: str = "report", merged: bool = False) -> frozenset:
        """Who reads one feedback item of the city of `writer`."""
        found = EDITORS | {writer}
        if sent and self.feedback_closed and use != "host_only":
            found |= PEERS
        if sent and use == "host_only" and self.reached("fact_check"):
            found |= {HOST}
        if sent and use == "report" and not merged:
            found |= self.report()
        return found & EVERYBODY

    def evidence(self, writer: str, *, use: str = "report") -> frozenset:
        """Who gets a file beside a sent item: those who read the return, for a file can tell who wrote."""
        peers = PEERS if self.feedback_closed and use != "host_only" else NOBODY
        return EDITORS | {writer} | peers
