"""Snapshots as the reports may meet them: real and on public record, full, thin, foreign, hostile."""

from datetime import date

from review_app.domain.vocabulary import Consensus, ItemKind, Level, PlaceKind, Precision, Regime, Side
from review_app.reports.frozen.snapshot import (
    Draft,
    HostView,
    KeyFigure,
    KindCount,
    Message,
    Numbers,
    Place,
    Question,
    QuestionCount,
    Section,
    Snapshot,
    Source,
    TakeHome,
    When,
)

SUCCESS, CHALLENGE, LESSON = ItemKind.SUCCESS_FACTOR, ItemKind.CHALLENGE, ItemKind.LESSON
SUGGESTION, TAKE_HOME, QUESTION = ItemKind.RECOMMENDATION, ItemKind.TAKE_HOME, ItemKind.QUESTION
ACCOUNT = "https://eurocities.eu/latest/urban-skills-mismatch-and-development-of-21st-century-skills/"


def place(name, country, latitude=None, longitude=None, side=Side.PEER, kind=PlaceKind.CITY):
    return Place(name=name, country=country, kind=kind, side=side, latitude=latitude, longitude=longitude)


def snapshot(**changes):
    """The least that a snapshot needs, and what a test is about."""
    plain = {
        "ref": "plain-2020",
        "number": None,
        "frozen_on": None,
        "draft": None,
        "title": "A plain review",
        "network": "Network of Invented Cities",
        "method": "critical friend review",
        "when": When(start=None, end=None, precision=Precision.UNKNOWN),
        "theme": "skills",
        "numbers": Numbers(peer_cities=0),
    }
    return Snapshot(**{**plain, **changes})


def public(kind, *headlines):
    return Section(kind=kind, messages=tuple(Message(kind=kind, headline=one, source=ACCOUNT) for one in headlines))


GHENT = snapshot(
    ref="ghent-2019",
    title="Tackling the skills mismatch and developing 21st century skills",
    network="EUROCITIES WG Employment",
    when=When(start="2019-11-14", end="2019-11-15", precision=Precision.DAY),
    venue="Het Havenhuis, Graslei 14, 9000 Gent",
    objective="Learn from and comment on how Ghent tackles the skills mismatch and builds 21st century skills",
    questions=(Question(number=1, text="How can cities tackle the skills mismatch and develop 21st century skills?"),),
    numbers=Numbers(
        peer_cities=8,
        cities_stated=9,
        people_stated=20,
        people_note="20 participants from 9 cities; eight are named, so the ninth is most likely the host",
    ),
    practice=(
        (
            "Skills Navigator, an Interreg project (January 2018 - December 2020) led by Ghent with Antwerp and "
            "Rotterdam; 14 organisations are full partners; it looks at vacancies in the Flemish-Dutch harbour "
            "regions from the employer side. A cost calculator shows employers what it costs to wait for a "
            "perfect candidate."
        ),
    ),
    programme=(
        "In-depth presentation of the city approach",
        "Skills Navigator and the cost calculator",
        "North Sea Port as an economic entity and labour market developments",
        "Site visit: Volvo Ghent in the North Sea Port",
        "Hands-on session in a simulated work environment",
        "Digital ambassadors project",
    ),
    sections=(
        public(
            CHALLENGE,
            "Many vacancies stay open while unemployment in the harbour regions stays high",
            "Jobs change fast: workers need retraining, and those furthest from work need upskilling",
            "Employers wait for candidates who meet every requirement",
        ),
        public(
            SUCCESS,
            "Work from the employer perspective",
            "A broad partnership whose partners co-finance",
            "A tool that puts a price on an unfilled vacancy",
        ),
    ),
    places=(
        place("Ghent", "BE", 51.05, 3.72, Side.HOST),
        place("Bristol", "GB", 51.45, -2.6),
        place("Lille Metropole", "FR", 50.63, 3.06),
        place("Madrid", "ES", 40.42, -3.7),
        place("Lyon", "FR", 45.75, 4.85),
        place("Barcelona", "ES", 41.39, 2.16),
        place("Gijon", "ES", 43.54, -5.66),
        place("Stockholm", "SE", 59.33, 18.06),
        place("Twente", "NL"),
    ),
    sources=(
        Source(url=ACCOUNT, published="2019-12-24"),
        Source(url="http://cascadecities.eu/eurocities/news/Register-NOW", note="registration page: venue, question"),
    ),
    unknown=("the lists of challenges, success factors and lessons the visitors produced", "recommendations", "times"),
    conflicts=('"9 cities" against eight named visitors: is the host counted?',),
    funding="EU Programme for Employment and Social Innovation (EaSI)",
    disclaimer="The report does not necessarily reflect the position of the European Commission.",
    level=Level.PUBLIC,
)


