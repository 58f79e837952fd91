"""The small papers of an invented review: full, thin, much, in other scripts, hostile; and how to read their tags."""

from datetime import UTC, date, datetime

import pikepdf

from review_app.domain import method_file
from review_app.domain.material import City, Figure, Guest, Issue, Material, Page, Record, Span
from review_app.domain.vocabulary import Precision, Regime, Role, Side
from review_app.reports.kinds import blank_form, fiche, participants
from tests.reports.foreign_examples import BULGARIAN, FINNISH, GREEK, LONG_FINNISH, MALTESE, SCRIPT

METHOD = method_file.load(method_file.FOLDER / "critical_friend_review.toml")
TODAY = Issue(on=date(2026, 11, 28), made_by="Ilse Marent", contact="reviews@example.org")
NORRVIK = City(9, "Norrvik", "SE", "city", Side.HOST, 59.3, 18.0)
QUESTIONS = ((1, "Who is not reached by the guides?"), (2, "What makes landlords mend?"))
ANSWERS = {
    "title": "Warm rooms",
    "summary": "Energy guides visit cold homes and mend small things at once.",
    "started": "2021-10",
    "status": "running",
    "target_groups": ["older_workers", "migrants"],
    "problem": "One home in twelve is colder than eighteen degrees.",
    "objectives": "No cold home by 2028.",
    "how": (
        "Two **guides** come together.\n\n- They stay for an hour.\n- They measure, and write **one** page.\n\n"
        "Then they call."
    ),
    "partners": [
        {"name": "Norrvik Heat", "type": "other", "role": "Tells where it is cold"},
        {"name": "Tenants’ union", "type": "ngo", "role": "Rings at doors"},
    ],
    "budget": "7 400 000 SEK (2025)",
    "funding_sources": ["city", "erdf"],
    "staff": "11",
    "results": "In 2025 the guides visited 2 860 homes.",
    "difficulties": "Half of the doors stay closed.",
    "success_factors": "A toolbox.",
    "transfer": "A local rule on minimum temperature.",
    "contact": "warm.rooms@example.org",
    "links": [
        {"url": "https://example.org/manual.pdf", "title": "Manual"},
        {"url": "javascript:alert(1)", "title": ""},
    ],
    "licence": "cc-by",
}
PEOPLE = (
    Guest("Ingrid Solberg", (Role.HOST_COORDINATOR,), "Head of climate office", "Norrvik", "SE"),
    Guest("Lea Marchetti", (Role.LEAD_REVIEWER, Role.PEER), "", "Castelline", "IT"),
    Guest("Sven Ek", (Role.SECRETARIAT,)),
)
FOREIGNERS = (
    Guest("Κωνσταντίνα Παπαδημητρακοπούλου-Χατζηγιαννάκη", (Role.PEER,), GREEK, "Μητροπολιτικός Δήμος", "EL"),
    Guest(f"{LONG_FINNISH} Virtanen", (Role.PEER,), LONG_FINNISH, LONG_FINNISH, "FI"),
    Guest("Стоянка Димитрова", (Role.OBSERVER,), BULGARIAN, "София", "BG"),
    Guest("Ġorġ Ħaż-Żebbuġ", (Role.OBSERVER,), MALTESE, "Il-Belt Valletta", "MT"),
)

# As long as the forms allow, without a blank; from right to left; signs that no typeface draws; many roles at once.
AT_THE_LIMITS = (
    Guest("W" * 120, (Role.PEER,), "M" * 160, "W" * 120, "GB"),
    Guest("מרים בן־דוד כהן", (Role.PEER,), "ראש מחלקת התעסוקה", "עיריית תל־אביב–יפו", "IL"),
    Guest("عبد الرحمن الحسيني", (Role.OBSERVER,), "مدير مكتب التشغيل", "بلدية الدار البيضاء", "MA"),
    Guest("Zoë 🎉🎉", (Role.PEER,), "🚲 officer", "City of 🎈"),
    Guest(
        f"Maximiliana {'von Hohenstein ' * 6}", tuple(Role)[:5], "Deputy head, " * 11, "Ministry of Labour, " * 5, "DE"
    ),
)


def review(**changes):
    """An invented review as it is gathered for any paper."""
    given = {
        "ref": "norrvik-2026",
        "title": "Warm homes for everybody",
        "network": "Harbour and Hill",
        "method": METHOD.title,
        "venue": "Old Customs House",
        "span": Span("2026-05-04", "2026-05-06", Precision.DAY),
        "regime": Regime.MIXED,
        "fictional": True,
        "cities": (NORRVIK, City(1, "Castelline", "IT", "city", Side.PEER, 45.0, 9.0)),
        "questions": QUESTIONS,
        "answers": ANSWERS,
        "figures": (Figure("Homes visited", "2 860", "", "2025", "Register"),),
        "practice_form": METHOD.forms["practice"],
        "feedback_form": METHOD.forms["feedback_item"],
        "minimum": METHOD.numbers.minimum_to_submit,
        "guests": PEOPLE,
        "closes": datetime(2026, 5, 20, 16, 0, tzinfo=UTC),
    }
    return Material(**{**given, **changes})


