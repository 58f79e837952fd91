"""What an archive asks of a print beyond what a reader does: its data inside, and both standards named."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

MEDIA = {"report.json": "application/json", "report.csv": "text/csv"}
"""The only files that may lie in a print."""
TOLD = {
    "report.json": "The report as data: everything it says, as it was frozen",
    "report.csv": "The messages of the report as a table",
}
RELATION = "Data"
EPOCH = date(2000, 1, 1)

IDENTIFIER = "http://www.aiim.org/pdfua/ns/id/"
UNIVERSAL = f"""<rdf:Description rdf:about="" xmlns:pdfuaid="{IDENTIFIER}" pdfuaid:part="1"/>
<rdf:Description rdf:about=""
 xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"
 xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA Universal Accessibility Schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>{IDENTIFIER}</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Indicates which part of ISO 14289 the file adheres to</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>
""".encode()
"""An archive takes a property that its own standard does not know only with its description (ISO 19005-3, 6.6.2.3)."""
END = b"</rdf:RDF>"


class NotAllowed(ValueError):
    """A file that has no place in a print."""


@dataclass(frozen=True)
class Enclosed:
    """Files that travel inside a print, by name, and the day they bear: that of the report, never of the printing."""

    files: Mapping[str, bytes]
    day: date | None = None

    def __post_init__(self) -> None:
        strange = sorted(set(self.files) - set(MEDIA))
        if strange:
            raise NotAllowed(", ".join(strange))

    @property
    def moment(self) -> datetime:
        """The day as a moment, without a zone, as the format wants it."""
        return datetime.combine(self.day or EPOCH, datetime.min.time())


def both_named(metadata: bytes) -> bytes:
    """Return the metadata of a PDF/A with the mark of PDF/UA-1 in it, in the one RDF that XMP allows."""
    before, end, after = metadata.rpartition(END)
    return before + UNIVERSAL + end + after
