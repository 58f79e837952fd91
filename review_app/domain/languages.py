"""The languages people may write in: the 24 of the European Union, each called as its speakers call it."""

from collections.abc import Mapping
from types import MappingProxyType

FALLBACK = "en"
LANGUAGES: Mapping[str, str] = MappingProxyType(
    {
        "bg": "Български",
        "cs": "Čeština",
        "da": "Dansk",
        "de": "Deutsch",
        "et": "Eesti",
        "el": "Ελληνικά",
        "en": "English",
        "es": "Español",
        "fr": "Français",
        "ga": "Gaeilge",
        "hr": "Hrvatski",
        "it": "Italiano",
        "lv": "Latviešu",
        "lt": "Lietuvių",
        "hu": "Magyar",
        "mt": "Malti",
        "nl": "Nederlands",
        "pl": "Polski",
        "pt": "Português",
        "ro": "Română",
        "sk": "Slovenčina",
        "sl": "Slovenščina",
        "fi": "Suomi",
        "sv": "Svenska",
    }
)


def known(code: str) -> str:
    """Return the code of a language people may write in, English for any other."""
    plain = code.replace("_", "-").split("-")[0].lower()
    return plain if plain in LANGUAGES else FALLBACK
