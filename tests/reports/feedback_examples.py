"""Full feedback reports as a review may bring them about: with a host that wrote at length, thin, hostile."""

from review_app.domain import method_file
from review_app.reports.frozen.feedback import FeedbackReport
from review_app.reports.frozen.snapshot import Section
from review_app.reports.frozen.written import sections_of
from tests.reports.examples import DRAFT, FULL, GHENT, QUESTION, TAKE_HOME, THIN, said
from tests.reports.foreign_examples import FOREIGN, HOSTILE, SCRIPT

FORM = method_file.load(method_file.FOLDER / "critical_friend_review.toml").forms["practice"]
LONG = (
    "Two advisers come together, one who knows work and one who knows people. They stay for an hour and settle what "
    "can be settled at once: a paper that is missing, a call to a school, a place in a course. "
)
ANSWERS = {
    "title": "The desk at the quay",
    "summary": "One counter for guidance, training and employers in the harbour district.",
    "started": "2023-03",
    "status": "running",
    "target_groups": ["older_workers", "low_skilled", "in_work"],
    "problem": "One job in five in the harbour district will change within a decade.",
    "objectives": "Nobody loses a job without having seen the next one.",
    "how": f"{LONG * 3}\n\n- **First**, a talk without a form.\n- Then a plan on one page.\n\n{LONG * 2}",
    "partners": [
        {"name": "Public employment service", "type": "pes", "role": "Two thirds of the advisers"},
        {"name": "Harbour employers", "type": "employer", "role": "A third of the posts"},
        {"name": "Training centre North", "type": "education", "role": "Courses in weeks, not in terms"},
    ],
    "governance": "A board of five meets every month; each partner has one voice and one page of numbers.",
    "participation": "Former clients sit on the panel that chooses courses.",
    "budget": "1 900 000 EUR (2025)",
    "funding_sources": ["city", "esf", "private"],
    "staff": "14",
    "results": "61 % were in work or training six months later, against 44 % before. The register is audited.",
    "difficulties": "Small employers do not come. Two systems hold two files on one person.",
    "success_factors": "One adviser, one desk, and employers that pay.",
    "transfer": "A law that lets two services share a file. An employers’ association that can sign.",
    "inclusion": "Evening hours, because many who care for others cannot come by day.",
    "links": [{"url": "https://example.org/desk", "title": "The desk on the web"}],
    "licence": "cc-by",
    "contact": "never printed here",
}
PAPER = sections_of(FORM, ANSWERS)
IDEAS = Section(kind=TAKE_HOME, messages=(said(TAKE_HOME, "A talk before the form", "", 5, 1),))
ASKED = Section(
    kind=QUESTION,
    messages=(said(QUESTION, "Who answers for the desk when the partners disagree?", "", 3, 2),),
    singles=(said(QUESTION, "What would you do differently if you began again?"),),
)


def feedback(snapshot, **more):
    """The feedback report with the same content as a snapshot."""
    return FeedbackReport(**{**dict(snapshot), "kind": "feedback", **more})


TOLD = {
    "host_paper": tuple(section for section in PAPER if section.name != "transfer"),
    "transfer": next(section for section in PAPER if section.name == "transfer"),
}
FEEDBACK = feedback(FULL, sections=(*FULL.sections, ASKED, IDEAS), **TOLD)
FEEDBACK_DRAFT = feedback(DRAFT, **TOLD)
FEEDBACK_GHENT = feedback(GHENT)
FEEDBACK_THIN = feedback(THIN)
FEEDBACK_FOREIGN = feedback(FOREIGN)
FEEDBACK_HOSTILE = feedback(
    HOSTILE,
    questions=FULL.questions,
    host_paper=sections_of(FORM, {key: SCRIPT for key, value in ANSWERS.items() if isinstance(value, str)}),
)

CHAPTERS = [
    "1 Executive summary",
    "2 Scope, questions and evidence",
    "3 The host’s context and practice",
    "4 What makes people and employers trust the desk?",
    "5 How can the desk be funded after 2027?",
    "6 How do we reach those who do not come by themselves?",
    "7 Further findings",
    "8 Who took part, side by side",
    "9 Recommendations",
    "10 Transferability",
    "11 Different views and the host’s word",
    "12 Next steps",
    "A Programme of the visit",
    "B Participants",
    "C In figures",
    "D Questions to think about",
    "E The method in brief",
    "F Words of the method",
]


def statements_of(report, *kinds):
    """Every message and single item of some kinds, in order."""
    sections = [section for section in report.sections if section.kind in kinds]
    return [one for section in sections for one in (*section.messages, *section.singles)]
