"""Bodies of forms in every shape but the one that was asked for."""

from review_app.web import limits
from tests.attacks.forms_found import body

BOUNDARY = "multipart/form-data; boundary=b"


def _in_parts(form, *, change=lambda name, value: (name, value), head=""):
    parts = []
    for name, value in (change(*one) for one in form.filled()):
        parts.append(f'--b\r\nContent-Disposition: form-data; name="{name}"{head}\r\n\r\n{value}\r\n')
    return "".join(parts).encode("utf-8", "replace") + b"--b--\r\n"


def _a_file(name, value):
    return f'{name}"; filename="../../{value[:20]}.txt', "\x00\xff%PDF-1.4"


SHAPES = {
    "nothing": lambda form: (b"", limits.PLAIN),
    "twice": lambda form: (body([one for one in form.filled() for _time in range(2)]), limits.PLAIN),
    "thirty times": lambda form: (body([one for one in form.filled() for _time in range(30)][:590]), limits.PLAIN),
    "no values": lambda form: (body([(name, "") for name, _value in form.filled()]), limits.PLAIN),
    "names alone": lambda form: ("&".join(name for name, _value in form.filled()).encode(), limits.PLAIN),
    "lists": lambda form: (body([(f"{name}[]", value) for name, value in form.filled()]), limits.PLAIN),
    "latin": lambda form: (body(form.filled()).replace(b"=", b"=%E9%FF"), f"{limits.PLAIN}; charset=iso-8859-1"),
    "utf-7": lambda form: (body(form.filled()).replace(b"=", b"=%2BADw-"), f"{limits.PLAIN}; charset=utf-7"),
    "utf-16": lambda form: (body(form.filled()).decode().encode("utf-16"), f"{limits.PLAIN}; charset=utf-16"),
    "broken percents": lambda form: (body(form.filled()).replace(b"=", b"=%&%G%"), limits.PLAIN),
    "in parts": lambda form: (_in_parts(form), BOUNDARY),
    "files": lambda form: (_in_parts(form, change=_a_file), BOUNDARY),
    "parts of strange kinds": lambda form: (
        _in_parts(form, head="\r\nContent-Type: text/plain; charset=utf-16"),
        BOUNDARY,
    ),
    "parts in base64": lambda form: (_in_parts(form, head="\r\nContent-Transfer-Encoding: base64"), BOUNDARY),
    "half the parts": lambda form: (_in_parts(form)[:-25], BOUNDARY),
    "another boundary": lambda form: (_in_parts(form), "multipart/form-data; boundary=c"),
    "no boundary": lambda form: (_in_parts(form), "multipart/form-data"),
    "json": lambda form: (b'{"title": {"a": [1, NaN]}, "title": 1}', "application/json"),
    "xml": lambda form: (b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>', "application/xml"),
    "bytes": lambda form: (bytes(range(256)) * 40, limits.PLAIN),
}
