"""A form with a file as a browser sends it, and what the page says about it."""

import re
from html import unescape

WORDS = {"title": "Kept words", "alternative": "Kept picture words", "may_be_published": "no"}
EDGE = "----edge-of-the-parts-7319"


def form(content, file_name="a.jpg", **words):
    """Return the parameters of a POST that brings a file and what is said about it."""
    parts = [f'form-data; name="{name}"\r\n\r\n{value}'.encode() for name, value in (WORDS | words).items()]
    parts.append(
        f'form-data; name="file"; filename="{file_name}"\r\nContent-Type: text/html\r\n\r\n'.encode() + content
    )
    body = b"".join(f"--{EDGE}\r\nContent-Disposition: ".encode() + part + b"\r\n" for part in parts)
    return {
        "data": body + f"--{EDGE}--\r\n".encode(),
        "content_type": f"multipart/form-data; boundary={EDGE}",
    }


def sentence(answer, field="file"):
    """Return what a page says is wrong with a field, empty when nothing is."""
    found = re.search(rf'id="{field}-error"[^>]*>\s*<span[^>]*>[^<]*</span>(.*?)</p>', answer.text, re.DOTALL)
    return unescape(found[1]).strip() if found else ""
