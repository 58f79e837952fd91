"""The table of duties: which action of the method is somebody's next step, when, and in which words it is asked."""

from collections.abc import Callable
from dataclasses import dataclass

from review_app.domain.guards import PRACTICE, PROGRAMME, RESPONDED, SIGNED_OFF, TERMS
from review_app.domain.marking import _
from review_app.domain.vocabulary import Role
from review_app.domain.workflow import Action
from review_app.queries.situations import Situation

ACT_PAGE = "stages.act_page"
EVERYBODY = frozenset(Role)
SECRETARIAT = frozenset((Role.SECRETARIAT,))
HOST = frozenset((Role.HOST_COORDINATOR,))
HOSTS = HOST | {Role.HOST_CONTRIBUTOR}
TEAM = frozenset((Role.LEAD_REVIEWER, Role.RAPPORTEUR))
LEADS = TEAM | SECRETARIAT


Condition = Callable[[Situation, Action], bool]


@dataclass(frozen=True)
class Duty:
    """One row: whose step an action is (`of`), when (`when`), and what is said. `endpoint` names the page."""

    action: str
    heading: str
    why: str
    button: str
    endpoint: str = ACT_PAGE
    of: frozenset[Role] = EVERYBODY
    during: tuple[str, ...] = ()
    when: Condition = lambda situation, action: True


def _missing_mark(mark: str) -> Condition:
    return lambda situation, action: situation.unsigned(mark, action)


