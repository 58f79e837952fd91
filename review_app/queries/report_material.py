"""Gathers what a report is made of: the same handful of statements for any review, only what is released."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import and_, case, select
from sqlalchemy.orm import selectinload

from review_app.domain import themes
from review_app.domain.attribution import Voice
from review_app.domain.material import (
    KIND_ORDER,
    City,
    Figure,
    Item,
    Material,
    MergedText,
    OwnTexts,
    Page,
    Part,
    Record,
    Span,
    View,
)
from review_app.domain.report_parts import label_of
from review_app.domain.vocabulary import CommentKind, Precision, RecordKind, Side, Use
from review_app.domain.workflow import Method
from review_app.extensions import branding
from review_app.extensions.database import db
from review_app.models.feedback import FeedbackItem, Return
from review_app.models.network import Organisation
from review_app.models.practice import KeyFigure, PracticeSection
from review_app.models.publishing import ReportText
from review_app.models.record import PublicRecord
from review_app.models.review import Review, ReviewCity, ReviewQuestion
from review_app.models.synthesis import FactComment, Message, MessageSource
from review_app.queries import expected, methods

KIND_RANK = case({kind: place for place, kind in enumerate(KIND_ORDER)}, value=Message.kind)
LABELLED = ("addressee", "horizon")


def of(review: Review, *, network: str = "", also: Collection[Part] = ()) -> Material:
    """Gather one review in eleven statements at most, and one more for each part that a kind of report asks for.

    `network` stands in where the review names none.
    """
    cities, returned = _cities(review.id)
    query = select(Message).where(Message.review_id == review.id).order_by(KIND_RANK, Message.rank, Message.id)
    rows = list(db.session.scalars(query))
    return replace(
        _agreed(review, network),
        questions=_questions(review.id),
        cities=cities,
        returned=returned,
        items=_items(review.id),
        beside=_beside(review.id),
        messages=tuple(_merged(row) for row in rows),
        answers=_answers(review.id),
        figures=_figures(review.id),
        texts=_texts(review.id),
        views=_views(review.id, {row.key: row.headline for row in rows}),
        record=_record(review),
        guests=expected.guests(review.id, cities) if Part.PEOPLE in also else (),
        closes=expected.closing(review.id) if Part.CLOSING in also else None,
    )


def _agreed(review: Review, network: str) -> Material:
    """Return what the review itself and its method say, without a statement."""
    method, imprint = methods.of(review.edition), branding.imprint()
    return Material(
        ref=review.ref,
        title=review.title,
        network=review.network or network or imprint.brand.network,
        method=method.title,
        theme=themes.label(review.theme),
        purpose=review.purpose,
        venue=review.venue,
        language=review.language,
        span=_span(review),
        regime=review.regime,
        small_group=method.numbers.small_group,
        funding=review.funding,
        fictional=review.fictional,
        practice_form=method.forms.get("practice"),
        labels=_labels(method),
        brand=imprint.brand,
        check_at=imprint.check_at,
        timezone=review.timezone,
        feedback_form=method.forms.get("feedback_item"),
        minimum=method.numbers.minimum_to_submit,
    )


def _questions(review_id: int) -> tuple[tuple[int, str], ...]:
    query = select(ReviewQuestion.number, ReviewQuestion.text).where(ReviewQuestion.review_id == review_id)
    return tuple((number, text) for number, text in db.session.execute(query.order_by(ReviewQuestion.number)))


def _span(review: Review) -> Span:
    if review.starts_on is None:
        return Span()
    cut = {Precision.DAY: 10, Precision.MONTH: 7, Precision.YEAR: 4}.get(review.precision, 10)
    end = review.ends_on.isoformat()[:cut] if review.ends_on else None
    return Span(review.starts_on.isoformat()[:cut], end, review.precision)


def _cities(review_id: int) -> tuple[tuple[City, ...], frozenset[int]]:
    sent = and_(
        Return.review_id == ReviewCity.review_id,
        Return.organisation_id == ReviewCity.organisation_id,
        Return.submitted_at.is_not(None),
        ReviewCity.side == Side.PEER,
    )
    rows: Sequence[Any] = db.session.execute(
        select(ReviewCity, Organisation, Return.id)
        .join(Organisation, Organisation.id == ReviewCity.organisation_id)
        .outerjoin(Return, sent)
        .where(ReviewCity.review_id == review_id)
        .order_by(ReviewCity.position, ReviewCity.id)
    ).all()
    cities = tuple(_city(row, organisation) for row, organisation, _sent in rows)
    return cities, frozenset(organisation.id for _row, organisation, number in rows if number is not None)


def _city(row: ReviewCity, organisation: Organisation) -> City:
    return City(
        number=organisation.id,
        name=row.named or organisation.name,
        country=organisation.country,
        kind=organisation.kind.value,
        side=row.side,
        latitude=organisation.latitude,
        longitude=organisation.longitude,
        takes_part=row.declined_at is None,
    )


def _items(review_id: int) -> tuple[Item, ...]:
    rows = db.session.execute(
        select(FeedbackItem, Return.organisation_id, MessageSource.message_id)
        .join(Return, Return.id == FeedbackItem.return_id)
        .outerjoin(MessageSource, MessageSource.item_id == FeedbackItem.id)
        .where(Return.review_id == review_id, Return.submitted_at.is_not(None), FeedbackItem.use == Use.REPORT)
    )
    items = (_item(row, city, message) for row, city, message in rows)
    # By question, then by random key: the order of writing would tell who wrote (RELIABILITY 22).
    return tuple(sorted(items, key=lambda item: (item.question is None, item.question or 0, item.key)))


def _beside(review_id: int) -> tuple[Voice, ...]:
    rows = db.session.execute(
        select(Return.organisation_id, FeedbackItem.kind, FeedbackItem.use, FeedbackItem.attribution)
        .join(Return, Return.id == FeedbackItem.return_id)
        .where(Return.review_id == review_id, Return.submitted_at.is_not(None), FeedbackItem.use == Use.HOST_ONLY)
    )
    return tuple(Voice(*row) for row in rows)


def _item(row: FeedbackItem, city: int, message: int | None) -> Item:
    return Item(
        key=row.key,
        kind=row.kind,
        headline=row.headline,
        city=city,
        explanation=row.explanation,
        question=row.question,
        attribution=row.attribution,
        use=row.use,
        language=row.language,
        message=message,
        answers=row.answers,
    )


def _merged(row: Message) -> MergedText:
    return MergedText(
        number=row.id,
        kind=row.kind,
        headline=row.headline,
        body=row.body,
        dissent=row.dissent,
        consensus=row.consensus,
        question=row.question,
        key=row.key,
        summary=row.summary,
    )


def _answers(review_id: int) -> dict[str, Any]:
    answers: dict[str, Any] = {}
    for section in db.session.scalars(select(PracticeSection.answers).where(PracticeSection.review_id == review_id)):
        answers.update(section)
    return answers


def _labels(method: Method) -> dict[str, dict[str, str]]:
    form = method.forms.get("feedback_item")
    asked = form.questions if form else ()
    return {
        question.key: {option.value: option.label for option in question.options}
        for question in asked
        if question.key in LABELLED
    }


def _figures(review_id: int) -> tuple[Figure, ...]:
    rows = db.session.scalars(
        select(KeyFigure).where(KeyFigure.review_id == review_id).order_by(KeyFigure.position, KeyFigure.id)
    )
    return tuple(Figure(row.label, row.value, row.unit, row.year, row.source) for row in rows)


def _texts(review_id: int) -> OwnTexts:
    row = db.session.scalar(select(ReportText).where(ReportText.review_id == review_id))
    if row is None:
        return OwnTexts()
    return OwnTexts(row.context, row.practice, row.saw, row.host_word, row.next_steps, row.people)


def _views(review_id: int, headlines: dict[str, str]) -> tuple[View, ...]:
    """The host's views to print: only of disagreements, only once the team has answered (METHOD.md F18)."""
    rows = db.session.scalars(
        select(FactComment)
        .where(
            FactComment.review_id == review_id,
            FactComment.kind == CommentKind.DISAGREEMENT,
            FactComment.print_view,
            FactComment.answer.is_not(None),
        )
        .order_by(FactComment.id)
    )
    return tuple(View(label_of(row.about, headlines), row.comment) for row in rows)


def _record(review: Review) -> Record | None:
    row = db.session.scalar(
        select(PublicRecord)
        .where(PublicRecord.review_id == review.id)
        .options(selectinload(PublicRecord.lines), selectinload(PublicRecord.pages))
    )
    return _as_record(row, review.precision) if row else None


def _as_record(row: PublicRecord, precision: Precision) -> Record:
    lines: dict[RecordKind, list[str]] = defaultdict(list)
    for line in row.lines:
        lines[line.kind].append(line.text)
    return Record(
        method=row.method,
        practice=row.practice,
        objective=row.objective,
        outcome=row.outcome,
        funding=row.funding,
        venue=row.venue,
        span=Span(row.starts, row.ends, precision),
        cities_stated=row.cities_stated,
        people_stated=row.people_stated,
        people_note=row.people_note,
        lines={kind: tuple(texts) for kind, texts in lines.items()},
        pages=tuple(Page(page.url, page.published, page.note) for page in row.pages),
    )
