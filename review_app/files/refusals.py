"""Why a file is not taken, as sentences for a person; known in the confined process and outside it."""

from enum import StrEnum

from review_app.domain.marking import _


class Reason(StrEnum):
    """What stands against a file."""

    EMPTY = "empty"
    DRAWING = "drawing"
    POSTSCRIPT = "postscript"
    OFFICE = "office"
    ARCHIVE = "archive"
    HEIC = "heic"
    OTHER_PICTURE = "other picture"
    TEXT = "text"
    UNKNOWN = "unknown"
    BROKEN_PICTURE = "broken picture"
    PIXELS = "pixels"
    BROKEN_PDF = "broken pdf"
    ENCRYPTED = "encrypted"
    SCRIPT = "script"
    LAUNCH = "launch"
    OPEN_ACTION = "open action"
    EMBEDDED = "embedded"
    ACTION = "action"
    PAGES = "pages"
    UNPACKED = "unpacked"
    TOO_MUCH = "too much"
    BROKEN = "broken"
    BUSY = "busy"
    NOT_WORD = "not word"
    OLD_WORD = "old word"
    OPEN_DOCUMENT = "open document"
    MACROS = "macros"
    BROKEN_WORD = "broken word"
    UNPACKED_WORD = "unpacked word"


class Rejected(Exception):
    """A file that is not taken."""

    def __init__(self, reason: Reason, **values: int) -> None:
        super().__init__(reason.value)
        self.reason, self.values = reason, values


SENTENCES = {
    Reason.EMPTY: _("The file is empty. Choose another one."),
    Reason.DRAWING: _("This is an SVG drawing. Save it as PNG or PDF and choose that."),
    Reason.POSTSCRIPT: _("This is a PostScript file. Save it as PDF or PNG and choose that."),
    Reason.OFFICE: _("This is an office document. Save it as PDF and choose that."),
    Reason.ARCHIVE: _("This is an archive of files. Unpack it and choose its photos and PDF files one by one."),
    Reason.HEIC: _("This is a HEIC photo. Save it as JPEG and choose that."),
    Reason.OTHER_PICTURE: _("This kind of picture is not taken. Save it as JPEG or PNG and choose that."),
    Reason.TEXT: _("This is a text or data file. Save it as PDF and choose that."),
    Reason.UNKNOWN: _("This file is not a JPEG or PNG picture and not a PDF, whatever its name says."),
    Reason.BROKEN_PICTURE: _("This picture is damaged or incomplete. Open it, save it again and choose the new file."),
    Reason.PIXELS: _("This picture has %(given)s million pixels; at most %(most)s million are taken. Make it smaller."),
    Reason.BROKEN_PDF: _("This PDF is damaged or incomplete. Open it, save it as PDF again and choose the new file."),
    Reason.ENCRYPTED: _("This PDF is protected by a password. Save it without protection and choose that."),
    Reason.SCRIPT: _("This PDF holds JavaScript. Print it into a new PDF and choose that."),
    Reason.LAUNCH: _("This PDF can start a program. Print it into a new PDF and choose that."),
    Reason.OPEN_ACTION: _("This PDF does something by itself when opened. Print it into a new PDF and choose that."),
    Reason.EMBEDDED: _("This PDF has other files inside it. Print it into a new PDF and choose that."),
    Reason.ACTION: _("This PDF holds a form, sound, film or action. Print it into a new PDF and choose that."),
    Reason.PAGES: _("This PDF has %(given)s pages; at most %(most)s are taken. Choose the part that matters."),
    Reason.UNPACKED: _("This PDF unpacks to far more than its size. Print it into a new PDF and choose that."),
    Reason.TOO_MUCH: _("This file takes too long or too much memory to check. Make it simpler or smaller."),
    Reason.BROKEN: _("This file could not be read: it is damaged. Open it, save it again and choose the new file."),
    Reason.BUSY: _("Too many files are being checked at this moment. Try again in a minute."),
    Reason.NOT_WORD: _("This is not a Word file. Choose the .docx file that you downloaded here and edited."),
    Reason.OLD_WORD: _(
        "This file is of an old kind, or has a password. Save it as .docx without a password and choose that."
    ),
    Reason.OPEN_DOCUMENT: _("This is an OpenDocument file. Save it as Word (.docx) and choose that."),
    Reason.MACROS: _("This Word file can hold macros. Save it as .docx, without macros, and choose that."),
    Reason.BROKEN_WORD: _("This Word file is damaged. Open it, save it as .docx again and choose the new file."),
    Reason.UNPACKED_WORD: _(
        "This Word file unpacks to far more than a report. Take large pictures out, save it and choose it again."
    ),
}
