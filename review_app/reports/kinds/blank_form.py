"""The blank feedback form, for people without accounts who write with a pen (METHOD.md 4.5, F14; C38)."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from review_app.domain.confidentiality import EXPLANATION
from review_app.domain.marking import _
from review_app.domain.material import Issue, Material, Part
from review_app.domain.visibility import Thing
from review_app.domain.vocabulary import ItemKind, Regime
from review_app.reports.frozen import freezing
from review_app.reports.frozen.asked import KindAsked, kinds_of
from review_app.reports.frozen.snapshot import KindCount, Paper, Place, Question, When
from review_app.reports.kinds.kind import Kind, Setting
from review_app.reports.parts.asking import Box, boxes_of
from review_app.reports.parts.links import link_to
from review_app.reports.parts.sheet import Naming, sheet_of, typed
from review_app.reports.parts.view import Link, Marked, Sheet
from review_app.reports.wording.words import Words


class BlankForm(Paper):
    """What is asked, until when, and where it goes. `closes` is the time at the host; `minimum` what a return needs."""

    kind: str = "blank_form"
    method: str
    when: When
    places: tuple[Place, ...] = ()
    questions: tuple[Question, ...] = ()
    regime: Regime | None = None
    small_group: int = 3
    minimum: tuple[KindCount, ...] = ()
    kinds: tuple[KindAsked, ...] = ()
    closes: datetime | None = None
    address: str = ""


@dataclass(frozen=True)
class Notice:
    """A term and what is to be known about it, in sentences."""

    term: str
    sentences: tuple[str, ...]


@dataclass(frozen=True)
class FormView:
    """A blank form, ready to be drawn. `own` are the lines on which writers say who they are."""

    sheet: Sheet
    lead: str
    minimum: str
    own: tuple[str, ...]
    notices: tuple[Notice, ...]
    questions_heading: str
    questions: tuple[Question, ...]
    give_to: str
    address: Link | None
    until: str
    boxes: tuple[Box, ...]


def freeze(material: Material, issue: Issue) -> BlankForm:
    """Return the form as the review and its method ask today: it has no number, and is made anew when asked for."""
    counts = ((kind, material.minimum.get(kind.value, 0)) for kind in ItemKind)
    closes = material.closes.astimezone(ZoneInfo(material.timezone)) if material.closes else None
    return BlankForm(
        **freezing.unnumbered(material, issue),
        title=material.title,
        when=freezing.when_of(material.span),
        address=issue.contact,
        questions=tuple(Question(number=number, text=text) for number, text in material.questions),
        regime=material.regime,
        small_group=material.small_group,
        minimum=tuple(KindCount(kind=kind, count=count) for kind, count in counts if count),
        kinds=kinds_of(material.feedback_form, material.minimum),
        closes=closes.replace(tzinfo=None) if closes else None,
    )


def view_of(form: BlankForm, setting: Setting) -> FormView:
    """Return the form: first what must be known, then a box for each item."""
    words = setting.words
    return FormView(
        sheet=_sheet(form, words),
        lead=words.gettext(
            "For critical friends who write with a pen. One statement a box: take a copy of a page when you need more "
            "of a kind, and leave empty what you do not need."
        ),
        minimum=_minimum(form, words),
        own=(
            words.gettext("Your city"),
            words.gettext("Your name, in case a word cannot be read"),
            words.gettext("In which language is it written?"),
        ),
        notices=tuple(_notices(form, words)),
        questions_heading=words.ngettext(
            "The question to the peers", "The questions to the peers", len(form.questions) or 1
        ),
        questions=form.questions,
        give_to=_give_to(form, words),
        address=link_to(form.address) if form.address else None,
        until=_until(form, words),
        boxes=boxes_of(form.kinds, tuple(question.number for question in form.questions), words),
    )


def _hosts(form: BlankForm, words: Words) -> str:
    return words.listed(words.name(place) for place in form.places) or words.gettext("The host")


def _sheet(form: BlankForm, words: Words) -> Sheet:
    naming = Naming(
        kind=words.gettext("Feedback form"),
        before=words.gettext(form.method) if form.method else "",
        owner=words.listed(words.name(place) for place in form.places),
        byline=(Marked(words.when(form.when)), typed(form.network, form, words)),
    )
    return sheet_of(form, words, naming)


def _minimum(form: BlankForm, words: Words) -> str:
    if not form.minimum:
        return ""
    wanted = words.listed(words.items(one.kind, one.count) for one in form.minimum)
    return words.gettext("Needed before you can send it: %(list)s.") % {"list": wanted}


def _notices(form: BlankForm, words: Words) -> list[Notice]:
    """What a peer must know before it writes, in the sentences of the page."""
    _ = words.gettext
    known = {"hosts": _hosts(form, words), "number": words.number(form.small_group)}
    told = EXPLANATION
    names_nobody = form.regime is Regime.CHATHAM_HOUSE
    named = told.names_nobody if names_nobody else told.names_who_agrees
    found_out = (told.wording,) if names_nobody else (told.small_group, told.elimination, told.wording)
    paper = _(
        "nobody but those to whom you give it. What is typed in from it counts as written on the pages of the review:"
    )
    return [
        Notice(_("Who reads this paper:"), (paper,)),
        Notice(_("Who reads this:"), (_(told.readers) % known,)),
        Notice(_("Who is named:"), (_(named), _(told.disclosure))),
        Notice(
            _("How a city could still be known, and what is done about it:"),
            tuple(_(sentence) % known for sentence in found_out),
        ),
    ]


def _give_to(form: BlankForm, words: Words) -> str:
    _ = words.gettext
    if not form.network:
        return _(
            "Give it to the colleague who writes for your city on the pages of the review, who types it in. "
            "If your city has nobody there, send it to the secretariat."
        )
    return _(
        "Give it to the colleague who writes for your city on the pages of the review, who types it in. "
        "If your city has nobody there, send it to the secretariat of %(network)s."
    ) % {"network": form.network}


def _until(form: BlankForm, words: Words) -> str:
    if form.closes is None:
        return ""
    known = {"day": words.weekday(form.closes), "time": words.clock(form.closes), "hosts": _hosts(form, words)}
    return (
        words.gettext(
            "What your city says has to be sent by %(day)s, %(time)s, the time in %(hosts)s: "
            "hand this form over some days before."
        )
        % known
    )


KIND = Kind(
    name="blank_form",
    title=_("Blank feedback form: for people without accounts, to fill in with a pen"),
    snapshot=BlankForm,
    view=view_of,
    template="blank_form.html",
    styles=("papers.css",),
    freeze=freeze,
    thing=Thing.REVIEW,
    also=frozenset((Part.CLOSING,)),
)
