"""Names as they stand in an address: plain small letters, figures and hyphens."""

import re
import unicodedata

_SPELLED = str.maketrans({"ß": "ss", "æ": "ae", "ø": "o", "đ": "d", "ł": "l", "þ": "th", "œ": "oe", "ı": "i"})


def slug_of(name: str) -> str:
    """Return a name without accents for an address: "Timișoara" gives "timisoara"; empty when nothing is left."""
    plain = unicodedata.normalize("NFKD", name.casefold().translate(_SPELLED))
    letters = plain.encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", letters).strip("-")
