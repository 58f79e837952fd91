"""The second half of an invented review: from what the peers saw to the report, the response and the archive."""

from review_app.domain.vocabulary import CommentAnswer, CommentKind, Consensus, ItemKind, Level
from review_app.services import facts, feedback, messages, publishing, report_texts
from review_app.services.facts import Remark
from review_app.services.messages import Wording
from review_app.services.publishing import Release
from review_app.services.report_texts import Texts
from review_app.world.files import Row
from review_app.world.play import SECRETARIAT, Chapter, Play

OWN_WORDS = ("id", "kind", "q", "anonymous")


def _visiting(scene: Play) -> None:
    if scene.goes_to == "visiting":
        with scene.at(0, hour=15):
            _write_returns(scene)


def _end_visit(scene: Play) -> None:
    with scene.at(0, after_visit=True, hour=17):
        scene.act("end the visit", scene.story["lead"])


def _feedback(scene: Play) -> None:
    with scene.at(4, after_visit=True):
        _write_returns(scene)


def _write_returns(scene: Play) -> None:
    for number, (slug, written) in enumerate(scene.story.get("returns", {}).items()):
        with scene.at(4 + number, after_visit=True):
            _write_return(scene, slug, written)


def _write_return(scene: Play, slug: str, written: Row) -> None:
    city = scene.city(slug)
    # One seat for each writer: nothing that a guard asks about changes while a return is written.
    seats = [scene.seat(email) for email in scene.story["peers"][slug]]
    for number, item in enumerate(written["items"]):
        feedback.save(
            _key(scene, f"returns/{slug}/{number}", item),
            seats[number % len(seats)],
            city=city,
            kind=ItemKind(item["kind"]),
            answers=_answers(item),
            seen_version=None,
        )
    if written.get("sent", True):
        feedback.send(seats[0], city=city)


def _answers(item: Row) -> Row:
    """The answers of the form: a city is named and its words may be printed, unless the item says otherwise."""
    answers = {name: value for name, value in item.items() if name not in OWN_WORDS}
    answers.setdefault("explanation", "")
    answers.setdefault("language", "en")
    answers.setdefault("use", "report")
    answers["attribution"] = "anonymous" if item.get("anonymous") else "city"
    answers["question"] = str(item.get("q", ""))
    return answers


def _key(scene: Play, place: str, row: Row) -> str:
    """Give what stands at a place of the story its key, and keep it when the story names the row."""
    key = scene.key(place)
    return scene.keys.setdefault(row["id"], key) if "id" in row else key


def _close_feedback(scene: Play) -> None:
    with scene.at(15, after_visit=True):
        scene.act("close feedback", scene.story["lead"])


def _drafting(scene: Play) -> None:
    rapporteur = scene.story["rapporteur"]
    seat = scene.seat(rapporteur)
    for number, message in enumerate(scene.story.get("message", ())):
        with scene.at(18, after_visit=True):
            items = [scene.keys[name] for name in message["items"]]
            key = _key(scene, f"message/{number}", message)
            messages.create(key, _wording(message), seat, items=items)
    if "texts" in scene.story:
        with scene.at(20, after_visit=True):
            report_texts.save(Texts(**scene.story["texts"]), scene.seat(rapporteur), seen_version=None)


def _wording(message: Row) -> Wording:
    consensus = message.get("consensus")
    return Wording(
        ItemKind(message["kind"]),
        message["headline"],
        body=message.get("body", ""),
        dissent=message.get("dissent", ""),
        consensus=Consensus(consensus) if consensus else None,
        question=message.get("q"),
        summary=message.get("summary", ""),
    )


def _open_fact_check(scene: Play) -> None:
    with scene.at(28, after_visit=True):
        scene.act("open the fact check", scene.story["rapporteur"])


def _fact_check(scene: Play) -> None:
    story = scene.story
    if "host_word" in story:
        with scene.at(30, after_visit=True):
            seat = scene.seat(story["coordinator"])
            seen = report_texts.host_word(scene.review)[1]
            report_texts.save_host_word(story["host_word"], seat, seen_version=seen)
    for number, remark in enumerate(story.get("comment", ())):
        _comment(scene, remark, key=scene.key(f"comment/{number}"))


def _comment(scene: Play, row: Row, *, key: str) -> None:
    about = row["about"]
    named = f"message:{scene.keys[about]}" if about in scene.keys else about
    remark = Remark(
        about=named,
        kind=CommentKind(row["kind"]),
        comment=row["comment"],
        quoted=row.get("quoted", ""),
        source=row.get("source", ""),
        print_view=row.get("print_view", False),
    )
    with scene.at(31, after_visit=True):
        made = facts.comment(key, remark, scene.seat(scene.story["coordinator"]))
    if "answer" in row:
        with scene.at(36, after_visit=True):
            seat = scene.seat(scene.story["rapporteur"])
            facts.answer(made, CommentAnswer(row["answer"]), seat, reason=row.get("reason", ""), seen_version=None)


def _close_fact_check(scene: Play) -> None:
    with scene.at(41, after_visit=True):
        scene.act("close the fact check", scene.story["rapporteur"])


def _sign_off(scene: Play) -> None:
    signing = {"lead": scene.story["lead"], "host": scene.story["coordinator"], "secretariat": SECRETARIAT}
    wanted = signing if scene.reaches("sign_off") else scene.story.get("signed", ())
    for side in wanted:
        with scene.at(44, after_visit=True):
            scene.act("sign the report", signing[side])


def _publish(scene: Play) -> None:
    with scene.at(52, after_visit=True):
        release = Release(confirmed=scene.review.ref, level=Level(scene.story.get("level", "public")))
        publishing.publish(release, scene.seat(SECRETARIAT))


def _published(_scene: Play) -> None:
    """Nothing but reading happens at this stage."""


def _await_response(scene: Play) -> None:
    with scene.at(53, after_visit=True):
        scene.act("await the response", SECRETARIAT)


def _responding(_scene: Play) -> None:
    """The host thinks."""


def _start_follow_up(scene: Play) -> None:
    with scene.at(66, after_visit=True):
        scene.act("record the response", scene.story["coordinator"])
        scene.act("start the follow-up", SECRETARIAT)


def _following_up(_scene: Play) -> None:
    """The host works."""


def _close(scene: Play) -> None:
    with scene.at(364, after_visit=True):
        scene.act("close the review", SECRETARIAT)


def interrupt(scene: Play) -> None:
    """Put a review on hold or cancel it, when that is where its story ends."""
    action = {"on_hold": "put on hold", "cancelled": "cancel"}.get(scene.story["stage"])
    if action:
        with scene.at(0):
            scene.act(action, SECRETARIAT, reason=scene.story["reason"])


CHAPTERS: tuple[tuple[str, Chapter, Chapter], ...] = (
    ("visiting", _visiting, _end_visit),
    ("feedback", _feedback, _close_feedback),
    ("drafting", _drafting, _open_fact_check),
    ("fact_check", _fact_check, _close_fact_check),
    ("sign_off", _sign_off, _publish),
    ("published", _published, _await_response),
    ("responding", _responding, _start_follow_up),
    ("following_up", _following_up, _close),
    ("closed", _published, _published),
)
