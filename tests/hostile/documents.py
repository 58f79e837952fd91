"""PDF files that are broken, that act, that hide, or that unpack to more than a machine has."""

import io
import zlib

import pikepdf
from pikepdf import Array, Dictionary, Encryption, Name, String

from tests.hostile import good
from tests.hostile.pictures import packed

SCRIPT = {"S": Name.JavaScript, "JS": String("app.alert(1)")}


def raw(objects, *, head=b"%PDF-1.7\n", tail=b""):
    """Return a PDF of these objects, numbered from 1; the first is its root."""
    content, places = io.BytesIO(), []
    content.write(head)
    for number, body in enumerate(objects, start=1):
        places.append(content.tell())
        content.write(b"%d 0 obj\n" % number + body + b"\nendobj\n")
    table = content.tell()
    content.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    content.write(b"".join(b"%010d 00000 n \n" % place for place in places))
    content.write(b"trailer << /Size %d /Root 1 0 R >>\n" % (len(objects) + 1))
    content.write(b"startxref\n%d\n%%%%EOF\n" % table + tail)
    return content.getvalue()


def stream(data, words=b""):
    """Return a stream object."""
    return b"<< /Length %d %s >>\nstream\n" % (len(data), words) + data + b"\nendstream"


ROOT, PAGES = b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>"


def page(words=b""):
    """Return a page."""
    return b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] " + words + b" >>"


def drawing(data, words):
    """Return a PDF whose one page is drawn by this stream."""
    return raw([ROOT, PAGES, page(b"/Contents 4 0 R"), stream(data, words)])


def many_pages(count, told):
    """Return a PDF of many pages that tells of a number of them."""
    kids = b" ".join(b"%d 0 R" % number for number in range(3, 3 + count))
    return raw(
        [ROOT, b"<< /Type /Pages /Kids [" + kids + b"] /Count %d >>" % told, *[b"<</Type/Page/Parent 2 0 R>>"] * count]
    )


def _root(**values):
    return good.pdf(change=lambda pdf: pdf.Root.update(Dictionary(**values)))


def _note(**action):
    note = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=[0, 0, 9, 9], A=Dictionary(**action))
    return good.pdf(change=lambda pdf: pdf.pages[1].obj.update(Dictionary(Annots=Array([note]))))


def _with_file(pdf):
    pdf.attachments["a.exe"] = b"MZ"


def _with_script(pdf):
    pdf.Root.Names = Dictionary(
        JavaScript=Dictionary(Names=Array([String("a"), pdf.make_indirect(Dictionary(**SCRIPT))]))
    )


def _object_stream_bomb():
    body = packed(700, of=b" ", before=b"5 0 ", behind=b"<< >>")
    kept = stream(body, b"/Type /ObjStm /N 1 /First 4 /Filter /FlateDecode")
    start = b"%PDF-1.7\n"
    places, content = [], start
    for number, one in enumerate((ROOT, PAGES, page(b"/Contents 5 0 R"), kept), start=1):
        places.append(len(content))
        content += b"%d 0 obj\n" % number + one + b"\nendobj\n"
    rows = b"\0\0\0\0\0\0" + b"".join(b"\1" + place.to_bytes(4, "big") + b"\0" for place in places)
    rows += b"\2" + (4).to_bytes(4, "big") + b"\0" + b"\1" + len(content).to_bytes(4, "big") + b"\0"
    table = stream(rows, b"/Type /XRef /Size 7 /W [1 4 1] /Root 1 0 R")
    return content + b"6 0 obj\n" + table + b"\nendobj\nstartxref\n%d\n%%%%EOF\n" % len(content)


def refused():
    """Return by name: the name of a file, its bytes or who makes them, and what the sentence about it must say."""
    return _broken() | _acting() | _too_big()


