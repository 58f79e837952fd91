"""Who may be named with what was said (METHOD.md R2, R4): consent, regime and the size of the group decide together."""

from review_app.domain.vocabulary import Attribution, Regime

NAMING_REGIMES = frozenset((Regime.ATTRIBUTED, Regime.MIXED))


def names_cities(regime: Regime | None, *, contributors: int, small_group: int) -> bool:
    """Tell whether any city may be named: in a group below `small_group` one name gives the others away."""
    return regime in NAMING_REGIMES and contributors >= small_group


def may_be_named(consent: Attribution, *, cities_are_named: bool) -> bool:
    """Tell whether a city may be named with one item: never without its own consent, whatever the regime."""
    return cities_are_named and consent is Attribution.CITY