DUTIES = (
    Duty(
        "answer the invitation",
        _("Answer the invitation of %(host)s"),
        _("Say whether you take part, accept the code of conduct and declare your interests."),
        _("Answer the invitation"),
        "team.answer",
        when=lambda s, a: s.own.accepted is False,
    ),
    Duty(
        "agree the scope",
        _("Say what the review is about, and when the visit is"),
        _("Every deadline is counted from the first and the last day of the visit."),
        _("Fill in the scope"),
        "scope.edit",
        HOST,
        when=lambda s, a: not (s.facts.dates_set and s.facts.regime_chosen),
    ),
    Duty(
        "write the review questions",
        _("Write your questions to the peers"),
        _("They decide what the peers look at, and everything they write answers one of them."),
        _("Write the questions"),
        "questions.edit",
        HOST,
        when=lambda s, a: s.facts.questions < s.facts.minimum.questions_min,
    ),
    Duty(
        "send to the secretariat",
        _("Send the review to the secretariat"),
        _("The secretariat then agrees the terms of reference with you."),
        _("Send to the secretariat"),
        of=HOST,
    ),
    Duty(
        "sign the terms",
        _("Sign the terms of reference"),
        _("You agree the questions, the dates, the regime and how far the report will travel."),
        _("Read and sign"),
        when=_missing_mark(TERMS),
    ),
    Duty(
        "start recruiting",
        _("Both sides have signed: start to build the peer team"),
        _("Cities can be invited, and people get their roles."),
        _("Start to build the peer team"),
    ),
    Duty(
        "invite peer cities",
        _("Invite peer cities: %(cities)s take part so far"),
        _("The method asks for at least %(least_cities)s."),
        _("Invite peer cities"),
        "cities.index",
        SECRETARIAT,
        ("recruiting",),
        lambda s, a: s.facts.peer_cities < s.facts.minimum.peer_cities,
    ),
    Duty(
        "appoint people",
        _("Appoint the lead reviewer and the rapporteur"),
        _("The lead reviewer speaks for the team; the rapporteur writes for it."),
        _("Give people their roles"),
        "team.index",
        SECRETARIAT,
        ("recruiting",),
        lambda s, a: not (s.facts.has_lead_reviewer and s.facts.has_rapporteur),
    ),
    Duty(
        "start preparing",
        _("The peer team is complete: start the preparation"),
        _("The host city then releases the practice to the peers, and the programme is made final."),
        _("Start the preparation"),
    ),
    Duty(
        "describe the practice",
        _("Describe the practice for the peers"),
        _("Questions that still need an answer: %(questions)s. What you write is saved while incomplete."),
        _("Describe the practice"),
        "practice.overview",
        HOSTS,
        when=lambda s, a: bool(s.facts.practice_missing),
    ),
    Duty(
        "release the practice",
        _("Release the practice to the peers"),
        _("Every question is answered. From then on the whole team reads it."),
        _("Release the practice"),
        when=_missing_mark(PRACTICE),
    ),
    Duty(
        "confirm the programme",
        _("Confirm that the programme is final"),
        _("Every session has a time, a place and a responsible person."),
        _("Confirm the programme"),
        of=HOST,
        when=lambda s, a: not s.facts.marked(PROGRAMME),
    ),
    Duty(
        "finish preparing",
        _("Everything is ready for the visit"),
        _("The practice is released and the programme is final."),
        _("Say that everything is ready"),
    ),
    Duty(
        "start the visit",
        _("The visit to %(host)s begins"),
        _("From then on the peers can note their feedback."),
        _("Start the visit"),
        when=lambda s, a: s.has_begun,
    ),
    Duty(
        "give feedback",
        _("Finish your feedback to %(host)s and send it"),
        _("It is saved as a draft. Nobody outside your city and the review team reads it before the deadline."),
        _("Go on with your feedback"),
        "feedback.show",
        during=("feedback",),
        when=lambda s, a: s.own.begun and not s.own.sent,
    ),
    Duty(
        "give feedback",
        _("Write your feedback to %(host)s"),
        _("What works, what is hard, what you learnt and what you take home. It is saved while you write."),
        _("Write your feedback"),
        "feedback.show",
        during=("feedback",),
        when=lambda s, a: not s.own.sent,
    ),
    Duty(
        "end the visit",
        _("The visit is over: open the feedback"),
        _("Each peer city then writes its return."),
        _("End the visit and open feedback"),
    ),
    Duty(
        "give feedback",
        _("Note your feedback while it is fresh"),
        _("Listen first, ask, and write down what you see. You send it after the visit."),
        _("Note your feedback"),
        "feedback.show",
        during=("visiting",),
        when=lambda s, a: not s.own.sent,
    ),
    Duty(
        "close feedback",
        _("All cities have answered: close the feedback"),
        _("The team then merges the feedback into messages."),
        _("Close the feedback"),
        of=LEADS,
        when=lambda s, a: not s.facts.silent_cities,
    ),
    Duty(
        "close feedback",
        _("The deadline has passed: close the feedback"),
        _("Still missing: %(silent)s. They are named in the record."),
        _("Close the feedback"),
        of=LEADS,
        when=lambda s, a: not s.facts.feedback_is_open,
    ),
    Duty(
        "write messages",
        _("Merge the feedback into messages"),
        _("%(returns)s of %(cities)s cities have sent their feedback."),
        _("Write the messages"),
        "messages.index",
        TEAM,
        ("drafting",),
        lambda s, a: s.facts.messages == 0,
    ),
    Duty(
        "write messages",
        _("Make every message rest on feedback that may be used"),
        _("Without a source: %(untraced)s. Kept out of the report by its author: %(withheld)s."),
        _("Look at the messages"),
        "messages.index",
        TEAM,
        ("drafting", "fact_check"),
        lambda s, a: s.facts.untraced_messages + s.facts.unreleased_used > 0,
    ),
    Duty(
        "open the fact check",
        _("Finish the draft, then open the fact check"),
        _("When the messages are complete, open the fact check on the page of the review: %(host)s then comments."),
        _("Work on the messages"),
        "messages.index",
        TEAM,
    ),
    Duty(
        "comment on facts",
        _("Check the facts in the draft"),
        _("Say what is wrong, missing or confidential. The judgements are the peers’ own."),
        _("Check the facts"),
        "facts.index",
        HOST,
    ),
    Duty(
        "answer comments",
        _("Answer the comments of %(host)s"),
        _("Comments that wait for an answer: %(comments)s."),
        _("Answer the comments"),
        "facts.index",
        TEAM,
        when=lambda s, a: s.facts.open_comments > 0,
    ),
    Duty(
        "close the fact check",
        _("The time for the fact check is over: close it"),
        _("Every comment is answered. The report is then signed."),
        _("Close the fact check"),
        of=LEADS,
        when=lambda s, a: s.late,
    ),
    Duty(
        "sign the report",
        _("Sign the report"),
        _("You agree that it may be published as it stands."),
        _("Read and sign"),
        when=_missing_mark(SIGNED_OFF),
    ),
    Duty(
        "publish",
        _("All three have signed: publish the report"),
        _("Choose who may read it, and from when."),
        _("Publish the report"),
        "publishing.confirm",
    ),
    Duty(
        "await the response",
        _("Ask %(host)s for its response"),
        _("The report is out. The host city answers every recommendation."),
        _("Ask for the response"),
    ),
    Duty(
        "record the response",
        _("Answer every recommendation, then record it"),
        _("Say for each what you will do, or why not."),
        _("Record the response"),
        when=_missing_mark(RESPONDED),
    ),
    Duty(
        "start the follow-up",
        _("%(host)s has responded: start the follow-up"),
        _("The host city reports progress; the peer cities say what they have reused."),
        _("Start the follow-up"),
    ),
    Duty(
        "close the review",
        _("The follow-up is over: close the review"),
        _("It is then archived."),
        _("Close the review"),
        when=lambda s, a: s.late,
    ),
)
