"""Draws a part once: for macros that read what they are given, the language, and nothing else.

A macro returns Markup: it has escaped what it drew, and Markup escapes what is put into it later.
"""

import json
from collections.abc import Mapping
from functools import lru_cache
from typing import Any, cast

from flask import request
from flask_babel import get_locale
from jinja2.runtime import Macro
from markupsafe import Markup

MOST_KEPT = 4096
TYPED = "\ue000typed\ue000"
"""Stands where a text comes: what people type is put in afterwards and never kept. Cleaned texts hold no such sign."""


def drawn(macro: Macro, *given: Any) -> Markup:
    """Return what a macro draws of these values, which must be hashable.

    A part that shows who is signed in, a token or a moment that passes must not be drawn through this.
    """
    return _draw(macro, given, str(get_locale()), request.script_root)


@lru_cache(maxsize=MOST_KEPT)
def _draw(macro: Macro, given: tuple[Any, ...], _language: str, _root: str) -> Markup:
    return cast(Markup, macro(*given))


def component(macro: Macro, params: Mapping[str, Any]) -> Markup:
    """Return what a component of the design system draws of these parameters; `value` is what somebody typed."""
    if params.get("errorMessage"):
        return cast(Markup, macro(params))
    typed = params.get("value")
    shape = {**params, "value": TYPED} if typed else params
    html = _component(macro, json.dumps(shape))
    return html.replace(TYPED, typed) if typed else html


@lru_cache(maxsize=MOST_KEPT)
def _component(macro: Macro, params: str) -> Markup:
    return cast(Markup, macro(json.loads(params)))
