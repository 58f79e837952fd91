"""What stands on each slide: the team's messages in its order, then single items; what is left over is counted."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate, chain, zip_longest

from review_app.domain.vocabulary import ItemKind
from review_app.reports.frozen.snapshot import Snapshot, TakeHome
from review_app.reports.parts.beginning import brief_of
from review_app.reports.parts.chapters import is_public
from review_app.reports.parts.placing import Placed, placed
from review_app.reports.parts.slide_room import (
    MORE,
    QUESTION_SIZES,
    ROOM,
    TITLE_ROOM,
    TITLE_SIZES,
    WIDTH,
    fitting,
    height_of,
)
from review_app.reports.parts.slide_view import Point, Slide, TitleSlide
from review_app.reports.parts.supported import support_in_words
from review_app.reports.parts.view import Sheet
from review_app.reports.wording.printable import paragraphs
from review_app.reports.wording.words import Words

# In points, and in mm: what stands above and between the texts of the first slide.
BYLINE, BETWEEN = 20, 50.0


@dataclass(frozen=True)
class _Draft:
    """A slide before it is known how much of it finds room: its points group by group."""

    heading: str
    groups: tuple[tuple[Point, ...], ...]


def slides_of(snapshot: Snapshot, words: Words, *, below: float) -> tuple[Slide, ...]:
    """Return the slides behind the first; `below` is the height in mm that the last must keep free."""
    texts = placed(snapshot)
    drafts = [draft for draft in _drafts(snapshot, texts, words) if any(draft.groups)]
    return tuple(
        _fitted(draft, words, room=ROOM - (below if number == len(drafts) else 0.0))
        for number, draft in enumerate(drafts, start=1)
    )


def _drafts(snapshot: Snapshot, texts: tuple[Placed, ...], words: Words) -> Iterable[_Draft]:
    _ = words.gettext
    is_record = bool(texts) and all(is_public(one.message) for one in texts)
    works = _points(texts, ItemKind.SUCCESS_FACTOR, words)
    hard = _points(texts, ItemKind.CHALLENGE, words)
    yield _Draft(_("What works, on the public record") if is_record else _("What works"), (works,))
    yield _Draft(_("What is hard, on the public record") if is_record else _("What is hard"), (hard,))
    learnt = _points(texts, ItemKind.LESSON, words, is_mixed=True)
    suggested = _points(texts, ItemKind.RECOMMENDATION, words, is_mixed=True)
    yield _Draft(_learnt(words, bool(learnt), bool(suggested), is_record=is_record), (learnt, suggested))
    ideas = _points(texts, ItemKind.TAKE_HOME, words, is_mixed=True)
    homes = tuple(_take_home(one, snapshot, words) for one in snapshot.take_homes)
    steps = tuple(_step(one, snapshot, words) for one in snapshot.next_steps)
    yield _Draft(_next(words, bool(ideas or homes), bool(steps)), ((*ideas, *homes), steps))


def _learnt(words: Words, has_lessons: bool, has_suggestions: bool, *, is_record: bool) -> str:
    _ = words.gettext
    if is_record:
        return _("Lessons and suggestions on the public record")
    if has_lessons and has_suggestions:
        return _("What we learnt and suggest")
    return _("What we learnt") if has_lessons else _("What we suggest")


def _next(words: Words, has_ideas: bool, has_steps: bool) -> str:
    _ = words.gettext
    if has_ideas and has_steps:
        return _("What we take home, and what comes next")
    return _("What we take home") if has_ideas else _("What comes next")


def _points(texts: tuple[Placed, ...], kind: ItemKind, words: Words, *, is_mixed: bool = False) -> tuple[Point, ...]:
    return tuple(_point(one, words, is_mixed=is_mixed) for one in texts if one.kind is kind)


def _point(one: Placed, words: Words, *, is_mixed: bool) -> Point:
    message = one.message
    side = (support_in_words(message, words), words.one_of(one.kind) if is_mixed else "")
    return Point(
        text=message.headline,
        side=tuple(part for part in side if part),
        style=one.kind.value.replace("_", "-"),
        language=words.foreign(message.language),
        summary=message.summary,
    )


def _take_home(one: TakeHome, snapshot: Snapshot, words: Words) -> Point:
    """Return the first line of what a city takes home: the rest explains it."""
    text = next(iter(paragraphs(one.text)), "")
    city = one.city or words.gettext("A visiting city")
    return Point(text, (city,), "take-home", words.foreign(snapshot.text_language))


def _step(text: str, snapshot: Snapshot, words: Words) -> Point:
    return Point(text, (words.gettext("Next step"),), "step", words.foreign(snapshot.text_language))


def _fitted(draft: _Draft, words: Words, *, room: float) -> Slide:
    """Choose in turn from each group, so that none crowds out the other, and show group by group."""
    in_turn = [one for one in chain.from_iterable(zip_longest(*draft.groups)) if one is not None]
    count, size = fitting(in_turn, room)
    chosen = in_turn[:count]
    points = tuple(one for one in chain.from_iterable(draft.groups) if any(one is other for other in chosen))
    return Slide(draft.heading, points, _more(len(in_turn) - count, words), size)


def _more(left: int, words: Words) -> str:
    if not left:
        return ""
    return words.ngettext("and %(count)s more in the report", "and %(count)s more in the report", left)


def title_of(snapshot: Snapshot, sheet: Sheet, words: Words, *, below: float) -> TitleSlide:
    """Return the first slide; `below` is the height in mm that it must keep free."""
    brief = brief_of(snapshot, words)
    byline = ", ".join(
        part for part in (sheet.opening.host, " · ".join(one.whole for one in sheet.opening.byline)) if part
    )
    used = below + BETWEEN + sum(height_of(text, size=BYLINE, width=WIDTH) for text in (byline, brief.lead))
    size = _title_size(sheet.opening.title)
    room = TITLE_ROOM - used - height_of(sheet.opening.title, size=size, width=WIDTH)
    count, asked_in = _questions(brief.questions, room)
    return TitleSlide(
        size=size,
        lead=brief.lead,
        questions_heading=brief.questions_heading if count else "",
        questions=brief.questions[:count],
        question_size=asked_in,
        more=_more_questions(len(brief.questions) - count, words, is_all=not count),
    )


def _title_size(title: str) -> int:
    """Return the largest size in which a title takes two lines at most."""
    for size in TITLE_SIZES:
        if height_of(title, size=size, width=WIDTH) < height_of("a", size=size, width=WIDTH) * 2.5:
            return size
    return TITLE_SIZES[-1]


def _questions(questions: Sequence[str], room: float) -> tuple[int, int]:
    """Return how many questions find room, and in which size: all of them in a large one, or as many as there may."""
    for size in QUESTION_SIZES:
        if sum(_question_height(one, size) for one in questions) <= room:
            return len(questions), size
    heights = accumulate(_question_height(one, QUESTION_SIZES[-1]) for one in questions)
    return sum(height <= room - MORE for height in heights), QUESTION_SIZES[-1]


def _question_height(question: str, size: int) -> float:
    return height_of(question, size=size, width=WIDTH - 10.0) + 2.0


def _more_questions(left: int, words: Words, *, is_all: bool) -> str:
    if not left:
        return ""
    if is_all:
        return words.ngettext("The question stands in the report", "The %(count)s questions stand in the report", left)
    return words.ngettext("%(count)s question more in the report", "%(count)s questions more in the report", left)
