"""The heart of a long report: findings by review question, recommendations, the summary that points to both."""

from collections.abc import Iterable
from dataclasses import replace
from itertools import groupby

from review_app.domain.vocabulary import ItemKind
from review_app.reports.frozen.snapshot import Section, Snapshot
from review_app.reports.parts.chapters import heading_of, is_public, statement_of
from review_app.reports.parts.counting import lead
from review_app.reports.parts.heading import Contents
from review_app.reports.parts.long_view import Finding, Head, Recommended, Short, Statements, Summary, Table
from review_app.reports.parts.placing import FINDINGS, Placed, on_question, strongest, widest
from review_app.reports.parts.supported import support_in_words
from review_app.reports.parts.view import Chapter, Link, Statement
from review_app.reports.wording.words import Words

SUGGESTION = ItemKind.RECOMMENDATION


def of_kind(texts: Iterable[Placed], *kinds: ItemKind) -> tuple[Placed, ...]:
    """Return the texts of some kinds, in their order."""
    return tuple(one for one in texts if one.kind in kinds)


def summary_of(snapshot: Snapshot, texts: tuple[Placed, ...], words: Words, contents: Contents) -> Summary | None:
    """Return the summary; None where the report has nothing that could be summed up."""
    strong, suggested = strongest(texts), of_kind(texts, SUGGESTION)
    if not strong and all(is_public(one.message) for one in suggested):
        return None
    rows = tuple(_recommended(one, number, words) for number, one in enumerate(suggested, start=1))
    return Summary(
        head=contents.chapter("report-summary", words.gettext("Executive summary")),
        lead=lead(snapshot, words),
        strongest=tuple(_strong(one, words) for one in strong),
        recommendations=rows,
        has_addressees=any(row.addressee for row in rows),
        has_horizons=any(row.horizon for row in rows),
    )


def short_of(one: Placed, words: Words, number: str = "") -> Short:
    """Return a text as it is pointed to from elsewhere."""
    message = one.message
    return Short(message.headline, one.anchor, number, language=words.foreign(message.language))


def _strong(one: Placed, words: Words) -> Short:
    return replace(
        short_of(one, words),
        kind=one.kind.value.replace("_", "-"),
        support=support_in_words(one.message, words),
        notes=(words.one_of(one.kind),),
        summary=one.message.summary,
    )


def _recommended(one: Placed, number: int, words: Words) -> Recommended:
    to, horizon = words.labels(one.message.addressee), words.labels(one.message.horizon)
    return Recommended(short_of(one, words, words.number(number)), to, horizon)


def findings_of(snapshot: Snapshot, texts: tuple[Placed, ...], words: Words, contents: Contents) -> tuple[Finding, ...]:
    """Return what was found, question by question; then what was found besides. Nothing twice, nothing empty."""
    known = frozenset(question.number for question in snapshot.questions)
    numbered = {id(one): number for number, one in enumerate(of_kind(texts, SUGGESTION), start=1)}
    found: list[Finding] = []
    for number in (*(question.number for question in snapshot.questions), None):
        mine = on_question(of_kind(texts, *FINDINGS, SUGGESTION), number, known)
        read = of_kind(mine, *FINDINGS)
        if read or (mine and number is not None):
            head = _head(snapshot, number, words, contents, has_others=bool(found))
            links = tuple(short_of(one, words, words.number(numbered[id(one)])) for one in of_kind(mine, SUGGESTION))
            found.append(Finding(head, _support(mine, words), _chapters(read, words), links))
    return tuple(found)


def _head(snapshot: Snapshot, number: int | None, words: Words, contents: Contents, *, has_others: bool) -> Head:
    _ = words.gettext
    if number is None:
        title = _("Further findings") if has_others else _("Findings")
        return contents.chapter("report-findings", title)
    text = next(question.text for question in snapshot.questions if question.number == number)
    above = _("Findings on question %(number)s") % {"number": words.number(number)}
    if len(snapshot.questions) == 1:
        above = _("Findings on the review question")
    language = words.foreign(snapshot.text_language)
    return contents.chapter(f"report-question-{number}", text, above=above, language=language)


