"""Names of cities in a language, as far as CLDR has them: those that a time zone is called after."""

from collections.abc import Mapping
from functools import lru_cache

from babel import Locale

# Time zones beyond Europe whose cities take part in European networks.
_FARTHER = ("Asia/Nicosia", "Asia/Tbilisi", "Asia/Yerevan", "Atlantic/Reykjavik")
# Called after the country, whose name is that of its capital in some languages.
_A_COUNTRY = "Europe/Malta"


@lru_cache(maxsize=32)
def names(locale: Locale) -> Mapping[str, str]:
    """Return the names of cities in a language by their English names."""
    english, own = _of(Locale("en")), _of(locale)
    return {english.get(zone) or zone.split("/")[-1].replace("_", " "): own[zone] for zone in own}


def _of(locale: Locale) -> dict[str, str]:
    """Read the names by zone, without the places to break that some languages mark in them."""
    return {
        str(zone): str(known["city"]).replace("\u00ad", "")
        for zone, known in locale.time_zones.items()
        if known.get("city") and (str(zone).startswith("Europe/") or zone in _FARTHER) and zone != _A_COUNTRY
    }
