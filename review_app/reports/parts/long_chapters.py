"""The chapters of a long report around its findings: scope, who took part, transfer, dissent, next steps."""

from review_app.domain.vocabulary import ItemKind, Side
from review_app.reports.drawings.colours import Palette
from review_app.reports.drawings.figures import map_figure
from review_app.reports.drawings.map import Europe
from review_app.reports.frozen.feedback import FeedbackReport
from review_app.reports.frozen.snapshot import Place, Snapshot
from review_app.reports.parts.beginning import brief_of, key_rows_of, practice_of, why_of
from review_app.reports.parts.chapters import said_of, take_homes_of
from review_app.reports.parts.ending import host_views_of, returns_line
from review_app.reports.parts.findings import chapter_of, of_kind, short_of
from review_app.reports.parts.heading import Contents
from review_app.reports.parts.long_view import HostPaper, Scope, Steps, Table, TakingPart, Transfer, Views
from review_app.reports.parts.placing import Placed
from review_app.reports.parts.view import Link
from review_app.reports.parts.written import told_section
from review_app.reports.wording.printable import paragraphs
from review_app.reports.wording.words import Words


def scope_of(
    snapshot: Snapshot, words: Words, contents: Contents, europe: Europe | None, *, on_screen: bool, opens: bool
) -> Scope:
    """Return what was asked and on what the report rests; it `opens` the report where nothing is summed up."""
    brief = brief_of(snapshot, words)
    return Scope(
        head=contents.chapter("report-scope", words.gettext("Scope, questions and evidence")),
        lead=brief.lead if opens else "",
        brief=brief,
        map=map_figure(snapshot, words, europe, palette=Palette.of(snapshot.brand)),
        said=said_of(snapshot, words, on_screen=on_screen),
    )


def host_paper_of(snapshot: FeedbackReport, words: Words, contents: Contents) -> HostPaper | None:
    """Return the chapter on the practice; None when neither host nor team has described it."""
    prose = tuple(one for one in (why_of(snapshot, words), practice_of(snapshot, words)) if one is not None)
    figures = key_rows_of(snapshot)
    if not prose and not figures and not snapshot.host_paper:
        return None
    title = words.gettext("The host’s context and practice")
    sections = tuple(told_section(section, snapshot.text_language, words) for section in snapshot.host_paper)
    return HostPaper(contents.chapter("report-practice", title), prose, figures, sections)


def taking_part_of(snapshot: Snapshot, words: Words, contents: Contents) -> TakingPart | None:
    """Return who took part, side by side; None where nobody but a host is on record."""
    places = [place for side in Side for place in snapshot.places if place.side is side]
    if not any(place.side is Side.PEER for place in places):
        return None
    _ = words.gettext
    returns = _returns(snapshot, words)
    heads = [_("City or organisation"), _("Country"), _("Kind of territory"), _("Part"), _("Return")]
    rows = tuple(_row(place, returns, words) for place in places)
    head = contents.chapter("report-taking-part", _("Who took part, side by side"))
    table = Table(_("Who took part"), tuple(heads[: len(rows[0])]), rows)
    return TakingPart(head, table, returns_line(snapshot, words))


def _row(place: Place, returns: dict[str, str] | None, words: Words) -> tuple[Link, ...]:
    cells = [words.name(place), words.country(place.country), words.place_kind(place.kind), _part(place.side, words)]
    if returns is not None:
        is_peer = place.side is Side.PEER
        cells.append(returns.get(place.name, words.gettext("received")) if is_peer else words.gettext("none asked"))
    return tuple(Link(cell[:1].upper() + cell[1:]) for cell in cells)


def _part(side: Side, words: Words) -> str:
    _ = words.gettext
    return {Side.HOST: _("host"), Side.PEER: _("visitor"), Side.OBSERVER: _("observer")}[side]


def _returns(snapshot: Snapshot, words: Words) -> dict[str, str] | None:
    """Return the word for each city that sent nothing; None where it may not be said which they are.

    The snapshot names them only where that gives nobody away (docs/decisions/0013-anonymity.md): where it names
    fewer than are missing, nothing is said of any.
    """
    received, expected = snapshot.numbers.returns_received, snapshot.numbers.returns_expected
    if received is None or expected is None or expected - received != len(snapshot.missing_returns):
        return None
    visitors = [place.name for place in snapshot.places if place.side is Side.PEER]
    if any(visitors.count(name) != 1 for name in snapshot.missing_returns):
        return None
    return {name: words.gettext("not received") for name in snapshot.missing_returns}


def transfer_of(
    snapshot: FeedbackReport, texts: tuple[Placed, ...], words: Words, contents: Contents
) -> Transfer | None:
    """Return what another city would need, as the host sees it, and what the visitors take home."""
    ideas, take_homes = of_kind(texts, ItemKind.TAKE_HOME), take_homes_of(snapshot, words)
    if snapshot.transfer is None and not ideas and take_homes is None:
        return None
    return Transfer(
        head=contents.chapter("report-transfer", words.gettext("Transferability")),
        needed=told_section(snapshot.transfer, snapshot.text_language, words) if snapshot.transfer else None,
        ideas=chapter_of(ItemKind.TAKE_HOME, ideas, words) if ideas else None,
        take_homes=take_homes,
    )


def views_of(snapshot: Snapshot, texts: tuple[Placed, ...], words: Words, contents: Contents) -> Views | None:
    """Return where the team did not agree, and what the host says."""
    dissents = tuple(short_of(one, words) for one in texts if one.message.dissent)
    word = paragraphs(snapshot.host_word or "")
    views = host_views_of(snapshot, words)
    if not dissents and not word and not views:
        return None
    title = _title(words, has_dissent=bool(dissents), has_host=bool(word or views))
    return Views(contents.chapter("report-views", title), dissents, word, views)


def _title(words: Words, *, has_dissent: bool, has_host: bool) -> str:
    _ = words.gettext
    if has_dissent and has_host:
        return _("Different views and the host’s word")
    return _("Different views in the team") if has_dissent else _("The host’s view")


def steps_of(snapshot: Snapshot, words: Words, contents: Contents) -> Steps | None:
    """Return what comes next, or what came of it."""
    outcome = paragraphs(snapshot.outcome or "")
    if not snapshot.next_steps and not outcome:
        return None
    _ = words.gettext
    title = _("Next steps") if snapshot.next_steps else _("What came of it")
    return Steps(contents.chapter("report-next-steps", title), snapshot.next_steps, outcome)
