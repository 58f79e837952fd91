"""What a log may say: no address of a person, no token, no whole address of a device."""

import ipaddress
import re
from typing import Any

ADDRESS = re.compile(r"[^\s@<>\"'()\[\],;:=%/]{1,64}(?:@|%40)[\w.-]{1,253}")
TOKEN = re.compile(r"(/link/)[^\s/?&\"']+")
DEVICE = re.compile(r"(?<![\w.:])(?:\d{1,3}(?:\.\d{1,3}){3}|[0-9a-fA-F]{0,4}(?::[0-9a-fA-F]{0,4}){2,7})(?![\w:])")
SECRETS = frozenset(("password", "new_password", "token", "csrf_token", "secret", "cookie", "authorization", "body"))
LONGEST = 8_000


def discreet(name: str, value: Any) -> Any:
    """Return a value as a log may keep it."""
    if name.casefold() in SECRETS:
        return "(left out)"
    if isinstance(value, str):
        return DEVICE.sub(_shortened, ADDRESS.sub("(address)", TOKEN.sub(r"\1(token)", value)))[:LONGEST]
    if isinstance(value, dict):
        return {str(key): discreet(str(key), one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [discreet("", one) for one in value]
    return value if isinstance(value, int | float | None) else discreet("", str(value))


def _shortened(found: re.Match[str]) -> str:
    """Return the network of a device: a household or more, never one person. What is no address stays."""
    try:
        address = ipaddress.ip_address(found[0])
    except ValueError:
        return found[0]
    if address.is_loopback:
        return found[0]
    return str(ipaddress.ip_network((address, 24 if address.version == 4 else 48), strict=False))
