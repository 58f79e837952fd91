"""Every statement that a person may see, of all reviews, row by row: for exports that no memory holds.

A published report says what was said, consents and regime applied. Of a review without one, whoever reads all returns
also gets the items released for its report: without their cities, which agreed to no export.
"""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import Engine, Select, func, select
from sqlalchemy.sql.elements import ColumnElement

from review_app.domain.visibility import Reach, Thing
from review_app.domain.vocabulary import Side, Use
from review_app.extensions.database import db, reading_beside
from review_app.models.feedback import FeedbackItem, Return
from review_app.models.network import Organisation
from review_app.models.publishing import Report
from review_app.models.review import MethodEdition, Review, ReviewCity
from review_app.queries.reports import HIGHLIGHTS
from review_app.queries.reviews import method_by
from review_app.queries.sight import Reader, seen_by

REVIEW = ("review", "title", "hosts", "theme", "starts_on", "report", "state")
PLACE = ("section", "position", "is_single")
SAID = (
    "kind", "headline", "body", "cities", "of", "consensus", "question", "dissent", "named", "addressee", "horizon",
    "first_step", "source", "language", "summary",
)  # fmt: skip
COLUMNS = (*REVIEW, *PLACE, *SAID)
PUBLISHED, RELEASED = "published", "released"
REPORTS_AT_ONCE, ITEMS_AT_ONCE = 10, 500
"""How many rows the database hands over at a time: a report holds a hundred statements."""
ENGLISH = "en"
UNSAID = dict.fromkeys(("body", "dissent", "addressee", "horizon", "first_step", "source", "summary"), "")
"""What a snapshot leaves out because nothing is said there."""
Statement = tuple[Any, ...]
Labels = Mapping[str, Mapping[str, str]]


def statements(reader: Reader) -> Iterator[Statement]:
    """Return what this reader may see, as `COLUMNS` say: three statements, however many rows there are.

    Memory does not grow with them. They are read as they are asked for, with no application context; the transaction
    takes no lock and ends with the last row.
    """
    labels = {digest: _labels(digest) for digest in db.session.scalars(select(MethodEdition.digest))}
    return _rows(db.engine, reader, labels)


def _rows(engine: Engine, reader: Reader, labels: Mapping[str, Labels]) -> Iterator[Statement]:
    with reading_beside(engine) as connection:
        for row in connection.execution_options(yield_per=REPORTS_AT_ONCE).execute(_reports(reader)):
            yield from _said(row)
        for row in connection.execution_options(yield_per=ITEMS_AT_ONCE).execute(_items(reader)):
            yield _released(row, labels)


def _hosts() -> ColumnElement[str]:
    name = func.coalesce(func.nullif(ReviewCity.named, ""), Organisation.name)
    return (
        select(func.aggregate_strings(name, "; "))
        .select_from(ReviewCity)
        .join(Organisation, Organisation.id == ReviewCity.organisation_id)
        .where(ReviewCity.review_id == Review.id, ReviewCity.side == Side.HOST)
        .correlate(Review)
        .scalar_subquery()
    )


def _numbered() -> ColumnElement[int]:
    """The number of the report that counts, null where a review has none."""
    return (
        select(func.max(Report.number))
        .where(Report.review_id == Review.id, Report.kind == HIGHLIGHTS)
        .correlate(Review)
        .scalar_subquery()
    )


def _reports(reader: Reader) -> Select[*tuple[Any, ...]]:
    return (
        select(Review.ref, Review.title, _hosts(), Review.theme, Review.starts_on, Report.number, Report.snapshot)
        .join(Report, (Report.review_id == Review.id) & (Report.kind == HIGHLIGHTS) & (Report.number == _numbered()))
        .where(seen_by(Thing.REPORT, *reader), Review.published_at.is_not(None))
        .order_by(Review.id)
    )


def _items(reader: Reader) -> Select[*tuple[Any, ...]]:
    """By question, then by random key: the order of writing would tell who wrote (RELIABILITY 22)."""
    item = FeedbackItem
    return (
        select(Review.ref, Review.title, _hosts(), Review.theme, Review.starts_on, MethodEdition.digest, item.kind)
        .add_columns(item.headline, item.explanation, item.question, item.language, item.answers)
        .join(Return, Return.review_id == Review.id)
        .join(item, item.return_id == Return.id)
        .join(MethodEdition, MethodEdition.id == Review.edition_id)
        .where(seen_by(Thing.RETURN, *reader, least=Reach.ALL), Review.published_at.is_(None), _numbered().is_(None))
        .where(Return.submitted_at.is_not(None), item.use == Use.REPORT)
        .order_by(Review.id, item.question.nulls_last(), item.key)
    )


def _said(row: Any) -> Iterator[Statement]:
    """Return the statements of one report, in its order."""
    review, snapshot = tuple(row)[:-1], json.loads(row[-1])
    for order, section in enumerate(snapshot.get("sections", ()), start=1):
        both = (*((one, False) for one in section["messages"]), *((one, True) for one in section.get("singles", ())))
        for at, (message, is_single) in enumerate(both, start=1):
            named = "; ".join(message.get("named", ()))
            told = {**UNSAID, **message, "language": message.get("language") or ENGLISH, "named": named}
            yield (*review, PUBLISHED, order, at, is_single, *(told.get(name) for name in SAID))


def _released(row: Any, labels: Mapping[str, Labels]) -> Statement:
    ref, title, hosts, theme, starts_on, digest, kind, headline, explanation, question, language, answers = row
    said = {name: words.get(str(answers.get(name)), "") for name, words in labels[digest].items()}
    told = {
        **said,
        "kind": kind.value,
        "headline": headline,
        "body": explanation,
        "question": question,
        "language": language,
        "first_step": answers.get("first_step"),
        "summary": answers.get("english_summary"),
    }
    return (ref, title, hosts, theme, starts_on, None, RELEASED, None, None, True, *(told.get(name) for name in SAID))


def _labels(digest: str) -> Labels:
    """Return how a method words the choices of an item, by question."""
    form = method_by(digest).forms.get("feedback_item")
    asked = form.questions if form else ()
    choices = {one.key: {option.value: option.label for option in one.options} for one in asked}
    return {name: choices.get(name, {}) for name in ("addressee", "horizon")}
