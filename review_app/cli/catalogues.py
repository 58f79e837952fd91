"""The catalogues as files: written so that a changed sentence is a changed line, filled from plain data, checked."""

from collections.abc import Iterator, Mapping
from io import BytesIO
from pathlib import Path

from babel.messages import Catalog, Message
from babel.messages.pofile import read_po, write_po

from review_app.cli import extraction
from review_app.domain.languages import FALLBACK, LANGUAGES
from review_app.reports.wording import catalogue

TRANSLATED = tuple(language for language in LANGUAGES if language != FALLBACK)
Said = str | tuple[str, ...] | list[str]
_ENDS = ".:;!?…"


def template(root: Path, domain: str) -> Catalog:
    """Return what there is to translate, as code and data say today."""
    return extraction.sentences(root) if domain == catalogue.REPORTS else extraction.cities(root)


def template_path(folder: Path, domain: str) -> Path:
    """Return where the list of what there is to translate is kept."""
    return folder / f"{domain}.pot"


def load(folder: Path, language: str, domain: str) -> Catalog:
    """Return a catalogue for change. Raises PoFileError for a file that is none."""
    kept = catalogue.empty(language)
    path = catalogue.path_of(folder, language, domain)
    if path.is_file():
        with path.open("rb") as file:
            for message in read_po(file, locale=language, charset="utf-8", abort_invalid=True):
                if message.id:
                    kept.add(message.id, message.string, context=message.context)
    return kept


def renewed(kept: Catalog, wanted: Catalog, language: str) -> Catalog:
    """Return what is wanted with the translations that are kept; nothing is guessed from a similar sentence."""
    fresh = catalogue.empty(language)
    for message in wanted:
        if message.id:
            before = kept.get(message.id, message.context)
            known = before.string if before and before.pluralizable == message.pluralizable else None
            fresh.add(message.id, known or _nothing(message, language), context=message.context)
    return fresh


def _nothing(message: Message, language: str) -> Said:
    return ("",) * catalogue.plural(language)[0] if message.pluralizable else ""


def written(catalog: Catalog, language: str = "") -> bytes:
    """Return the file of a catalogue: sorted, without lines of code, dates or names, a sentence a line."""
    header = ["Content-Type: text/plain; charset=utf-8"]
    if language:
        forms, expression = catalogue.plural(language)
        header = [f"Language: {language}", *header, f"Plural-Forms: nplurals={forms}; plural={expression};"]
    body = BytesIO()
    write_po(body, catalog, width=0, no_location=True, omit_header=True, sort_output=True, ignore_obsolete=True)
    lines = "".join(f'"{line}\\n"\n' for line in header)
    return f'msgid ""\nmsgstr ""\n{lines}\n'.encode() + body.getvalue().rstrip(b"\n") + b"\n"


def missing(catalog: Catalog) -> tuple[Message, ...]:
    """Return the messages without a translation, in the order of the file."""
    return tuple(message for message in _sorted(catalog) if message.id and not _is_said(message))


def _is_said(message: Message) -> bool:
    said = catalogue.forms_of(message)
    return bool(said) and all(said)


def _sorted(catalog: Catalog) -> list[Message]:
    return sorted(catalog, key=lambda message: (message.context or "", _key(message)))


def _key(message: Message) -> str:
    return message.id if isinstance(message.id, str) else message.id[0]


def fill(catalog: Catalog, said: Mapping[str, Said]) -> tuple[str, ...]:
    """Put translations into a catalogue by their English sentence, counted ones by the singular; return the unknown."""
    known = {_key(message): message for message in catalog if message.id}
    for text, translation in said.items():
        if text in known:
            known[text].string = translation if isinstance(translation, str) else tuple(translation)
    return tuple(text for text in said if text not in known)


def problems(catalog: Catalog, language: str) -> Iterator[str]:
    """Yield what is wrong with the translations, one sentence each; what is missing is no part of it."""
    forms = catalogue.plural(language)[0]
    for message in _sorted(catalog):
        if not message.id or not _is_said(message):
            continue
        yield from catalogue.faults(message, forms)
        said = catalogue.forms_of(message)
        yield from (
            f"“{one}” does not begin and end as “{_key(message)}”" for one in said if _ends(one) != _ends(_key(message))
        )


def _ends(text: str) -> tuple[bool, bool, str]:
    """Return whether blanks stand around a text, and the mark that ends it; Greek asks with a semicolon."""
    last = text[-1:] if text[-1:] in _ENDS else ""
    return text[:1].isspace(), text[-1:].isspace(), "?" if last == ";" else last
