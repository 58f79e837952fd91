"""The practice as its host describes it, in words: short answers side by side, long ones as paragraphs."""

from babel.numbers import NumberFormatError, parse_decimal

from review_app.domain.forms import Asks
from review_app.domain.vocabulary import Precision
from review_app.reports.frozen.feedback import FeedbackReport
from review_app.reports.frozen.host_paper import Answer, AnswerSection, Column
from review_app.reports.frozen.snapshot import Snapshot, When
from review_app.reports.parts.beginning import key_rows_of, practice_of, why_of
from review_app.reports.parts.heading import Contents
from review_app.reports.parts.links import link_to
from review_app.reports.parts.long_view import HostPaper, Table, Told, ToldSection
from review_app.reports.parts.view import Link
from review_app.reports.wording.words import Words

_PRECISIONS = {4: Precision.YEAR, 7: Precision.MONTH, 10: Precision.DAY}
_LONG = (Asks.TEXT, Asks.FORMATTED)
# In characters: a longer answer wants the width of the column.
SHORT = 90


def host_paper_of(snapshot: FeedbackReport, words: Words, contents: Contents) -> HostPaper | None:
    """Return the chapter on the practice; None when neither host nor team has described it."""
    prose = tuple(one for one in (why_of(snapshot, words), practice_of(snapshot, words)) if one is not None)
    figures = key_rows_of(snapshot)
    if not prose and not figures and not snapshot.host_paper:
        return None
    title = words.gettext("The host’s context and practice")
    sections = tuple(told_section(section, snapshot, words) for section in snapshot.host_paper)
    return HostPaper(contents.chapter("report-practice", title), prose, figures, sections)


def told_section(section: AnswerSection, snapshot: Snapshot, words: Words) -> ToldSection:
    """Return the answers to one section of the form."""
    language = words.foreign(snapshot.text_language)
    short = [answer for answer in section.answers if _is_short(answer)]
    return ToldSection(
        title=words.gettext(section.title),
        facts=tuple(_fact(answer, words, language) for answer in short),
        answers=tuple(_told(answer, words, language) for answer in section.answers if answer not in short),
    )


def _is_short(answer: Answer) -> bool:
    if answer.rows or len(answer.texts) > 1:
        return False
    return answer.asks not in _LONG and sum(map(len, (*answer.texts, *answer.choices))) <= SHORT


def _fact(answer: Answer, words: Words, language: str | None) -> Told:
    label = words.gettext(answer.label)
    if answer.choices:
        return Told(label, (" · ".join(words.gettext(choice) for choice in answer.choices),))
    text = answer.texts[0]
    if answer.asks is Asks.WHEN:
        return Told(label, (_when(text, words),))
    if answer.asks is Asks.NUMBER:
        return Told(label, (_number(text, words),))
    return Told(label, (text,), language=language)


def _when(text: str, words: Words) -> str:
    """Return a year, a month or a day as this language writes it; anything else as the host wrote it."""
    precision = _PRECISIONS.get(len(text))
    try:
        return words.when(When(start=text, end=None, precision=precision)) if precision else text
    except ValueError:
        return text


def _number(text: str, words: Words) -> str:
    try:
        value = parse_decimal(text, locale="en", strict=True)
    except NumberFormatError:
        return text
    return words.number(int(value)) if value == int(value) else text


def _told(answer: Answer, words: Words, language: str | None) -> Told:
    label = words.gettext(answer.label)
    if answer.rows:
        return Told(label, (), _table(answer, words, language))
    if answer.choices:
        return Told(label, tuple(words.gettext(choice) for choice in answer.choices))
    return Told(label, answer.texts, language=language)


def _table(answer: Answer, words: Words, language: str | None) -> Table:
    shown = [place for place in range(len(answer.columns)) if any(row.cells[place] for row in answer.rows)]
    columns = [answer.columns[place] for place in shown]
    return Table(
        caption=words.gettext(answer.label),
        heads=tuple(words.gettext(column.label) for column in columns),
        rows=tuple(
            tuple(_cell(answer.columns[place], row.cells[place], words) for place in shown) for row in answer.rows
        ),
        languages=tuple(None if column.is_chosen else language for column in columns),
    )


def _cell(column: Column, text: str, words: Words) -> Link:
    return Link(words.gettext(text)) if column.is_chosen and text else link_to(text)
