"""What was said, in the order of the method: success, challenges, lessons, suggestions, take-homes."""

from review_app.domain.vocabulary import ItemKind
from review_app.reports.drawings.colours import Palette
from review_app.reports.drawings.figures import bar_figure
from review_app.reports.frozen.snapshot import Message, Section, Snapshot
from review_app.reports.parts.links import short_link_to
from review_app.reports.parts.pictured import questions_chart
from review_app.reports.parts.supported import dissent_of, set_apart, support_in_words
from review_app.reports.parts.view import Chapter, Count, Said, Statement, TakeHomeRow, TakeHomes
from review_app.reports.wording.printable import paragraphs
from review_app.reports.wording.words import Words

# Hosts read success factors first: criticism lands better after credit (METHOD.md 4.1).
ORDER = (
    ItemKind.SUCCESS_FACTOR,
    ItemKind.CHALLENGE,
    ItemKind.LESSON,
    ItemKind.RECOMMENDATION,
    ItemKind.QUESTION,
    ItemKind.TAKE_HOME,
)


def chapters_of(snapshot: Snapshot, words: Words) -> tuple[Chapter, ...]:
    """Return the sections that hold something."""
    sections = sorted(snapshot.sections, key=lambda section: ORDER.index(section.kind))
    return tuple(_chapter(section, words) for section in sections if section.messages or section.singles)


def _chapter(section: Section, words: Words) -> Chapter:
    return Chapter(
        kind=section.kind.value.replace("_", "-"),
        heading=heading_of(section, words),
        statements=_numbered(section.messages, section.kind, words, first=1),
        singles=_numbered(section.singles, section.kind, words, first=len(section.messages) + 1),
    )


def _numbered(messages: tuple[Message, ...], kind: ItemKind, words: Words, *, first: int) -> tuple[Statement, ...]:
    """Number the messages of a kind through, so that each has an address on the page."""
    name = kind.value.replace("_", "-")
    return tuple(
        statement_of(message, words, anchor=f"{name}-{number}") for number, message in enumerate(messages, start=first)
    )


def heading_of(section: Section, words: Words) -> str:
    """Return the heading of a kind.

    No opinion is invented: what nobody gave in a return is said to come from the public record.
    """
    _ = words.gettext
    if all(is_public(message) for message in (*section.messages, *section.singles)):
        return {
            ItemKind.SUCCESS_FACTOR: _("Success factors on the public record"),
            ItemKind.CHALLENGE: _("Challenges on the public record"),
            ItemKind.LESSON: _("Lessons on the public record"),
            ItemKind.RECOMMENDATION: _("Suggestions on the public record"),
            ItemKind.QUESTION: _("Questions on the public record"),
            ItemKind.TAKE_HOME: _("Take-homes on the public record"),
        }[section.kind]
    return {
        ItemKind.SUCCESS_FACTOR: _("Success factors"),
        ItemKind.CHALLENGE: _("Key challenges"),
        ItemKind.LESSON: _("Lessons learnt"),
        ItemKind.RECOMMENDATION: _("Suggestions of the critical friends"),
        ItemKind.QUESTION: _("Questions to think about"),
        ItemKind.TAKE_HOME: _("Ideas to take home"),
    }[section.kind]


def is_public(message: Message) -> bool:
    """Tell whether a message comes from a public record and not from returns."""
    return bool(message.source) and message.cities is None


def statement_of(message: Message, words: Words, *, anchor: str) -> Statement:
    """Return a message in words; `anchor` is its address on the page."""
    _ = words.gettext
    from_record = is_public(message)
    return Statement(
        headline=message.headline,
        paragraphs=paragraphs(message.body),
        support="" if from_record else support_in_words(message, words),
        notes=tuple(_notes(message, words)),
        first_step=set_apart(
            _("First step: %(step)s"), "%(step)s", message.first_step, words.foreign(message.language)
        ),
        dissent=dissent_of(message, words),
        source=short_link_to(message.source) if from_record else None,
        language=words.foreign(message.language),
        summary=message.summary,
        anchor=anchor,
        key=message.key,
    )


def _notes(message: Message, words: Words) -> list[str]:
    _ = words.gettext
    told = (
        message.question is not None and _("on question %(number)s") % {"number": message.question},
        message.named and _named(message, words),
        message.addressee and _("addressed to: %(addressee)s") % {"addressee": words.labels(message.addressee)},
        message.horizon and words.labels(message.horizon),
    )
    return [note for note in told if note]


def _named(message: Message, words: Words) -> str:
    cities = words.listed(words.city(name) for name in message.named)
    if message.cities is None or message.cities == len(message.named):
        return cities
    return words.gettext("among them %(cities)s") % {"cities": cities}


def said_of(snapshot: Snapshot, words: Words, *, on_screen: bool) -> Said | None:
    """Return the bar and the table of items by kind, and by question; None when no return was given."""
    counts = sorted(snapshot.counts, key=lambda one: ORDER.index(one.kind))
    palette = Palette.of(snapshot.brand)
    figure = bar_figure(counts, words, _caption(snapshot, words), on_screen=on_screen, palette=palette)
    if figure is None:
        return None
    columns = tuple(
        Count(one.kind.value.replace("_", "-"), words.kind(one.kind), words.number(one.count))
        for one in counts
        if one.count > 0
    )
    by_question = questions_chart(snapshot, words, on_screen=on_screen)
    return Said(figure, columns, words.number(sum(one.count for one in counts)), by_question)


def _caption(snapshot: Snapshot, words: Words) -> str:
    _ = words.gettext
    messages = sum(len(section.messages) for section in snapshot.sections)
    singles = sum(len(section.singles) for section in snapshot.sections)
    known = {
        "items": words.ngettext("%(count)s released item", "%(count)s released items", _total(snapshot)),
        "messages": words.ngettext("%(count)s message", "%(count)s messages", messages),
        "singles": words.ngettext("%(count)s stands alone", "%(count)s stand alone", singles),
    }
    if messages and singles:
        return _("%(items)s: merged into %(messages)s, %(singles)s.") % known
    if messages:
        return _("%(items)s, merged into %(messages)s.") % known
    return _("%(items)s; none was merged.") % known


def _total(snapshot: Snapshot) -> int:
    return sum(one.count for one in snapshot.counts)


def take_homes_of(snapshot: Snapshot, words: Words) -> TakeHomes | None:
    """Return the table of what each city takes home; a city that may not be named is a city."""
    rows = tuple(
        TakeHomeRow(
            words.city(one.city) if one.city else words.gettext("A visiting city"), one.text, one.first_step, one.by
        )
        for one in snapshot.take_homes
    )
    if not rows:
        return None
    return TakeHomes(rows, any(row.first_step for row in rows), any(row.by for row in rows))
