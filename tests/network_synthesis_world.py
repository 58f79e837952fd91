"""A synthesis over the published reviews of the demo world, for the tests of writing, coding and publishing."""

from sqlalchemy import select

from review_app.domain.vocabulary import Level
from review_app.extensions.database import db
from review_app.models.base import new_key
from review_app.models.network_synthesis import Synthesis
from review_app.models.review import Review
from review_app.services import network_synthesis, synthesis_coding, synthesis_themes
from review_app.services.network_synthesis import Start
from review_app.services.synthesis_coding import Wanted
from review_app.services.synthesis_themes import Chosen, Wording

DRAFT = "city-reviews-on-the-public-record"
"""The synthesis of the demonstration that is being written."""
PUBLISHED = ("published", "responding", "following_up", "closed")
BEGUN = {"title": "Work for newcomers", "level": "members"}
"""What the secretariat fills in to begin one."""
FOR_ALL = ("published", "following_up", "closed")


def begun(person, *, title="What our reviews say", level=Level.MEMBERS):
    """A synthesis that has just been begun."""
    return network_synthesis.open_synthesis(new_key(), Start(title, level, "Harbour and Hill Cities"), person)


def with_reviews(world, person, *, level=Level.MEMBERS):
    """A synthesis over the invented reviews that are published: four for members, three for everybody."""
    synthesis = begun(person, level=level)
    stages = PUBLISHED if level is Level.MEMBERS else FOR_ALL
    network_synthesis.choose([world[stage] for stage in stages], synthesis)
    return synthesis


def being_written(app, world):
    """The reference of one over the four invented published reviews, for members, with a theme."""
    with app.app_context():
        synthesis = with_reviews(world, world.person("secretariat"))
        theme(synthesis, world.person("secretariat"))
        db.session.commit()
        return synthesis.ref


def told_of(app, ref, told):
    """What is told of the row of a synthesis."""
    with app.app_context():
        return told(db.session.scalars(select(Synthesis).where(Synthesis.ref == ref)).one())


def theme(synthesis, person, name="Staff", **more):
    """A theme of a synthesis."""
    return synthesis_themes.save(new_key(), Wording(name, **more), synthesis, person, seen_version=None)


def first_lines(synthesis, count=2):
    """The first statements of the chosen reports."""
    return synthesis_coding.listed(synthesis, Wanted()).rows[:count]


def put_under(synthesis, line, *themes, remark=None):
    """Put a statement under themes."""
    chosen = Chosen(line.review, line.mark, frozenset(one.key for one in themes), line.themes, remark)
    synthesis_themes.code(synthesis, chosen)


def members_only(world):
    """The published review whose report is for members of the network alone."""
    review = world.review("responding")
    assert review.level is Level.MEMBERS
    return review


def real_refs():
    """The references of the real reviews that the project ships."""
    return list(db.session.scalars(select(Review.ref).where(Review.fictional.is_(False)).order_by(Review.id)))
