"""The traces of a person in texts that others wrote: the address and the full name, in every spelling we keep."""

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import quote, quote_plus

from review_app.domain.privacy import FORMER
from review_app.domain.text import email_identity


@dataclass(frozen=True)
class Traces:
    """How a person may be written. A name of one word is left alone in texts: it may be a word, a city, another."""

    name: str
    email: str

    def are_in(self, value: Any) -> bool:
        """Tell whether a text, or plain data that holds texts, names the person."""
        return any(self._pattern.search(text) for text in _texts(value))

    def out_of(self, value: Any) -> Any:
        """Return a text, or plain data, in which "former participant" stands wherever the person was named."""
        if isinstance(value, str):
            return self._pattern.sub(FORMER, value)
        if isinstance(value, dict):
            return {self.out_of(key): self.out_of(one) for key, one in value.items()}
        if isinstance(value, list | tuple):
            return [self.out_of(one) for one in value]
        return value

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        found = [*map(_address, _kept(self.email)), *map(_address, _kept(email_identity(self.email)))]
        if len(self.name.split()) > 1:
            found += map(_name, _kept(self.name))
        elif self.name.strip():
            found.append(rf"^{re.escape(self.name.strip())}(?= \()")  # as the record notes somebody: name (role)
        return re.compile("|".join(found) if found else r"(?!)", re.IGNORECASE)


def _kept(text: str) -> list[str]:
    """Return the spellings in which a text is kept: as it is, inside JSON, inside an address of a page."""
    plain = " ".join(text.split())
    return list(dict.fromkeys((plain, json.dumps(plain)[1:-1], quote(plain), quote_plus(plain)))) if plain else []


# Raw JSON writes a line break as two letters: what follows it begins a word all the same.
ESCAPE = r"(?<=\\n)|(?<=\\t)|(?<=%20)"


def _address(text: str) -> str:
    return rf"(?:{ESCAPE}|(?<![\w+-])(?<!\w\.)){re.escape(text)}(?![\w-]|\.\w)"


def _name(text: str) -> str:
    """Return the pattern of a name: between two words of it any white space may stand."""
    words = r"\s+".join(re.escape(part) for part in text.split(" "))
    return rf"(?:{ESCAPE}|(?<!\w)){words}(?!\w)"


def _texts(value: Any) -> Iterable[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, one in value.items():
            yield from _texts(key)
            yield from _texts(one)
    elif isinstance(value, list | tuple):
        for one in value:
            yield from _texts(one)
