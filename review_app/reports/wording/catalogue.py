"""Catalogues of sentences: .po files, compiled in memory when first asked for; what is broken in one stays English."""

import re
from functools import lru_cache
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from pathlib import Path

from babel.messages import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.plurals import PLURALS
from babel.messages.pofile import PoFileError, read_po

from review_app.domain.languages import LANGUAGES

REPORTS, PLACES = "reports", "places"
DOMAINS = (REPORTS, PLACES)
CITY = "city"
"""The context of names of cities, so that none is taken for a sentence."""

# Where gettext's custom is too coarse or wrong for the language: Hungarian counts in the singular but has plurals,
# Latvian says 10 and 11 as it says 0, Maltese counts from three to ten apart.
_PLURALS = {
    "hu": (2, "(n != 1)"),
    "lv": (3, "(n%10==1 && n%100!=11 ? 0 : n%10==0 || (n%100>=11 && n%100<=19) ? 2 : 1)"),
    "mt": (4, "(n==1 ? 0 : n==0 || n==2 || (n%100>=3 && n%100<=10) ? 1 : (n%100>=11 && n%100<=19) ? 2 : 3)"),
}
_PLACEHOLDER = re.compile(r"%\((\w+)\)s")


def path_of(folder: Path, language: str, domain: str) -> Path:
    """Return where the catalogue of a language lies."""
    return folder / language / "LC_MESSAGES" / f"{domain}.po"


def plural(language: str) -> tuple[int, str]:
    """Return how many forms a counted sentence has, and the C expression in `n` that chooses one."""
    return _PLURALS.get(language) or PLURALS[language]


def empty(language: str) -> Catalog:
    """Return a catalogue without sentences that counts as its language does."""
    catalog = Catalog(locale=language, charset="utf-8")
    forms, expression = plural(language)
    # Babel takes both from the headers of a file only; ours are the same for every file of a language.
    catalog.mime_headers = [("Plural-Forms", f"nplurals={forms}; plural={expression};")]
    return catalog


@lru_cache(maxsize=32)
def read(folder: Path, language: str) -> NullTranslations:
    """Return what a language says, sentences and names of cities; the sentences of the code where it says nothing."""
    if language not in LANGUAGES:
        return NullTranslations()
    whole = empty(language)
    for domain in DOMAINS:
        for message in messages(path_of(folder, language, domain), language):
            if message.id and message.string and not faults(message, plural(language)[0]):
                whole.add(message.id, message.string, context=message.context)
    return _compiled(whole)


def messages(path: Path, language: str) -> tuple[Message, ...]:
    """Return the messages of a file; none when it is missing or cannot be read."""
    try:
        with path.open("rb") as file:
            return tuple(read_po(file, locale=language, charset="utf-8", abort_invalid=True))
    except (OSError, ValueError, PoFileError, LookupError):
        return ()


def placeholders(text: str) -> frozenset[str]:
    """Return the names that are filled into a sentence."""
    return frozenset(_PLACEHOLDER.findall(text))


def faults(message: Message, forms: int) -> tuple[str, ...]:
    """Return why a translation would break a page: forms that lack, names filled in that are not the sentence's."""
    said = forms_of(message)
    wanted = forms if message.pluralizable else 1
    if len(said) != wanted or not all(said):
        return (f"{wanted} forms are wanted",)
    original = message.id if isinstance(message.id, str) else message.id[1]
    names = placeholders(original)
    return tuple(f"“{one}” does not fill in what “{original}” does" for one in said if not _fits(one, names))


def forms_of(message: Message) -> tuple[str, ...]:
    """Return what a message is translated as: one text, or one a form; none when it is not translated."""
    if isinstance(message.string, str):
        return (message.string,) if message.string else ()
    return tuple(message.string or ())


def _fits(said: str, names: frozenset[str]) -> bool:
    # A sentence without names is never filled in, so that its per cent signs stand for themselves.
    if placeholders(said) != names:
        return False
    return not names or "%" not in _PLACEHOLDER.sub("", said)


def _compiled(catalog: Catalog) -> NullTranslations:
    file = BytesIO()
    write_mo(file, catalog)
    file.seek(0)
    return GNUTranslations(file)
