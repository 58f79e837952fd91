"""Pictures of what one review holds, each with its table: by question, by city, by support. From the snapshot alone."""

from collections import Counter
from collections.abc import Iterable

from review_app.domain.vocabulary import ItemKind
from review_app.reports.drawings.charts import Chart
from review_app.reports.drawings.colours import Palette
from review_app.reports.drawings.stacks import Stack, stacks_chart, stacks_figure
from review_app.reports.drawings.support import Held, support_chart, support_figure
from review_app.reports.frozen.snapshot import KindCount, Message, QuestionCount, Snapshot
from review_app.reports.parts.supported import support_in_words
from review_app.reports.wording.words import Words

FEWEST_QUESTIONS = 2
MOST_HELD = 14
"""Messages in one figure, so that it stands on one page with most of its table."""


def questions_chart(snapshot: Snapshot, words: Words, *, on_screen: bool) -> Chart | None:
    """Return how much was said on each question; None when there are not two to compare."""
    asked = [one for one in snapshot.counts_by_question if one.question is not None]
    if len(asked) < FEWEST_QUESTIONS:
        return None
    _ = words.gettext
    texts = {question.number: question.text for question in snapshot.questions}
    stacks = tuple(_on_question(one, texts, words) for one in snapshot.counts_by_question)
    caption = _("Released items by review question and kind.")
    figure = stacks_figure(stacks, words, caption, on_screen=on_screen, palette=Palette.of(snapshot.brand))
    everything = Stack(_("In all"), snapshot.counts)
    return stacks_chart(
        (*stacks, everything),
        figure,
        words,
        first=_("On question"),
        caption=_("Released items by question and kind"),
    )


def _on_question(count: QuestionCount, texts: dict[int, str], words: Words) -> Stack:
    if count.question is None:
        return Stack(words.gettext("On none of the questions"), count.counts)
    number = words.number(count.question)
    short = words.gettext("Question %(number)s") % {"number": number}
    text = texts.get(count.question, "")
    return Stack(f"{number}. {text}" if text else short, count.counts, short)


def cities_chart(snapshot: Snapshot, words: Words, *, on_screen: bool) -> Chart | None:
    """Return the statements beside which each city is named, by kind; None when no city is named.

    It counts what readers can count themselves, so nobody is found by it: statements and not items, and only names
    that stand in the report. Cities stand in the order of the visit, never by their numbers (METHOD.md R1).
    """
    said = _statements(snapshot)
    names = [words.name(place) for place in snapshot.places if any(place.name in named for _kind, named in said)]
    if not names:
        return None
    _ = words.gettext
    stacks = [Stack(name, _counted(kind for kind, named in said if name in named)) for name in names]
    unnamed = _counted(kind for kind, named in said if not named)
    if unnamed:
        stacks.append(Stack(_("Without a name"), unnamed))
    caption = _("Statements by the cities named with them; one with several names counts for each of them.")
    figure = stacks_figure(stacks, words, caption, on_screen=on_screen, palette=Palette.of(snapshot.brand))
    return stacks_chart(stacks, figure, words, first=_("City"), caption=_("Statements by named city and kind"))


def _statements(snapshot: Snapshot) -> list[tuple[ItemKind, tuple[str, ...]]]:
    """Return kind and names of everything that stands in the report."""
    said = [
        (message.kind, message.named)
        for section in snapshot.sections
        for message in (*section.messages, *section.singles)
    ]
    return [*said, *((ItemKind.TAKE_HOME, (one.city,) if one.city else ()) for one in snapshot.take_homes)]


def _counted(kinds: Iterable[ItemKind]) -> tuple[KindCount, ...]:
    return tuple(KindCount(kind=kind, count=count) for kind, count in Counter(kinds).items())


def support_of_messages(snapshot: Snapshot, words: Words, *, on_screen: bool) -> tuple[Chart, ...]:
    """Return who holds each merged message, in the order of the report, in as many charts as fit a page each."""
    messages = [message for section in snapshot.sections for message in section.messages]
    held = [one for message in messages if (one := _held(message, words))]
    shares = [held[start : start + MOST_HELD] for start in range(0, len(held), MOST_HELD)]
    charts = (_support(share, snapshot, words, on_screen=on_screen) for share in shares)
    return tuple(chart for chart in charts if chart)


def _support(held: list[Held], snapshot: Snapshot, words: Words, *, on_screen: bool) -> Chart | None:
    caption = words.gettext("Messages and the cities that hold them; words where a number would give a city away.")
    figure = support_figure(held, words, caption, on_screen=on_screen, palette=Palette.of(snapshot.brand))
    return support_chart(held, figure, words, caption=words.gettext("Support of each message"))


def _held(message: Message, words: Words) -> Held | None:
    told = support_in_words(message, words)
    language = words.foreign(message.language)
    return Held(message.headline, told, message.cities, message.of, language) if told else None