def _chapters(texts: tuple[Placed, ...], words: Words) -> tuple[Chapter, ...]:
    return tuple(chapter_of(kind, tuple(group), words) for kind, group in groupby(texts, key=lambda one: one.kind))


def chapter_of(kind: ItemKind, texts: tuple[Placed, ...], words: Words) -> Chapter:
    """Return the texts of one kind under its heading: messages, then items that stand alone."""
    messages = tuple(one for one in texts if not one.is_single)
    singles = tuple(one for one in texts if one.is_single)
    section = Section(
        kind=kind,
        messages=tuple(one.message for one in messages),
        singles=tuple(one.message for one in singles),
    )
    return Chapter(
        kind=kind.value.replace("_", "-"),
        heading=heading_of(section, words),
        statements=tuple(_under_its_question(one, words) for one in messages),
        singles=tuple(_under_its_question(one, words) for one in singles),
    )


def _under_its_question(one: Placed, words: Words) -> Statement:
    """Return a statement that need not name its question: it stands below it."""
    return statement_of(one.message.model_copy(update={"question": None}), words, anchor=one.anchor)


def _support(texts: tuple[Placed, ...], words: Words) -> Table | None:
    """Return how much was said of each kind and how widely it is held; a public record knows neither."""
    if not texts or all(is_public(one.message) for one in texts):
        return None
    groups = [(kind, tuple(group)) for kind, group in groupby(texts, key=lambda one: one.kind)]
    rows = [(words.kind(kind), words.number(len(group)), _widest(group, words)) for kind, group in groups]
    _ = words.gettext
    heads = (_("Kind"), _("Said"), _("Up to"))
    shown = 3 if any(row[2] for row in rows) else 2
    return Table(
        _("Support on this question"), heads[:shown], tuple(tuple(Link(cell) for cell in row[:shown]) for row in rows)
    )


def _widest(texts: tuple[Placed, ...], words: Words) -> str:
    message = widest(texts)
    return support_in_words(message, words) if message else ""


def recommendations_of(texts: tuple[Placed, ...], words: Words, contents: Contents) -> Statements | None:
    """Return the suggestions, numbered through; to whom and by when stands in the margin."""
    found = of_kind(texts, SUGGESTION)
    if not found:
        return None
    title = words.gettext("Recommendations")
    if all(is_public(one.message) for one in found):
        title = words.gettext("Suggestions on the public record")
    told = tuple(_numbered(one, number, words) for number, one in enumerate(found, start=1))
    return Statements(contents.chapter("report-recommendations", title), told)


def _numbered(one: Placed, number: int, words: Words) -> Statement:
    """Return a recommendation; its addressee and its horizon come first in the margin."""
    message = one.message
    told = statement_of(message, words, anchor=one.anchor)
    if not message.addressee:
        return replace(told, number=words.number(number))
    known = {"addressee": words.labels(message.addressee)}
    addressed, horizon = words.gettext("addressed to: %(addressee)s") % known, words.labels(message.horizon)
    rest = (horizon, told.support, *(one for one in told.notes if one not in (addressed, horizon)))
    return replace(
        told,
        number=words.number(number),
        support=words.gettext("To: %(addressee)s") % known,
        notes=tuple(note for note in rest if note),
    )


def questions_of(texts: tuple[Placed, ...], words: Words, contents: Contents) -> Statements | None:
    """Return what the visitors ask back, as an annex."""
    found = of_kind(texts, ItemKind.QUESTION)
    if not found:
        return None
    told = tuple(statement_of(one.message, words, anchor=one.anchor) for one in found)
    return Statements(contents.annex("report-questions", words.gettext("Questions to think about")), told)
