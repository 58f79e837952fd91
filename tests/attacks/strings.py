"""Strings made to break something, by the part they are made for."""

import unicodedata
from functools import lru_cache

CONTROLS = {
    "null": "a\x00b",
    "bell and escape": "a\x07\x1b[31mred\x1b[0m b",
    "c1": "a\x80\x9b31mb\x9f",
    "line ends": "one\r\ntwo\rthree\x85four\u2028five\u2029six",
    "tabs": "\t\ta\tb\v\fc",
    "half a character": "a\ud800b\udfff",
    "no characters": "a\ufffe\uffff\ufdd0\U0001fffeb",
    "order turned": "user\u202egnp.exe\u202c \u2066x\u2069\u200f",
    "invisible": "a\u200b\u200c\u200d\u2060\ufeff\u00adb",
    "tags": "a\U000e0041\U000e0042\U000e007fb",
    "marks": "Z" + "\u0351\u036b\u0343\u034a" * 60,
    "only marks": "\u0301\u0323",
    "bytes of latin": "caf\xe9 \xff\xfe",
    "emoji": "👩‍👩‍👧‍👦🏳️‍🌈🇪🇺",
    "folds": "K ı İ ß ﬁ Å ﷺ",
}
LENGTHS = {
    "a long word": "a" * 100_000,
    "a long word of two bytes": "ж" * 100_000,
    "a million blanks": "b" + " " * 1_000_000 + "c",
    "a million lines": "b" + "\n" * 500_000 + "c",
    "long marks": "e" + "\u0301\u0323" * 50_000,
    "many markers": "[" * 20_000 + "*" * 20_000,
    "nested quotes": "> " * 10_000 + "x",
}
MARKUP = {
    "script": "<script>alert(1)</script>",
    "image": '"><img src=x onerror=alert(1)>',
    "single quotes": "' onmouseover='alert(1)",
    "textarea": "</textarea><script>alert(1)</script>",
    "title": "</title></option></select><svg/onload=alert(1)>",
    "comment": "<!-- <b> --!> ]]> <![CDATA[ x",
    "style": "</style><style>*{display:none}</style>",
    "css": 'red;background:url(http://127.0.0.1:9/x)"} @page{background:url(x)}',
    "css escape": "\\3c script\\3e expression(alert(1))",
    "jinja": "{{ 7*7 }} {% raw %} {# x #} {{ config }} {{ ''.__class__ }}",
    "format": "%s %(x)s {0} {x!r} ${7*7} #{7*7} %n",
    "markdown": "[x](javascript:alert(1)) ![x](http://127.0.0.1:9/x) <http://x> `<b>`",
    "markdown table": "| a | b |\n|---|---|\n| <b> | ~~~ |",
    "entities": "&lt;b&gt; &amp;amp; &#0; &#x202e; &nbsp",
    "json": '{"a":"</script>"} \\u003c \\" \\',
    "sql": "' OR 1=1; DROP TABLE reviews;-- %_\\",
}
MEANINGS = {
    "formula": '=HYPERLINK("http://127.0.0.1","x")',
    "plus": "+1+1|cmd|' /C calc'!A0",
    "minus": "-2+3+cmd",
    "at": "@SUM(1+1)*cmd",
    "wide formula": "＝1+1",
    "header": "a\r\nBcc: evil@example.org\r\n\r\nbody",
    "header line feed": "a\nSet-Cookie: x=y",
    "encoded header": "=?utf-8?q?x=0aBcc:_a@b?=",
    "redirect": "//evil.example/x",
    "redirect scheme": "javascript:alert(1)//https://x",
    "redirect slashes": "/\\evil.example \t//evil.example",
    "path": "../../../../etc/passwd",
    "path windows": "..\\..\\con\\nul::$DATA",
    "file address": "file:///etc/passwd",
    "percent": "%00 %2e%2e%2f %ff %u0041",
    "command": "$(id) `id` | id ; id && id",
    "template of a log": "${jndi:ldap://127.0.0.1/x}",
}
NUMBERS = {
    "a power": "²",
    "a fraction": "½",
    "other digits": "٣١",
    "a roman number": "Ⅷ",
    "nought": "0",
    "minus one": "-1",
    "huge": "9" * 400,
    "beyond 64 bits": "9223372036854775808",
    "beyond 32 bits": "4294967296",
    "exponent": "1e309",
    "no number": "NaN",
    "endless": "Infinity",
    "hexadecimal": "0x10",
    "underscores": "1_000",
    "a dot": ".",
    "no such day": "2023-02-29",
    "the year nought": "0000-00-00",
    "the last year": "9999-12-31",
    "a far year": "99999-01-01",
    "no hour": "24:60",
    "true": "true",
    "null": "null",
    "nothing": "",
    "blank": " ",
}
HEADER_INJECTIONS = (
    "a\r\nBcc: evil@example.org",
    "a\nBcc: evil@example.org",
    "a\rBcc: evil@example.org",
    "a\x0bBcc: evil@example.org",
    "a\x0cBcc: evil@example.org",
    "a\x85Bcc: evil@example.org",
    "a\u2028Bcc: evil@example.org",
    "a\u2029Bcc: evil@example.org",
    "a\x00Bcc: evil@example.org",
    "a%0d%0aBcc: evil@example.org",
    "=?utf-8?q?a=0d=0aBcc:_evil=40example.org?=",
    "a\r\n\r\nThe body begins here",
    "a\r\n\tfolded: evil@example.org, <evil@example.org>",
)
REDIRECTS = (
    "//evil.example",
    "///evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "https://evil.example",
    "https:evil.example",
    "http:/evil.example",
    "javascript:alert(1)",
    "data:text/html,x",
    "/\t/evil.example",
    "\t//evil.example",
    " //evil.example",
    "/\r\nLocation: https://evil.example",
    "//localhost@evil.example",
)


@lru_cache(maxsize=1)
def blocks() -> dict[str, str]:
    """Return for every run of 128 code points that holds letters or signs a few of them."""
    found = {}
    for first in range(0x80, 0x110000, 0x80):
        letters = [chr(one) for one in range(first, first + 0x80) if unicodedata.category(chr(one))[0] in "LMNPS"]
        if letters:
            found[f"block {first:05x}"] = "".join(letters[:: max(1, len(letters) // 4)][:5])
    return found


ALL = {**CONTROLS, **MARKUP, **MEANINGS, **NUMBERS, **LENGTHS}
