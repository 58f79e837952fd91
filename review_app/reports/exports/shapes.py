"""Reads from the models of a report which tables it makes, so that a new kind of report needs no code here."""

from collections.abc import Iterator
from dataclasses import dataclass, is_dataclass
from datetime import date
from enum import Enum
from functools import lru_cache
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from review_app.reports.frozen.snapshot import Frozen, Paper, Section

LEFT_OUT = frozenset(("key", "brand", "frozen_as"))
"""Fields that are no data of a report: the name of a message while it is edited, colours and logo of a network, the
fingerprint whose beginning stands there as the code."""
PLAIN = (str, int, float, bool, date, Enum)
SECTION = {"kind", "messages", "singles"}
SCALAR, LIST, RECORD, RECORDS = "scalar", "list", "record", "records"


@dataclass(frozen=True)
class Field:
    """One field of a model: its name, what it holds (scalar, list of scalars, record, records), and of which type."""

    name: str
    holds: str
    of: type


@dataclass(frozen=True)
class Leaf:
    """One column or list: its name, the fields that lead to it from its record, and what it holds."""

    name: str
    path: tuple[str, ...]
    field: Field

    @property
    def of(self) -> type:
        """The type of its values."""
        return self.field.of


@lru_cache(maxsize=256)
def fields_of(model: type[Any]) -> tuple[Field, ...]:
    """Return the fields of a model that are data. Raises TypeError for one of which no table can be made."""
    return tuple(_field(model, name, of) for name, of in _annotations(model) if name not in LEFT_OUT)


def leaves_of(model: type[Frozen], *holding: str, above: tuple[str, ...] = ()) -> Iterator[Leaf]:
    """Return what a model holds of these sorts; records inside it lie flat, "when" and "start" as "when_start"."""
    for field in fields_of(model):
        path = (*above, field.name)
        if field.holds == RECORD:
            yield from leaves_of(field.of, *holding, above=path)
        elif field.holds in holding:
            yield Leaf("_".join(path), path, field)


def models_of(paper: type[Paper]) -> Iterator[type[Frozen]]:
    """Return the models that a kind of report is made of, itself first."""
    seen: list[type[Frozen]] = [paper]
    for model in seen:
        yield model
        seen += [field.of for field in fields_of(model) if field.holds in (RECORD, RECORDS) and field.of not in seen]


def statements_in(model: type[Frozen]) -> type[Frozen] | None:
    """Return of what the statements are when these records are the sections of a report, which make one table."""
    if not issubclass(model, Section) or {field.name for field in fields_of(model)} != SECTION:
        return None
    return next(field.of for field in fields_of(model) if field.name == "messages")


def _annotations(model: type[Any]) -> Iterator[tuple[str, Any]]:
    """Yield what a model holds; facts of the domain are dataclasses, values of a snapshot are not."""
    if issubclass(model, Frozen):
        yield from ((name, info.annotation) for name, info in model.model_fields.items())
    else:
        yield from get_type_hints(model).items()


def _field(model: type[Frozen], name: str, annotation: Any) -> Field:
    bare = _without_none(annotation)
    many = get_origin(bare) is tuple
    inner = _without_none(get_args(bare)[0]) if many and set(get_args(bare)[1:]) <= {..., get_args(bare)[0]} else bare
    kind = type(get_args(inner)[0]) if get_origin(inner) is Literal else inner
    if isinstance(kind, type) and (issubclass(kind, Frozen) or is_dataclass(kind)):
        return Field(name, RECORDS if many else RECORD, kind)
    if isinstance(kind, type) and issubclass(kind, PLAIN):
        return Field(name, LIST if many else SCALAR, kind)
    raise TypeError(f"{model.__name__}.{name}: no table can be made of {annotation}")


def _without_none(annotation: Any) -> Any:
    if get_origin(annotation) not in (Union, UnionType):
        return annotation
    left = [one for one in get_args(annotation) if one is not NoneType]
    return left[0] if len(left) == 1 else annotation
