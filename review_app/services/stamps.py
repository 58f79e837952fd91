"""A number for a content: tells whether what stands there is still what somebody saw."""

import json
import zlib
from typing import Any

MOST = 10**9


def stamp(content: Any) -> int:
    """Return a number below a thousand million: the same content, the same number."""
    return zlib.crc32(json.dumps(content, sort_keys=True, default=str).encode()) % MOST
