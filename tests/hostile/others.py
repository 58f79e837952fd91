"""Everything else that people choose by mistake or on purpose: nothing of it is taken."""

import gzip
import io
import tarfile
import zipfile

from PIL import Image

from tests.hostile.good import CANARY


def archive(*names, content=b"x"):
    """Return a ZIP with files of these names."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as packed:
        for name in names:
            packed.writestr(name, content)
    return made.getvalue()


def _office(folder):
    return archive("[Content_Types].xml", "_rels/.rels", f"{folder}/document.xml", "docProps/app.xml")


def _open_document():
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as packed:
        packed.writestr("mimetype", "application/vnd.oasis.opendocument.text")
    return made.getvalue()


def _picture(kind):
    made = io.BytesIO()
    Image.new("RGB", (20, 20), "red").save(made, kind)
    return made.getvalue()


def _tar():
    made = io.BytesIO()
    with tarfile.open(fileobj=made, mode="w") as packed:
        packed.addfile(tarfile.TarInfo("../../etc/passwd"))
    return made.getvalue()


def refused():
    """Return by name: the name of a file, its bytes, and what the sentence about it must say."""
    svg = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
    deep = b"[" * 100_000 + b"]" * 100_000
    return {
        "svg": ("a.svg", svg, "SVG"),
        "svg behind a declaration": ("a.svg", b'<?xml version="1.0"?>\n<!DOCTYPE svg>\n' + svg, "SVG"),
        "svg called png": ("a.png", svg, "SVG"),
        "svg, packed": ("a.svgz", gzip.compress(svg), "archive"),
        "eps": ("a.eps", b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n(x) run", "PostScript"),
        "eps called png": ("a.png", b"%!PS-Adobe-3.0 EPSF-3.0\n/etc/passwd (r) file", "PostScript"),
        "eps with a preview": ("a.eps", b"\xc5\xd0\xd3\xc6" + b"\0" * 28 + b"%!PS-Adobe", "PostScript"),
        "word": ("a.docx", _office("word"), "office"),
        "excel": ("a.xlsx", _office("xl"), "office"),
        "powerpoint called pdf": ("a.pdf", _office("ppt"), "office"),
        "old word": ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, ""),
        "open document": ("a.odt", _open_document(), "office"),
        "rich text": ("a.rtf", b"{\\rtf1 hello}", "office"),
        "zip": ("a.zip", archive("a.txt"), "archive"),
        "zip with ways out": ("a.zip", archive("../../../etc/passwd", "/tmp/x"), "archive"),
        "zip bomb": ("a.zip", archive("a", content=b"\0" * 50_000_000), "archive"),
        "broken zip": ("a.zip", archive("a.txt")[:20], "archive"),
        "tar": ("a.tar", _tar(), "archive"),
        "gzip bomb": ("a.gz", gzip.compress(b"\0" * 50_000_000), "archive"),
        "seven zip": ("a.7z", b"7z\xbc\xaf\x27\x1c" + b"\0" * 50, "archive"),
        "gif": ("a.gif", _picture("GIF"), "picture"),
        "webp": ("a.webp", _picture("WEBP"), "picture"),
        "tiff": ("a.tif", _picture("TIFF"), "picture"),
        "bmp called jpg": ("a.jpg", _picture("BMP"), "picture"),
        "icon": ("a.ico", _picture("ICO"), "picture"),
        "heic": ("a.heic", b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + b"\0" * 50, "HEIC"),
        "csv": ("a.csv", "name;city\nAda;Nørrvik\n".encode(), "text"),
        "csv with formulas": ("a.csv", b"=cmd|' /C calc'!A0,1\n@SUM(1),2\n", "text"),
        "csv with nothing but zeros": ("a.csv", b"\0" * 4000, "empty"),
        "json": ("a.json", b'{"a": NaN, "a": 2}', "text"),
        "json 100,000 deep": ("a.json", deep, "text"),
        "json with half a letter": ("a.json", b'{"a": "\xed\xa0\x80"}', ""),
        "html": ("a.html", b"<!doctype html><script>alert(1)</script>", "text"),
        "html called pdf": ("a.pdf", b"<html>%PDF-1.7</html>", "text"),
        "program": ("a.exe", b"MZ\x90\0" + b"\0\1" * 200, ""),
        "film": ("a.mp4", b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom" + b"\0" * 50, ""),
        "nothing": ("a.pdf", b"", "empty"),
        "one byte": ("a.pdf", b"%", "text"),
        "blanks": ("a.txt", b" \n" * 500, "empty"),
        "noise": ("a.bin", bytes((n * 7919) % 251 for n in range(1, 5000)), ""),
        "canary in plain text": ("a.txt", CANARY.encode(), "text"),
    }