def _broken():
    whole = good.pdf()
    return {
        "pdf cut in the middle": ("a.pdf", whole[: len(whole) // 2], "damaged"),
        "pdf that is a signature alone": ("a.pdf", b"%PDF-1.7\n", "damaged"),
        "pdf full of garbage": ("a.pdf", b"%PDF-1.7\n" + bytes(range(256)) * 50, "damaged"),
        "pdf without a page": ("a.pdf", raw([ROOT, b"<< /Type /Pages /Kids [] /Count 0 >>"]), "damaged"),
        "pdf without a root": ("a.pdf", raw([b"<< >>"]), "damaged"),
        "pdf whose pages go in a circle": (
            "a.pdf",
            raw([ROOT, b"<< /Type /Pages /Kids [2 0 R] /Count 1 /Parent 2 0 R >>"]),
            "damaged",
        ),
        "pdf with brackets 20,000 deep": (
            "a.pdf",
            raw([ROOT, PAGES, page(b"/X " + b"[" * 20_000 + b"]" * 20_000)]),
            "damaged",
        ),
        "pdf behind other bytes": ("a.pdf", b"MZ\0\0" + whole, "not a JPEG"),
        "pdf with a password": ("a.pdf", good.pdf(encryption=Encryption(user="u", owner="o")), "password"),
        "pdf with an owner's password": ("a.pdf", good.pdf(encryption=Encryption(user="", owner="o")), "password"),
    }


def _acting():
    launch = {"S": Name.Launch, "F": String("cmd.exe")}
    return {
        "pdf with JavaScript at opening": ("a.pdf", _root(OpenAction=Dictionary(**SCRIPT)), "JavaScript"),
        "pdf with JavaScript among its names": ("a.pdf", good.pdf(change=_with_script), "JavaScript"),
        "pdf with JavaScript behind a link": ("a.pdf", _note(**SCRIPT), "JavaScript"),
        "pdf with JavaScript spelled in numbers": (
            "a.pdf",
            raw([ROOT[:-2] + b"/OpenAction << /S /J#61vaScript /J#53 (x) >> >>", PAGES, page()]),
            "JavaScript",
        ),
        "pdf with a link into JavaScript": (
            "a.pdf",
            _note(S=Name.URI, URI=String("javascript:alert(1)")),
            "JavaScript",
        ),
        "pdf with a link into the reader's disk": (
            "a.pdf",
            _note(S=Name.URI, URI=String("file:///etc/passwd")),
            "action",
        ),
        "pdf with a form that holds scripts": ("a.pdf", _root(AcroForm=Dictionary(XFA=String("x"))), "JavaScript"),
        "pdf that starts a program": ("a.pdf", _note(**launch), "start a program"),
        "pdf that starts a program at opening": ("a.pdf", _root(OpenAction=Dictionary(**launch)), "start a program"),
        "pdf that opens an address at opening": (
            "a.pdf",
            _root(OpenAction=Dictionary(S=Name.URI, URI=String("http://example.org"))),
            "when opened",
        ),
        "pdf with page actions": ("a.pdf", _root(AA=Dictionary(WC=Dictionary(S=Name.Named, N=Name.Print))), "action"),
        "pdf that sends a form": ("a.pdf", _note(S=Name.SubmitForm, F=String("http://example.org")), "action"),
        "pdf that opens another": ("a.pdf", _note(S=Name.GoToR, F=String("//host/share/x.pdf")), "action"),
        "pdf with a film": ("a.pdf", _note(S=Name.Rendition), "action"),
        "pdf with a file inside": ("a.pdf", good.pdf(change=_with_file), "files inside"),
        "pdf that is a portfolio": ("a.pdf", _root(Collection=Dictionary()), "files inside"),
    }


def _too_big():
    flate = b"/Filter /FlateDecode"
    return {
        "pdf of 301 pages": ("a.pdf", lambda: good.pdf(pages=301), "301 pages"),
        "pdf of 200,000 pages": ("a.pdf", lambda: many_pages(200_000, 200_000), ""),
        "pdf of 200,000 pages that tells of one": ("a.pdf", lambda: many_pages(200_000, 1), ""),
        "pdf that unpacks to 500 MB": ("a.pdf", lambda: drawing(packed(500), flate), "unpacks"),
        "pdf that unpacks twice": (
            "a.pdf",
            lambda: drawing(zlib.compress(packed(500)), b"/Filter [/FlateDecode /FlateDecode]"),
            "unpacks",
        ),
        "pdf whose objects unpack to 700 MB": ("a.pdf", _object_stream_bomb, ""),
        "pdf with a picture of 10,000 megapixels": (
            "a.pdf",
            drawing(b"", b"/Type /XObject /Subtype /Image /Width 100000 /Height 100000"),
            "unpacks",
        ),
    }


def taken():
    """Return by name: the name of a file and its bytes. They are taken, and nothing but the pages stays."""
    tail = good.CANARY.encode()
    older = good.pdf(pages=1) + b"\n"
    return {
        "pdf with an author": ("a.pdf", good.pdf()),
        "pdf called exe": ("a.exe", good.pdf()),
        "pdf with an archive behind it": ("a.pdf", good.pdf(static_id=True) + b"\nPK\x03\x04" + tail),
        "pdf with an earlier version inside": ("a.pdf", older + good.pdf(pages=1)),
        "pdf with links": ("a.pdf", _note(S=Name.URI, URI=String("https://example.org/a?b=c"))),
        "pdf with a sentence about /JS (app)": (
            "a.pdf",
            good.pdf(change=lambda pdf: pdf.Root.update(Dictionary(Lang=String("en /JS /Launch /AA")))),
        ),
    }


def text_of(content):
    """Return all bytes of a PDF, unpacked: where a canary could be."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        parts = [one.read_bytes() for one in pdf.objects if isinstance(one, pikepdf.Stream)]
        parts += [one.unparse(resolved=False) for one in pdf.objects if not isinstance(one, pikepdf.Stream)]
        return b"".join([content, *parts, pdf.trailer.unparse()])
