"""The annexes of a long report: programme, participants, sources, the method in brief, its words."""

from review_app.domain.vocabulary import ItemKind, Side
from review_app.reports.frozen.feedback import FeedbackReport
from review_app.reports.frozen.snapshot import Snapshot
from review_app.reports.parts.ending import closing_of
from review_app.reports.parts.heading import Contents
from review_app.reports.parts.long_view import Figures, Glossary, Method, Participants, Sources, Visit
from review_app.reports.parts.pictured import cities_chart, support_of_messages
from review_app.reports.parts.placing import Placed
from review_app.reports.parts.view import Fact, Listing
from review_app.reports.wording.words import Words


def visit_of(snapshot: Snapshot, words: Words, contents: Contents) -> Visit | None:
    """Return the programme of the visit."""
    if not snapshot.programme:
        return None
    title = words.gettext("Programme of the visit")
    return Visit(contents.annex("report-programme", title), Listing(title, snapshot.programme))


def participants_of(snapshot: Snapshot, words: Words, contents: Contents) -> Participants | None:
    """Return the organisations that took part; people are never named."""
    closing = closing_of(snapshot, words)
    if not closing.places and not closing.observers:
        return None
    title = words.gettext("Participants")
    return Participants(contents.annex("report-participants", title), closing.places, closing.observers)


def figures_of(snapshot: Snapshot, words: Words, contents: Contents, *, on_screen: bool) -> Figures | None:
    """Return who holds each message, and what each named city stands beside."""
    by_city = cities_chart(snapshot, words, on_screen=on_screen)
    charts = (*support_of_messages(snapshot, words, on_screen=on_screen), *((by_city,) if by_city else ()))
    return Figures(contents.annex("report-figures", words.gettext("In figures")), charts) if charts else None


def sources_of(snapshot: Snapshot, words: Words, contents: Contents) -> Sources | None:
    """Return what came out, on which pages the report rests, what is not on record."""
    closing = closing_of(snapshot, words)
    held = (closing.outputs, closing.sources, closing.unknown, closing.conflicts)
    if not any(held):
        return None
    return Sources(contents.annex("report-sources", words.gettext("Sources, and what is not on record")), *held)


def method_of(snapshot: Snapshot, words: Words, contents: Contents) -> Method | None:
    """Return how a review of this network is made; how one on public record was made, its sources alone know."""
    if snapshot.numbers.returns_received is None:
        return None
    _ = words.gettext
    sentences = (
        _(
            "A critical friend review is neither an inspection nor an audit. The host city describes a practice and "
            "chooses the questions; peers from other cities read, visit, listen, and say what works, what is hard, "
            "what they learnt and what they suggest."
        ),
        _(
            "Each peer city writes one return. The team merges what says the same into messages; what no message "
            "holds stands alone, as it was written. Nothing that a city kept out of the report is in it."
        ),
        _(
            "How many cities hold a message is counted from their returns and never typed. A city is named only "
            "where it agreed to it, and where no other city is found out by it; where a number would tell who said "
            "something, a word stands for it, or nothing."
        ),
        _(
            "The host city corrects facts, not judgements. It may see things differently, and that is printed where "
            "it wishes; it does not reword what the peers say. Cities are not ranked."
        ),
    )
    return Method(contents.annex("report-method", _("The method in brief")), sentences)


def glossary_of(
    snapshot: FeedbackReport, texts: tuple[Placed, ...], words: Words, contents: Contents
) -> Glossary | None:
    """Return the words of the method that this report uses (METHOD.md 7), each with its meaning."""
    if snapshot.numbers.returns_received is None:
        return None
    terms = (*_terms_of_the_review(snapshot, words), *_terms_of_kinds(texts, words), *_terms_of_voices(texts, words))
    return Glossary(contents.annex("report-glossary", words.gettext("Words of the method")), terms)


def _terms_of_the_review(snapshot: FeedbackReport, words: Words) -> tuple[Fact, ...]:
    _ = words.gettext
    sides = {place.side for place in snapshot.places}
    told = (
        (Side.HOST in sides, _("Host city"), _("the city whose practice is reviewed, and which asks the questions")),
        (
            Side.PEER in sides,
            _("Peer city, visitor"),
            _("a city, or an organisation with a territory, that visits and gives feedback"),
        ),
        (Side.OBSERVER in sides, _("Observer"), _("who listens, and gives no return")),
        (bool(snapshot.questions), _("Review question"), _("what the host wants to know from its peers")),
        (True, _("Return"), _("the feedback of one peer city, made of items")),
    )
    return tuple(Fact(term, meaning) for is_used, term, meaning in told if is_used)


def _terms_of_kinds(texts: tuple[Placed, ...], words: Words) -> tuple[Fact, ...]:
    _ = words.gettext
    meanings = {
        ItemKind.SUCCESS_FACTOR: (_("Success factor"), _("what makes the practice work")),
        ItemKind.CHALLENGE: (_("Challenge"), _("what is hard, or stands in the way")),
        ItemKind.LESSON: (_("Lesson learnt"), _("what holds elsewhere too")),
        ItemKind.RECOMMENDATION: (
            _("Recommendation, suggestion"),
            _("what the critical friends would do next, and who could do it"),
        ),
    }
    used = {one.kind for one in texts}
    return tuple(Fact(term, meaning) for kind, (term, meaning) in meanings.items() if kind in used)


def _terms_of_voices(texts: tuple[Placed, ...], words: Words) -> tuple[Fact, ...]:
    _ = words.gettext
    told = (
        (
            any(not one.is_single for one in texts),
            _("Message"),
            _("what several items say together, in the words of the team"),
        ),
        (any(one.message.dissent for one in texts), _("Different view"), _("what part of the team holds against it")),
    )
    return tuple(Fact(term, meaning) for is_used, term, meaning in told if is_used)
