"""Word files as somebody edits them: with another program than the one that wrote them, or by an evil hand."""

import io
import zipfile

from docx import Document

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def retyped(content, **texts):
    """Return a file in which paragraphs that say something say something else: `retyped(file, Old="New")`."""
    return changed(content, lambda document: _retype(document, texts))


def changed(content, change):
    """Return a file after somebody did something to the document."""
    document = Document(io.BytesIO(content))
    change(document)
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()


def paragraph(document, text):
    """Return the paragraph that says exactly this, of all paragraphs of the body."""
    return next(one for one in document.paragraphs if one.text == text)


def say(one, text):
    """Type over all words of a paragraph; what only introduces them is gone as well."""
    for run in one.runs[1:]:
        run._element.getparent().remove(run._element)
    one.runs[0].text = text
    one.runs[0].style = None


def with_part(content, name, change):
    """Return a file with one part of its archive changed, added, or for None taken out."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as given, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as taken:
        parts = {one: given.read(one) for one in given.namelist()}
        parts[name] = change(parts.get(name, b""))
        for one, inside in parts.items():
            if inside is not None:
                taken.writestr(one, inside)
    return made.getvalue()


def in_document(content, old, new):
    """Return a file with something else in the XML of its document."""
    assert old in zipfile.ZipFile(io.BytesIO(content)).read("word/document.xml")
    return with_part(content, "word/document.xml", lambda xml: xml.replace(old, new))


def _retype(document, texts):
    for old, new in texts.items():
        say(paragraph(document, old), new)
