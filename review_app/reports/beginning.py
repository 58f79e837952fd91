"""How a report begins: the opening, what it is in brief, why it matters, the practice and the visit."""

from itertools import chain

from review_app.domain.vocabulary import Side
from review_app.reports.counting import cities_fact, lead, people_fact
from review_app.reports.printable import paragraphs
from review_app.reports.snapshot import Snapshot
from review_app.reports.view import Brief, Fact, KeyRow, Listing, Opening, Prose
from review_app.reports.words import Words


def opening_of(snapshot: Snapshot, words: Words) -> Opening:
    """Return kind of paper, title, host and dates."""
    _ = words.gettext
    kind = [_capital(snapshot.method), _("Highlights")]
    if snapshot.fictional:
        kind.append(_("Fictional example"))
    return Opening(
        kind=" · ".join(part for part in kind if part),
        title=snapshot.title,
        host=host_names(snapshot, words),
        byline=" · ".join(part for part in (words.when(snapshot.when), snapshot.network) if part),
        draft=draft_lines(snapshot, words),
        erratum=snapshot.erratum,
    )


def draft_lines(snapshot: Snapshot, words: Words) -> tuple[str, ...]:
    """Return what stands on every page of a draft; nothing for a frozen report (METHOD.md R9)."""
    _ = words.gettext
    if snapshot.draft is None:
        return ()
    known = {"person": snapshot.draft.made_by, "day": words.day(snapshot.draft.made_on)}
    return (_("Draft, not for circulation"), _("made by %(person)s, %(day)s") % known)


def host_names(snapshot: Snapshot, words: Words) -> str:
    """Return "Antwerp and Ghent"."""
    return words.listed(words.name(place) for place in snapshot.places if place.side is Side.HOST)


def running_line(snapshot: Snapshot, words: Words) -> str:
    """Return what stands at the top of every page after the first."""
    return " · ".join(part for part in (host_names(snapshot, words), snapshot.title) if part)


def imprint(snapshot: Snapshot, words: Words) -> str:
    """Return what stands at the foot of every page: which report of which review."""
    return f"{_edition(snapshot, words)} · {snapshot.ref}"


def page_title(snapshot: Snapshot, words: Words) -> str:
    """Return the title of the document, as a window or a list of files shows it."""
    _ = words.gettext
    known = {"title": snapshot.title, "host": host_names(snapshot, words) or snapshot.network}
    if snapshot.draft is not None:
        return _("Draft: %(title)s – highlights, %(host)s") % known
    return _("%(title)s – highlights, %(host)s") % known


def dated(snapshot: Snapshot) -> str:
    """Return the day of the document as an ISO date; nothing when the snapshot names none."""
    day = snapshot.frozen_on or (snapshot.draft.made_on if snapshot.draft else None)
    return day.isoformat() if day else ""


def brief_of(snapshot: Snapshot, words: Words) -> Brief:
    """Return the lead, the questions, and the facts in the margin."""
    count = len(snapshot.questions)
    return Brief(
        lead=lead(snapshot, words),
        objective=snapshot.objective or "",
        questions=tuple(question.text for question in snapshot.questions),
        questions_heading=words.ngettext("The question to the peers", "The questions to the peers", count or 1),
        facts=tuple(_facts(snapshot, words)),
    )


def _facts(snapshot: Snapshot, words: Words) -> list[Fact]:
    _ = words.gettext
    told = (
        Fact(_("Theme"), _capital(snapshot.theme)) if snapshot.theme else None,
        people_fact(snapshot, words),
        cities_fact(snapshot, words),
        _returns(snapshot, words),
        Fact(_("Venue"), snapshot.venue) if snapshot.venue else None,
        _report(snapshot, words),
    )
    return [fact for fact in told if fact is not None]


def _returns(snapshot: Snapshot, words: Words) -> Fact | None:
    received, expected = snapshot.numbers.returns_received, snapshot.numbers.returns_expected
    if received is None or expected is None:
        return None
    share = words.gettext("%(received)s of %(expected)s")
    known = {"received": words.number(received), "expected": words.number(expected)}
    return Fact(words.gettext("Returns received"), share % known)


def _report(snapshot: Snapshot, words: Words) -> Fact | None:
    if snapshot.frozen_on is None:
        return None
    return Fact(words.gettext("Report"), _edition(snapshot, words), (words.day(snapshot.frozen_on),))


def _edition(snapshot: Snapshot, words: Words) -> str:
    if snapshot.number is None:
        return words.gettext("Highlights")
    return words.gettext("Highlights no. %(number)s") % {"number": snapshot.number}


def why_of(snapshot: Snapshot, words: Words) -> Prose | None:
    """Return why it matters."""
    return _prose(words.gettext("Why it matters"), snapshot.context, snapshot.practice_language)


def practice_of(snapshot: Snapshot, words: Words) -> Prose | None:
    """Return the practice as its host describes it, in the host's language."""
    return _prose(words.gettext("The practice"), snapshot.practice, snapshot.practice_language)


def _prose(heading: str, texts: tuple[str, ...], language: str | None) -> Prose | None:
    lines = tuple(chain.from_iterable(paragraphs(text) for text in texts))
    return Prose(heading, lines, language) if lines else None


def key_rows_of(snapshot: Snapshot) -> tuple[KeyRow, ...]:
    """Return the numbers of the practice with year and source."""
    return tuple(
        KeyRow(one.label, one.value, ", ".join(part for part in (one.year, one.source) if part))
        for one in snapshot.key_figures
    )


def saw_of(snapshot: Snapshot, words: Words) -> Listing | None:
    """Return the programme of the visit in a few lines."""
    return Listing(words.gettext("What the visitors saw"), snapshot.programme) if snapshot.programme else None


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
