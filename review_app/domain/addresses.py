"""E-mail addresses: which ones can be written to."""

import re

LONGEST = 254
_LOCAL = re.compile(r"^[^\s@<>()\[\]\\,;:\"\x00-\x1f\x7f]{1,64}$")
_HOST = re.compile(r"^(?=.{1,253}$)[^\W_]([\w-]{0,61}[^\W_])?(\.[^\W_]([\w-]{0,61}[^\W_])?)+$")


def is_address(text: str) -> bool:
    """Tell whether a text has the form of an address, name@host.example; nothing is looked up."""
    local, at, host = text.rpartition("@")
    if not at or len(text) > LONGEST or ".." in local or local.startswith(".") or local.endswith("."):
        return False
    return _LOCAL.match(local) is not None and _HOST.match(host) is not None
