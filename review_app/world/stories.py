"""Plays the invented reviews through the services, each as the right people, up to the stage its file names."""

from review_app.domain.vocabulary import Level, Regime, Role
from review_app.models.base import utc_now
from review_app.services import cities, openings, practice, questions, scope, team
from review_app.services.openings import Opening
from review_app.services.questions import Asked
from review_app.services.scope import Scope
from review_app.services.team import Interests
from review_app.world import ending, files
from review_app.world.files import Row
from review_app.world.network import NETWORK_NAME
from review_app.world.play import SECRETARIAT, Cast, Chapter, Play, assembled

NO_TIES = Interests({"paid": False, "contracted": False, "competing": False, "personal": False})
WRITTEN_EARLY = ("draft", "scoping", "recruiting")


def play_all(definition: Row) -> None:
    """Play every story to this day."""
    cast = assembled(definition, utc_now())
    for story in files.stories():
        play(story, cast)


def play(story: Row, cast: Cast) -> None:
    """Play one story, chapter by chapter."""
    scene = Play(story, cast)
    _open(scene)
    for stage, chapter, leave in CHAPTERS:
        chapter(scene)
        if not scene.reaches(stage):
            break
        leave(scene)
    ending.interrupt(scene)


def _open(scene: Play) -> None:
    story = scene.story
    coordinator = scene.person(story["coordinator"])
    opening = Opening(
        definition=scene.cast.definition,
        host=scene.host,
        title=story["title"],
        theme=story["theme"],
        starts_on=scene.starts_on,
        ends_on=scene.ends_on,
        ref=story["ref"],
        network=NETWORK_NAME,
    )
    with scene.at(story.get("opened", -185)):
        scene.review = openings.open_review(opening, coordinator)


def _draft(scene: Play) -> None:
    story = scene.story
    with scene.at(-180):
        scope.agree(_terms(scene), scene.seat(story["coordinator"]), seen_version=None)
    with scene.at(-178):
        asked = [Asked(row["text"], row.get("why", "")) for row in story.get("question", ())]
        questions.write(asked, scene.seat(story["coordinator"]), seen_version=None)
        for email in story.get("contributors", ()):
            team.add_colleague(email, scene.seat(story["coordinator"]))
    if scene.goes_to in WRITTEN_EARLY:
        with scene.at(-177):
            _describe(scene)


def _terms(scene: Play) -> Scope:
    story = scene.story
    return Scope(
        title=story["title"],
        theme=story["theme"],
        purpose=story.get("purpose", ""),
        venue=story.get("venue", ""),
        starts_on=scene.starts_on,
        ends_on=scene.ends_on,
        timezone=scene.host.timezone,
        language=story.get("language", "en"),
        regime=Regime(story.get("regime", "mixed")),
        level=Level(story.get("level", "public")),
        funding=story.get("funding", ""),
    )


def _send(scene: Play) -> None:
    with scene.at(-175):
        scene.act("send to the secretariat", scene.story["coordinator"])


def _scoping(scene: Play) -> None:
    signing = {"host": scene.story["coordinator"], "secretariat": SECRETARIAT}
    wanted = signing if scene.reaches("scoping") else scene.story.get("signed", ())
    for side in wanted:
        with scene.at(-145):
            scene.act("sign the terms", signing[side])


def _recruit(scene: Play) -> None:
    with scene.at(-144):
        scene.act("start recruiting", SECRETARIAT)


def _recruiting(scene: Play) -> None:
    story = scene.story
    with scene.at(-135):
        seat = scene.seat(SECRETARIAT)
        for slug, emails in story.get("peers", {}).items():
            for email in emails:
                cities.invite(scene.city(slug), email, seat=seat)
    with scene.at(-130):
        for role, email in _appointments(story):
            team.appoint(email, role, seat)
    _answer(scene)


def _appointments(story: Row) -> list[tuple[Role, str]]:
    single = [(Role.LEAD_REVIEWER, story.get("lead")), (Role.RAPPORTEUR, story.get("rapporteur"))]
    watching = [(Role.OBSERVER, email) for email in story.get("observers", ())]
    return [(role, email) for role, email in (*single, *watching) if email]


def _answer(scene: Play) -> None:
    story = scene.story
    invited = [email for emails in story.get("peers", {}).values() for email in emails]
    invited += [email for _role, email in _appointments(story)]
    for email in dict.fromkeys(invited):
        with scene.at(-120):
            if email in story.get("declined", {}):
                team.decline(scene.seat(email), reason=story["declined"][email])
            elif email not in story.get("waiting", ()):
                team.accept(_interests(story, email), scene.seat(email))


def _interests(story: Row, email: str) -> Interests:
    note = story.get("interests", {}).get(email, "")
    return Interests({**NO_TIES.answers, "personal": True}, note) if note else NO_TIES


def _prepare(scene: Play) -> None:
    with scene.at(-100):
        scene.act("start preparing", SECRETARIAT)


def _preparing(scene: Play) -> None:
    host = scene.story["coordinator"]
    with scene.at(-50):
        _describe(scene)
    if scene.reaches("preparing"):
        with scene.at(-37):
            scene.act("release the practice", host)
        with scene.at(-8):
            scene.act("confirm the programme", host)


def _describe(scene: Play) -> None:
    story = scene.story
    writers = [story["coordinator"], *story.get("contributors", ())]
    for number, (section, answers) in enumerate(story.get("practice", {}).items()):
        practice.save(section, answers, seat=scene.seat(writers[number % len(writers)]), seen_version=0)
    if story.get("figure"):
        practice.save_figures(story["figure"], scene.seat(story["coordinator"]), seen_version=None)


def _ready(scene: Play) -> None:
    with scene.at(-7):
        scene.act("finish preparing", scene.story["coordinator"])


def _nothing(_scene: Play) -> None:
    """Nothing but waiting happens at this stage."""


def _visit(scene: Play) -> None:
    with scene.at(0, hour=8):
        scene.act("start the visit", scene.story["coordinator"])


CHAPTERS: tuple[tuple[str, Chapter, Chapter], ...] = (
    ("draft", _draft, _send),
    ("scoping", _scoping, _recruit),
    ("recruiting", _recruiting, _prepare),
    ("preparing", _preparing, _ready),
    ("ready", _nothing, _visit),
    *ending.CHAPTERS,
)
