"""The name under which a file is handed out: what its owner called it, made safe to save on any machine."""

import re

from review_app.domain.text import clean_line

LONGEST = 100
_FOLDERS = re.compile(r"[/\\\u2044\u2215\uff0f\uff3c]")
_UNSAFE = re.compile(r"""[<>:"'|?*%;&$`~#{}\x00-\x1f\x7f]+""")
_UNSEEN = re.compile("[\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200d\u2060-\u2064\u3164\ufe00-\ufe0f\ufeff]")
_DEVICES = re.compile(r"^(con|prn|aux|nul|com\d|lpt\d)(\..*)?$", re.IGNORECASE)


def clean_file_name(raw: str, ending: str) -> str:
    """Return a file name with this ending (".pdf"): no folder, no control or hidden sign, no device of a system.

    Letters of every script stay. What is left of a name without any letter is "file".
    """
    name = _FOLDERS.split(_UNSEEN.sub("", clean_line(raw)))[-1]
    stem = name.rsplit(".", 1)[0] if "." in name[1:] else name
    stem = re.sub(r"\s+", " ", _UNSAFE.sub(" ", stem)).strip(" .-_")[:LONGEST].strip(" .-_")
    if not stem or _DEVICES.match(stem):
        stem = f"file {stem}".strip()
    return f"{stem}{ending}"