def days(last, first="2026-05-04", precision=Precision.DAY):
    """The days of a visit."""
    return Span(first, last, precision)


def filled(text, *, only_required):
    """Answers as long as the form lets them be."""
    asked = [question for question in METHOD.forms["practice"].questions if question.asks in ("text", "formatted")]
    wanted = [question for question in asked if question.required or not only_required]
    return {**ANSWERS, **{one.key: (text * one.limit)[: one.limit].strip() for one in wanted}}


WORDS = "The guides who come together open more doors and mend more windows than letters do. "
FOREIGN_TEXTS = (GREEK, BULGARIAN, FINNISH, MALTESE, LONG_FINNISH)
HOSTILE_ROW = {"name": SCRIPT, "type": SCRIPT, "role": "b" * 4_000}

FICHE = fiche.freeze(review(), TODAY)
FICHE_MUCH = fiche.freeze(review(answers=filled(WORDS, only_required=True)), TODAY)
FICHE_LIMITS = fiche.freeze(review(answers=filled(WORDS, only_required=False)), TODAY)
FICHE_FOREIGN = fiche.freeze(
    review(
        language="el",
        answers={
            **ANSWERS,
            "title": LONG_FINNISH,
            "summary": GREEK,
            "how": "\n".join(FOREIGN_TEXTS),
            "budget": LONG_FINNISH,
            "partners": [{"name": LONG_FINNISH, "type": "ngo", "role": BULGARIAN}],
        },
    ),
    TODAY,
)
FICHE_HOSTILE = fiche.freeze(
    review(
        answers={
            "title": SCRIPT,
            "summary": "{{ 7*7 }} %(x)s %s",
            "status": "never offered",
            "started": "2021-99-99T",
            "how": SCRIPT + "\n- " + "a" * 9_000 + "\n**" * 500,
            "problem": ["not", "a text"],
            "partners": [HOSTILE_ROW, "no row", {}],
            "contact": "javascript:alert(1)",
            "links": [{"url": 'http://example.org/"onmouseover="x', "title": SCRIPT}],
        },
        figures=(Figure(SCRIPT, SCRIPT, SCRIPT, SCRIPT, SCRIPT),),
    ),
    TODAY,
)
FICHE_RECORD = fiche.freeze(
    review(
        answers={},
        record=Record(method="peer review", practice="A desk\nfor all", pages=(Page("https://example.org/account"),)),
    ),
    TODAY,
)
FICHE_EMPTY = fiche.freeze(review(answers={}, figures=(), cities=(City(9, "Norrvik", "SE", "city", Side.HOST),)), TODAY)

LIST_ONE = participants.freeze(review(span=days("2026-05-04")), TODAY)
LIST_TWO = participants.freeze(review(span=days("2026-05-05")), TODAY)
LIST_FOUR = participants.freeze(review(span=days("2026-05-07")), TODAY)
LIST_LONG = participants.freeze(review(span=days("2026-06-30"), guests=PEOPLE * 15), TODAY)
LIST_UNKNOWN = participants.freeze(review(span=Span(), guests=()), TODAY)
LIST_FOREIGN = participants.freeze(review(guests=FOREIGNERS, span=days("2026-05-07")), TODAY).spoken("el")
LIST_LIMITS = participants.freeze(review(guests=AT_THE_LIMITS, span=days("2026-05-05")), TODAY)
LIST_HOSTILE = participants.freeze(
    review(guests=(Guest(SCRIPT, (Role.PEER,), "f" * 5_000, SCRIPT, "ZZ"),), venue=SCRIPT, title=SCRIPT), TODAY
)

FORM = blank_form.freeze(review(), TODAY)
FORM_CHATHAM = blank_form.freeze(review(regime=Regime.CHATHAM_HOUSE, questions=(), closes=None), Issue())
FORM_FOREIGN = blank_form.freeze(
    review(language="fi", title=LONG_FINNISH, questions=tuple(enumerate(FOREIGN_TEXTS, start=1))), TODAY
)
FORM_HOSTILE = blank_form.freeze(
    review(title=SCRIPT, network="%(network)s {{ 7*7 }}", questions=((1, SCRIPT), (2, "q" * 6_000))),
    Issue(contact="javascript:alert(1)"),
)


def tags(paper):
    """Every element of the structure tree in reading order, with its alternative text."""
    with paper.open() as file:
        return [(str(one.S)[1:], str(one.get("/Alt", ""))) for one in _elements(file.Root.StructTreeRoot.K)]


def header_scopes(paper):
    """The scope of every header cell."""
    with paper.open() as file:
        return [str(one.A.Scope) for one in _elements(file.Root.StructTreeRoot.K) if str(one.S) == "/TH"]


def bookmarks(paper):
    """The titles of the outline below the title of the report, and that title."""
    with paper.open() as file, file.open_outline() as outline:
        (report,) = outline.root
        return report.title, [one.title for one in report.children]


def _elements(node):
    if isinstance(node, pikepdf.Array):
        for one in node:
            yield from _elements(one)
    elif isinstance(node, pikepdf.Dictionary) and "/S" in node:
        yield node
        yield from _elements(node.get("/K", pikepdf.Array()))
