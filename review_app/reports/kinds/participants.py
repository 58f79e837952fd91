"""The list of participants, with a column for each day of the visit to sign (METHOD.md 4.5, F11)."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

from review_app.domain.marking import _
from review_app.domain.material import Issue, Material, Part, Span
from review_app.domain.visibility import Thing
from review_app.domain.vocabulary import Precision, Role
from review_app.reports.frozen import freezing
from review_app.reports.frozen.snapshot import Frozen, Paper, Place, When
from review_app.reports.kinds.kind import Kind, Setting
from review_app.reports.parts.sheet import Naming, sheet_of, typed
from review_app.reports.parts.signing_room import Leaf, Row, empty_rows, leaf_for, set_for
from review_app.reports.parts.view import Marked, Sheet
from review_app.reports.wording.people import role_name
from review_app.reports.wording.words import Words

MOST_DAYS = 4
# More columns than this are too narrow to sign in on an upright page.
UPRIGHT_DAYS = 2


class Expected(Frozen):
    """Somebody who is expected, as the team knows them."""

    name: str
    roles: tuple[Role, ...]
    function: str = ""
    organisation: str = ""
    country: str = ""


class Participants(Paper):
    """Who is expected at a visit, and on which days; `days` are those to sign for, none when they are not known."""

    kind: str = "participants"
    method: str
    when: When
    venue: str = ""
    places: tuple[Place, ...] = ()
    people: tuple[Expected, ...] = ()
    days: tuple[date, ...] = ()


@dataclass(frozen=True)
class ListView:
    """A list of participants, ready to be drawn; `columns` are the headings of the columns to sign."""

    sheet: Sheet
    look: str
    note: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    empty: tuple[Row, ...]


def freeze(material: Material, issue: Issue) -> Participants:
    """Return the list as the team stands: it has no number, and is made anew whenever somebody asks for it."""
    return Participants(
        **freezing.unnumbered(material, issue),
        title=material.title,
        when=freezing.when_of(material.span),
        venue=material.venue,
        people=tuple(Expected(**vars(guest)) for guest in material.guests),
        days=_days(material.span),
    )


def _days(span: Span) -> tuple[date, ...]:
    """Return the first days of the visit; none when it is not known to the day."""
    if span.start is None or span.precision is not Precision.DAY:
        return ()
    first = date.fromisoformat(span.start)
    last = date.fromisoformat(span.end or span.start)
    return tuple(first + timedelta(days=day) for day in range(min((last - first).days + 1, MOST_DAYS)))


def view_of(paper: Participants, setting: Setting) -> ListView:
    """Return the list to read on a screen, and to sign on paper."""
    words = setting.words
    columns = tuple(words.short_day(day) for day in paper.days) or (words.gettext("Signature"),)
    is_wide = len(columns) > UPRIGHT_DAYS
    view = ListView(
        sheet=_sheet(paper, words),
        look="participants report-wide" if is_wide else "participants",
        note=_note(paper, words, on_screen=setting.on_screen),
        columns=columns,
        rows=tuple(_row(one, words, words.number(place)) for place, one in enumerate(paper.people, start=1)),
        empty=(),
    )
    return (
        replace(view, columns=())
        if setting.on_screen
        else _to_sign(view, leaf_for(len(columns), is_wide=is_wide), words)
    )


def _to_sign(view: ListView, leaf: Leaf, words: Words) -> ListView:
    """Return the list as its pages hold it: long names in small type, and empty rows for late guests."""
    rows = set_for(view.rows, leaf)
    opening, colophon = view.sheet.opening, view.sheet.colophon
    spare = empty_rows(
        rows,
        leaf,
        title=opening.title,
        plain=(" ".join((opening.host, *(one.whole for one in opening.byline))), view.note),
        small=" ".join(sentence.whole for sentence in colophon.sentences),
    )
    numbers = range(len(rows) + 1, len(rows) + 1 + spare)
    return replace(view, rows=rows, empty=tuple(Row(words.number(number)) for number in numbers))


def _row(one: Expected, words: Words, number: str) -> Row:
    return Row(
        number=number,
        name=one.name,
        function=one.function,
        organisation=one.organisation,
        country=words.country(one.country) if one.country else "",
        role=", ".join(role_name(role, words) for role in one.roles),
    )


def _sheet(paper: Participants, words: Words) -> Sheet:
    naming = Naming(
        kind=words.gettext("List of participants"),
        before=words.gettext(paper.method) if paper.method else "",
        owner=words.listed(words.name(place) for place in paper.places),
        byline=(
            Marked(words.when(paper.when)),
            *(typed(one, paper, words) for one in (paper.venue or "", paper.network)),
        ),
    )
    return sheet_of(paper, words, naming, _basis(paper, words))


def _note(paper: Participants, words: Words, *, on_screen: bool) -> str:
    """Say what to do with the list, and what its columns leave out."""
    _ = words.gettext
    if on_screen:
        return _("The printed list has a column to sign for each day of the visit, and empty lines for late guests.")
    if paper.when.end and paper.days and paper.days[-1].isoformat() < paper.when.end:
        return _("Please sign for each day on which you took part. For later days take another copy of this list.")
    return _("Please sign for each day on which you took part. Whoever is not listed writes on an empty line.")


def _basis(paper: Participants, words: Words) -> tuple[str, ...]:
    _ = words.gettext
    # The days of some languages end with a full stop of their own: "28 ноември 2026 г."
    day = words.day(paper.frozen_on) if paper.frozen_on else ""
    as_of = (_("The team as of %(day)s.") % {"day": day}).replace("..", ".") if day else ""
    personal = _(
        "This list holds personal data. It is for those who take part in the review; keep it only as long as the "
        "visit has to be accounted for."
    )
    return tuple(sentence for sentence in (as_of, personal) if sentence)


KIND = Kind(
    name="participants",
    title=_("List of participants: with a column to sign for each day of the visit"),
    snapshot=Participants,
    view=view_of,
    template="participants.html",
    styles=("papers.css",),
    freeze=freeze,
    thing=Thing.TEAM,
    also=frozenset((Part.PEOPLE,)),
)