def said(kind, headline, body="", cities=None, question=None, **more):
    of = 8 if cities else None
    return Message(kind=kind, headline=headline, body=body, cities=cities, of=of, question=question, **more)


def counted(*counts):
    """Counts by kind, in the order of the report."""
    kinds = (SUCCESS, CHALLENGE, LESSON, SUGGESTION, QUESTION, TAKE_HOME)
    return tuple(KindCount(kind=kind, count=count) for kind, count in zip(kinds, counts, strict=False) if count)


SUCCESSES = Section(
    kind=SUCCESS,
    messages=(
        said(
            SUCCESS,
            "One adviser stays with a person until the first month in the new job",
            "Visitors met three people who named their adviser before they named the service.",
            7,
            1,
            consensus=Consensus.ALL,
        ),
        said(
            SUCCESS,
            "Employers sit at the table, and pay",
            "The harbour employers fund a third of the posts.",
            5,
            1,
            named=("Kestrelhaven", "Norrvik"),
        ),
        said(SUCCESS, "The partners read the same numbers every month", "One page, agreed by all.", 4, 2),
        said(SUCCESS, "The counter is where people already are", "Between the market and the ferry.", 3, 3),
    ),
    singles=(
        said(SUCCESS, "Former clients come back as mentors on Thursday evenings", question=1),
        said(SUCCESS, "The library lends laptops with the forms already on them", named=("Montclar",)),
    ),
)
CHALLENGES = Section(
    kind=CHALLENGE,
    messages=(
        said(
            CHALLENGE,
            "Nobody owns the desk after 2027",
            "The partnership agreement ends with the project.",
            6,
            2,
            dissent="Two cities hold that the statement of intent is enough for now.",
        ),
        said(CHALLENGE, "Those without digital skills come late or not at all", "Booking is online.", 4, 3),
        said(CHALLENGE, "Small employers are missing", "All eleven employers have more than 250 staff.", 3, 1),
        said(CHALLENGE, "Two case files for one person", "Advisers type everything twice.", 3, 2),
    ),
    singles=(said(CHALLENGE, "Interpreters are booked by the hour, advice takes longer"),),
)
LESSONS = Section(
    kind=LESSON,
    messages=(
        said(LESSON, "Begin with employers’ real vacancies, then build the training", "", 5, 1),
        said(LESSON, "Agree on the numbers before you agree on the money", "", 4, 2),
        said(LESSON, "A person, not a platform, brings people back", "", 4, 3),
    ),
)
SUGGESTIONS = Section(
    kind=SUGGESTION,
    messages=(
        said(
            SUGGESTION,
            "Put the desk into the statutes of the employment service before the project ends",
            "The service already carries two thirds of the case work.",
            6,
            2,
            addressee="host and region",
            horizon="within a year",
            first_step="a joint paper to both councils this autumn",
        ),
        said(
            SUGGESTION, "Keep one morning a week without appointments", "", 4, 3, addressee="host", horizon="quick win"
        ),
        said(SUGGESTION, "Invite a group of small employers as one partner", "Their association can speak.", 3, 1),
    ),
    singles=(said(SUGGESTION, "Pay the mentors’ travel", addressee="host"),),
)

