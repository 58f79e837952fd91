"""Files as a page shows them: what they are in words, and the addresses where they are read and changed."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from babel.numbers import format_decimal
from flask import url_for
from flask_babel import get_locale
from flask_babel import gettext as _
from flask_babel import ngettext as _n

from review_app.models.attachments import Attachment
from review_app.models.feedback import FeedbackItem
from review_app.queries import attachments
from review_app.queries.seats import Seat
from review_app.services.attachments import MEGABYTE


class Shown(NamedTuple):
    """One file; `picture` is the address of its picture and `change` that of its form, empty when there is none."""

    title: str
    alternative: str
    facts: list[str]
    download: str
    picture: str
    change: str
    width: int | None
    height: int | None


def of_practice(seat: Seat, *, writes: bool = False) -> list[Shown]:
    """Return what hangs on the practice, with the ways to change it for somebody who writes."""
    return shown(attachments.of_practice(seat), seat, writes=writes)


def of_items(items: Iterable[FeedbackItem], seat: Seat, *, writes: bool = False) -> dict[int, list[Shown]]:
    """Return what hangs on items, by the number of the item."""
    found = attachments.of_items(items, seat)
    return {number: shown(rows, seat, writes=writes) for number, rows in found.items()}


def shown(rows: Sequence[Attachment], seat: Seat, *, writes: bool = False) -> list[Shown]:
    """Return rows as a page shows them."""
    return [_shown(row, seat.review.ref, writes) for row in rows]


def change_address(row: Attachment, ref: str) -> str:
    """Return the address of the form of a file."""
    if row.item is None:
        return url_for("attachments.edit_practice", ref=ref, key=row.key)
    return url_for("attachments.edit_item", ref=ref, item=row.item.key, key=row.key)


def _shown(row: Attachment, ref: str, writes: bool) -> Shown:
    place = "practice" if row.item_id is None else "return"
    is_picture = row.media.is_picture
    return Shown(
        title=row.title,
        alternative=row.alternative,
        facts=_facts(row),
        download=url_for(f"attachments.download_{place}", ref=ref, key=row.key),
        picture=url_for(f"attachments.picture_{place}", ref=ref, key=row.key) if is_picture else "",
        change=change_address(row, ref) if writes else "",
        width=row.width,
        height=row.height,
    )


def _facts(row: Attachment) -> list[str]:
    size = _("%(size)s MB", size=format_decimal(max(0.1, round(row.size / MEGABYTE, 1)), locale=get_locale()))
    kind = _("Photo") if row.media.is_picture else _n("PDF, %(num)s page", "PDF, %(num)s pages", row.pages or 0)
    credit = _("By %(credit)s", credit=row.credit) if row.credit else ""
    allowed = _("May be published") if row.may_be_published else _("Not for publication")
    return [fact for fact in (f"{kind}, {size}", credit, row.licence, allowed) if fact]
