"""A report as a Word file: made of the page that is printed, so a new kind of report needs no line here."""

from gettext import NullTranslations

from lxml import html as markup  # type: ignore[import-untyped]

from review_app.reports import page
from review_app.reports.exports.office import base, frame, package
from review_app.reports.exports.office.blocks import write_blocks
from review_app.reports.exports.office.desk import Desk
from review_app.reports.exports.office.place import Place
from review_app.reports.exports.office.sheet import sheet_of
from review_app.reports.exports.office.text import as_xml, tag_of
from review_app.reports.frozen.snapshot import Paper
from review_app.reports.materials import Materials

MIME = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def document(paper: Paper, sentences: NullTranslations | None = None, materials: Materials = page.MATERIALS) -> bytes:
    """Return a report of any kind as .docx; the same paper gives the same bytes.

    Headings, lists, tables, languages and alternative texts are Word's own. The messages of a draft stand between
    bookmarks, by which `word_back.read` finds them again.
    """
    parser = markup.HTMLParser(encoding="utf-8", huge_tree=True, no_network=True, remove_comments=True, remove_pis=True)
    root = markup.document_fromstring(as_xml(page.document(paper, sentences, materials)).encode(), parser=parser)
    article = next(root.iter("article"))
    sheet = sheet_of(article, root)
    made = base.blank(paper.brand, tag_of(paper.language), materials, sheet)
    desk = Desk(made, materials, sheet, paper.brand)
    write_blocks(desk, frame.begin(made), article, Place(language=paper.language))
    frame.end(made, sheet, paper.language)
    return package.packed(made, paper, sheet)
