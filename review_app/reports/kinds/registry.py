"""All kinds of report by name. A new kind is one file here, one template, and one line in this list."""

import hashlib
import json
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from review_app.reports.frozen import editions
from review_app.reports.frozen.snapshot import Paper
from review_app.reports.kinds import blank_form, feedback, fiche, highlights, participants, slides, synthesis
from review_app.reports.kinds.kind import Kind

KINDS: Mapping[str, Kind[Any]] = MappingProxyType(
    {
        kind.name: kind
        for kind in (
            highlights.KIND,
            feedback.KIND,
            slides.KIND,
            fiche.KIND,
            participants.KIND,
            blank_form.KIND,
            synthesis.KIND,
        )
    }
)


def of(paper: Paper) -> Kind[Any]:
    """Return the kind of a frozen report."""
    return KINDS[paper.kind]


def read(text: str | bytes) -> Paper:
    """Return a frozen report from its JSON. Raises ValueError for what is none, KeyError for an unknown kind."""
    raw = text.encode() if isinstance(text, str) else text
    plain = json.loads(raw)
    kind = KINDS[str(plain.get("kind"))]
    now = editions.current(plain, frozen_as=hashlib.sha256(raw).hexdigest())
    # Strict JSON types: a list is a tuple and a day is a string there, which plain Python values are not.
    paper: Paper = kind.snapshot.model_validate_json(json.dumps(now))
    return paper
