"""A Word file read back by another library than the one that drew it: what a reader, or a machine, finds in it."""

import io
import re
import zipfile
from collections import Counter

from docx import Document

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
HEADINGS = ("Title", "Heading 1", "Heading 2", "Heading 3")


class Read:
    """One file."""

    def __init__(self, content):
        self.content, self.document = content, Document(io.BytesIO(content))
        self.body = self.document.element.body
        self.parts = zipfile.ZipFile(io.BytesIO(content))

    def xml(self, name):
        return self.parts.read(name).decode()

    def said(self, style):
        """The paragraphs of a style, of those in cells as well."""
        return ["".join(one.itertext(f"{W}t")) for one in self.body.iter(f"{W}p") if self._style(one) == style]

    def headings(self):
        return [(one.style.name, one.text) for one in self.document.paragraphs if one.style.name in HEADINGS]

    def lists(self):
        """Each item with the sign it bears: "bullet" or "decimal", and the number of its list."""
        found = []
        for one in self.body.iter(f"{W}p"):
            name = self._style(one)
            if name.startswith("List ") and name != "List Continue":
                direct = one.find(f"{W}pPr/{W}numPr/{W}numId")
                found.append((name, direct.get(f"{W}val") if direct is not None else "", self._text(one)))
        return found

    def languages(self):
        """The language of each text, for runs that say something."""
        runs = (run for run in self.body.iter(f"{W}r") if self._text(run).strip())
        return [(self._text(run), self._language(run)) for run in runs]

    def spoken(self):
        return Counter(language for _text, language in self.languages())

    def language_of(self, text):
        return {language for said, language in self.languages() if text in said}

    def pictures(self):
        return [one.get("descr") for one in self.body.iter() if one.tag.endswith("}docPr")]

    def links(self):
        relations = self.document.part.rels
        key = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
        return [relations[one.get(key)].target_ref for one in self.body.iter(f"{W}hyperlink") if one.get(key)]

    def bookmarks(self):
        return [one.get(f"{W}name") for one in self.body.iter(f"{W}bookmarkStart")]

    def tables(self):
        """Each table: its alternative text, the cells of its repeated head, its rows."""
        return [
            (
                "".join(table._tbl.xpath("./w:tblPr/w:tblCaption/@w:val")),
                [cell.text for row in table.rows if row._tr.xpath("./w:trPr/w:tblHeader") for cell in row.cells],
                [[cell.text for cell in row.cells] for row in table.rows],
            )
            for table in self.document.tables
        ]

    def properties(self):
        """What the file says of its origin."""
        told = self.xml("docProps/custom.xml")
        return dict(re.findall(r'name="([^"]+)"><vt:lpwstr>([^<]*)<', told))

    def edges(self):
        section = self.document.sections[0]
        parts = (section.first_page_header, section.header, section.first_page_footer, section.footer)
        return [["".join(one.itertext(f"{W}t")) for one in part._element.iter(f"{W}p")] for part in parts]

    def _style(self, paragraph):
        found = paragraph.find(f"{W}pPr/{W}pStyle")
        key = found.get(f"{W}val") if found is not None else None
        return self._names().get(key, "Normal")

    def _names(self):
        if not hasattr(self, "_known"):
            self._known = {one.style_id: one.name for one in self.document.styles}
        return self._known

    def _language(self, run):
        found = run.find(f"{W}rPr/{W}lang")
        return found.get(f"{W}val") if found is not None else ""

    def _text(self, element):
        return "".join(element.itertext(f"{W}t"))
