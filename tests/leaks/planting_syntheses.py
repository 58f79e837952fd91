"""Plants a word in every text of a synthesis that is being written: nobody but the secretariat finds one."""

from review_app.domain.vocabulary import Level
from review_app.extensions.database import db
from review_app.models.history import Revision
from review_app.models.network_synthesis import (
    Synthesis,
    SynthesisCode,
    SynthesisFinding,
    SynthesisReview,
    SynthesisTheme,
)
from tests.leaks import reference as who

WRITERS = {who.SECRETARIAT}
VERSION = 1000
"""The number of the planted version, beside the number of its review: the crawl opens it."""


def over(planted, review):
    """Begin a synthesis over a review, whatever its stage, with a theme, a finding and a code."""
    row = Synthesis(
        key=planted.key("synthesis.key", WRITERS),
        ref=f"synthesis-{review.id}",
        level=Level.PUBLIC,
        title=planted.word("synthesis.title", WRITERS),
        network=planted.word("synthesis.network", WRITERS),
        foreword=planted.word("synthesis.foreword", WRITERS),
        method=planted.word("synthesis.method", WRITERS),
        conclusions=planted.word("synthesis.conclusions", WRITERS),
    )
    row.findings = [SynthesisFinding(position=0, text=planted.word("synthesis_finding.text", WRITERS))]
    db.session.add(row)
    db.session.flush()
    planted.keys["synthesis"] = row.ref
    _revise(planted, row, "foreword", number=VERSION + review.id)
    db.session.add(SynthesisReview(synthesis_id=row.id, review_id=review.id, position=1))
    _theme(planted, row, review)


def _theme(planted, row, review):
    theme = SynthesisTheme(
        key=planted.key("synthesis_theme.key", WRITERS),
        synthesis_id=row.id,
        position=1,
        name=planted.word("synthesis_theme.name", WRITERS),
        memo=planted.word("synthesis_theme.memo", WRITERS),
    )
    db.session.add(theme)
    db.session.flush()
    planted.keys["theme"] = theme.key
    _revise(planted, theme, "memo", number=VERSION + review.id)
    # The statement is said by no report, so that not even those who write find the remark.
    remark = planted.word("synthesis_code.memo", WRITERS, who.NOBODY)
    db.session.add(SynthesisCode(theme_id=theme.id, review_id=review.id, statement="0" * 32, memo=remark))
    db.session.flush()


def _revise(planted, row, name, *, number):
    content = {name: planted.word("revision.content", WRITERS)}
    db.session.add(Revision(thing=row.__tablename__, thing_id=row.id, number=number, content=content))
