"""The form of a file: the file itself, and what is said about it."""

from dataclasses import asdict
from typing import Any

from flask import current_app
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.datastructures import FileStorage
from wtforms import FileField

from review_app.domain.refusal import Stale
from review_app.models.attachments import Attachment
from review_app.services.attachments import MEGABYTE, Words, words_of
from review_app.web.forms.base import PageForm
from review_app.web.forms.fields import Line, One, Paragraph, required

YES, NO = "yes", "no"
TAKEN = "image/png,image/jpeg,application/pdf"


class Upload(FileField):
    """One file."""

    draws = "file"
    extra = {"attributes": {"accept": TAKEN}}  # noqa: RUF012 (read by the template alone)

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Take the file, and nothing else that came under its name."""
        files = [one for one in valuelist if isinstance(one, FileStorage) and one.filename]
        self.data = files[0] if files else None


class FileForm(PageForm):
    """A photo, a PDF of slides or a document (METHOD.md F26)."""

    file = Upload(_l("The file"), [required(_l("Choose a file."))])
    title = Line(_l("Title"), [required(_l("Give the file a title."))], limit=140)
    alternative = Paragraph(
        _l("What the picture shows"),
        limit=300,
        hint=_l("For people who cannot see it. Needed for a photo; leave it empty for a PDF."),
    )
    credit = Line(
        _l("Whose it is (optional)"), limit=140, hint=_l("The photographer or the owner, as they want it said.")
    )
    licence = Line(
        _l("Licence or permission (optional)"),
        limit=140,
        hint=_l("Such as “CC BY 4.0”, or who allowed the use and when."),
    )
    may_be_published = One(
        _l("May it be published with the report?"),
        options=((YES, _l("Yes")), (NO, _l("No"))),
        hint=_l("Say yes only when its owner and everybody who can be recognised agree."),
    )

    def words(self) -> Words:
        """Return what was said about the file; call after validation."""
        said = {name: value or "" for name, value in self.answers().items() if name != "file"}
        return Words(**(said | {"may_be_published": said["may_be_published"] == YES}))

    def ask_again(self) -> None:
        """Say that the file must be chosen again: no browser keeps it when a form comes back."""
        if "file" in self and self.file.data and not self.file.errors:
            self.file.errors = [_("Choose the file again: it is not kept while something else is missing.")]


def file_form(row: Attachment | None) -> FileForm:
    """Return the form of a new file, or of what is said about one that is there."""
    kept = _filled(words_of(row)) | {"version": str(row.version)} if row else {"may_be_published": NO}
    form = FileForm(data=kept)
    if row is not None:
        del form.file
        return form
    most = current_app.config["SETTINGS"].file_bytes // MEGABYTE
    form.file.description = _("A photo (JPEG or PNG) or a PDF, up to %(most)s MB.", most=most)
    return form


def in_form(stale: Stale) -> Stale:
    """Return a newer version in the words of the form."""
    return Stale(_filled(Words(**stale.theirs)), stale.version)


def _filled(words: Words) -> dict[str, Any]:
    return asdict(words) | {"may_be_published": YES if words.may_be_published else NO}
