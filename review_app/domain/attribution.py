"""Who may be named with what was said (METHOD.md R2, R4): consent, regime and the size of the group decide together."""

from review_app.domain.marking import _
from review_app.domain.vocabulary import Attribution, Regime
from review_app.domain.workflow import Verdict

NAMING_REGIMES = frozenset((Regime.ATTRIBUTED, Regime.MIXED))


def names_cities(regime: Regime | None, *, contributors: int, small_group: int) -> bool:
    """Tell whether any city may be named: in a group below `small_group` one name gives the others away."""
    return regime in NAMING_REGIMES and contributors >= small_group


def may_be_named(consent: Attribution, *, cities_are_named: bool) -> bool:
    """Tell whether a city may be named with one item: never without its own consent, whatever the regime."""
    return cities_are_named and consent is Attribution.CITY


def may_withdraw(*, published: bool) -> Verdict:
    """Tell whether a consent can still be taken back: until the report is published, whatever the method says."""
    if not published:
        return Verdict(True)
    return Verdict(False, _("The report is published, so this cannot be taken back here any more."))
