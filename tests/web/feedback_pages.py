"""What the tests of the pages of a return share: addresses, a draft, and how to read an answer."""

import re
from html import unescape

from sqlalchemy import func, select

from review_app.extensions.database import db
from review_app.models.feedback import FeedbackItem, Return
from tests import feedback_world as town

PAGE = f"/reviews/{town.REF}/feedback"
SEND = f"{PAGE}/send"
AUTOSAVE = {"X-Autosave": "1"}
DRAFT = {"kind": "lesson", "headline": "Begin with the employers", "language": "en"}


def item(key):
    """Return the address of an item."""
    return f"{PAGE}/items/{key}"


def written(app, name="Ada", *, whole=True, send=False):
    """Let somebody write, and send; return the keys of the items."""
    with app.app_context():
        items = town.write_the_minimum(name) if whole else [town.write(name)]
        if send:
            items[0].city_return.submitted_at = town.BEFORE
        db.session.commit()
        return [one.key for one in items]


def headlines(app):
    """Return the headlines of all items in the order of their making."""
    with app.app_context():
        return list(db.session.scalars(select(FeedbackItem.headline).order_by(FeedbackItem.id)))


def count(app, model):
    """Return how many rows there are."""
    with app.app_context():
        return db.session.scalar(select(func.count()).select_from(model))


def sent(app):
    """Tell of each return whether it is sent."""
    with app.app_context():
        return [one is not None for one in db.session.scalars(select(Return.submitted_at))]


def says(answer):
    """Return a page as a reader sees it: without tags, blanks folded."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", answer.text)).split())


def heading(answer):
    """Return the main heading of a page."""
    return " ".join(unescape(re.search(r"<h1[^>]*>(.*?)</h1>", answer.text, re.DOTALL)[1]).split())
