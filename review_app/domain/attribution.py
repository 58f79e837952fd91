"""Who may be named with what was said, and how many may be counted aloud: docs/decisions/0013-anonymity.md."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from review_app.domain.marking import _
from review_app.domain.vocabulary import Attribution, Consensus, ItemKind, Regime, Use
from review_app.domain.workflow import Verdict

NAMING_REGIMES = frozenset((Regime.ATTRIBUTED, Regime.MIXED))
OUTSIDE_THE_TEAM = frozenset((Use.REPORT, Use.HOST_ONLY))


@dataclass(frozen=True)
class Voice:
    """One sent item that leaves the team: the number of its city, its kind, where it goes, whether it allows a name."""

    city: int
    kind: ItemKind
    use: Use = Use.REPORT
    consent: Attribution = Attribution.ANONYMOUS

    @property
    def agrees(self) -> bool:
        """Whether the city may be named with it, as far as the city is asked."""
        return self.consent is Attribution.CITY


@dataclass(frozen=True)
class Support:
    """What readers learn of the support of a message: cities by number and by name, or only words."""

    cities: int | None
    of: int | None
    consensus: Consensus | None
    is_named: bool


@dataclass(frozen=True)
class Naming:
    """The rule for one review and one use: `voices` are all that leave the team, `returned` counts the returns sent."""

    regime: Regime | None
    voices: tuple[Voice, ...]
    small_group: int
    returned: int
    use: Use = Use.REPORT

    @property
    def is_small(self) -> bool:
        """Whether so few cities sent a return that even a number gives them away (RELIABILITY 23).

        Counted are returns, which is no secret: a rule that asked who contributed would tell who contributed.
        """
        return self.returned < self.small_group

    @cached_property
    def kinds(self) -> frozenset[ItemKind]:
        """The kinds under which cities are named: nobody asked for no name there, or enough did to hide each other.

        Asked of what everybody reads, and of that with what the host reads besides: either alone must keep silent.
        """
        if self.regime not in NAMING_REGIMES or self.is_small:
            return frozenset()
        mine = _silent(voice for voice in self.voices if voice.use is self.use)
        every = _silent(self.voices)
        return frozenset(kind for kind in ItemKind if self._hides(mine[kind]) and self._hides(every[kind]))

    def names(self, voice: Voice) -> bool:
        """Tell whether a city is named with one item: never without its own consent, whatever the regime."""
        return voice.agrees and voice.kind in self.kinds

    def support(
        self, kind: ItemKind, behind: Iterable[Voice], *, of: int, consensus: Consensus | None = None
    ) -> Support:
        """Return what may be said of the support of a message of this kind with these items behind it.

        It names its cities when every item allows it, or none. A number that tells of all those who might be meant,
        or of all but one, becomes a word; what the team says of its consensus goes no further than that word.
        """
        voices = tuple(behind)
        count = len(_cities(voices))
        if kind in self.kinds and all(self.names(voice) for voice in voices):
            return Support(count, of, consensus, is_named=True)
        if self.is_small:
            return Support(None, None, None, is_named=False)
        among = min(self._among(one) for one in {kind, *(voice.kind for voice in voices)})
        if count >= among - 1:
            word = Consensus.MOST if 2 * (among - 1) > of else Consensus.SOME
            return Support(None, None, word, is_named=False)
        said = Consensus.MOST if consensus is Consensus.ALL else consensus
        return Support(count, of, said, is_named=False)

    def _hides(self, silent: frozenset[int]) -> bool:
        return not silent or len(silent) >= self.small_group

    def _among(self, kind: ItemKind) -> int:
        """How many cities a reader must think of for an item of this kind without a name."""
        silent = _silent(voice for voice in self.voices if voice.use is self.use)[kind]
        return len(silent) if kind in self.kinds and silent else self.returned


def _cities(voices: Iterable[Voice]) -> frozenset[int]:
    return frozenset(voice.city for voice in voices)


def _silent(voices: Iterable[Voice]) -> defaultdict[ItemKind, frozenset[int]]:
    """Return, by kind, the cities that want no name with at least one item."""
    found: defaultdict[ItemKind, frozenset[int]] = defaultdict(frozenset)
    for voice in voices:
        if not voice.agrees:
            found[voice.kind] |= {voice.city}
    return found


def may_withdraw(*, published: bool) -> Verdict:
    """Tell whether a consent can still be taken back: until the report is published, whatever the method says."""
    if not published:
        return Verdict(True)
    return Verdict(False, _("The report is published, so this cannot be taken back here any more."))