FULL = snapshot(
    ref="aldermere-2026",
    number=1,
    frozen_on=date(2026, 6, 11),
    title="A one-stop desk for career changers in the harbour district",
    when=When(start="2026-05-04", end="2026-05-06", precision=Precision.DAY),
    venue="Old Customs House, Quay 4",
    theme="employment",
    objective="Learn how the desk keeps people and employers on board, and how it can outlive its project.",
    questions=(
        Question(number=1, text="What makes people and employers trust the desk?"),
        Question(number=2, text="How can the desk be funded after 2027?"),
        Question(number=3, text="How do we reach those who do not come by themselves?"),
    ),
    numbers=Numbers(peer_cities=8, people=22, returns_received=7, returns_expected=8),
    context=(
        (
            "One job in five in the harbour district will change within a decade. Aldermere wants people to move "
            "to new work before they lose the old one, and has put guidance, training and employers behind one counter."
        ),
        "Unemployment is low, but half of those who lose a job in the harbour are over fifty.",
    ),
    practice=(
        (
            "The desk opened in 2023 as a partnership of the city, the public employment service, two training centres "
            "and the harbour employers. A visitor talks to one adviser, once, and leaves with a plan."
        ),
        "Since then 2,140 people have come; 61 % were in work or training six months later, against 44 % before.",
    ),
    key_figures=(
        KeyFigure(label="People advised", value="2,140", year="2025", source="desk register"),
        KeyFigure(label="In work or training after six months", value="61 %", year="2025"),
        KeyFigure(label="Cost a year", value="€1.9 m", year="2025", source="city budget"),
    ),
    programme=(
        "Day 1: the desk, its data and its history; panel with employers and the trade union",
        "Day 2: the training centre, the harbour academy and two neighbourhood houses; fourteen interviews",
        "Day 3: the team’s meeting, feedback to the host, first reaction",
    ),
    counts=counted(41, 33, 24, 29, 4, 16),
    counts_by_question=(
        QuestionCount(question=1, counts=counted(18, 11, 9, 8, 2)),
        QuestionCount(question=2, counts=counted(12, 14, 8, 15, 1)),
        QuestionCount(question=3, counts=counted(11, 8, 7, 6, 1)),
        QuestionCount(question=None, counts=counted(0, 0, 0, 0, 0, 16)),
    ),
    sections=(SUCCESSES, CHALLENGES, LESSONS, SUGGESTIONS),
    take_homes=(
        TakeHome(city="Valdora", text="Pilots the single intake interview", first_step="A briefing", by="October 2026"),
        TakeHome(city="Kestrelhaven", text="Asks its port employers to co-fund two advisers", by="December 2026"),
        TakeHome(city="Norrvik", text="Sends two advisers to Aldermere for a week", by="March 2027"),
        TakeHome(city=None, text="Opens its counter on Saturday mornings", by="2027"),
    ),
    host_word="We asked for honest friends and got them.",
    host_views=(HostView(about="Small employers", text="Their association was invited twice."),),
    next_steps=("Joint paper to both councils, October 2026", "Progress note to the peers, March 2027"),
    places=(
        place("Aldermere", "NL", 51.9, 4.5, Side.HOST),
        place("Valdora", "IT", 45.4, 9.2),
        place("Kestrelhaven", "DK", 57.0, 9.9),
        place("Montclar", "FR", 43.6, 1.4),
        place("Norrvik", "SE", 59.3, 18.0),
        place("Brannoch", "GB", 55.9, -3.2),
        place("Sankt Orin", "AT", 47.1, 15.4),
        place("Porto Liso", "PT", 41.1, -8.6),
        place("Zelenograd nad Labem", "CZ", 50.7, 15.2),
    ),
    observers=("Regional employment service",),
    missing_returns=("Porto Liso",),
    funding="an invented programme for invented cities",
    disclaimer="The report does not necessarily reflect the position of the programme.",
    regime=Regime.MIXED,
    level=Level.PUBLIC,
    fictional=True,
    contact="secretariat@example.org",
)
DRAFT = FULL.model_copy(
    update={"number": None, "frozen_on": None, "draft": Draft(made_by="Ilse Marent", made_on=date(2026, 6, 4))}
)

THIN = snapshot(
    ref="paris-2016",
    title="A review of which little is known",
    places=(place("France", "FR", side=Side.HOST, kind=PlaceKind.COUNTRY),),
    sources=(Source(url="https://example.org/account"),),
    unknown=("peer countries", "findings", "dates"),
)
