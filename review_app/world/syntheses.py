"""Plays the syntheses of the demonstration through the services, as the secretariat would write them."""

from collections.abc import Iterable

from sqlalchemy import select

from review_app.domain.text import email_identity
from review_app.domain.vocabulary import Level, Power
from review_app.extensions.database import db
from review_app.models.network import Person
from review_app.models.network_synthesis import Synthesis
from review_app.models.review import Review
from review_app.services import network_synthesis, synthesis_coding, synthesis_publishing, synthesis_themes
from review_app.services.network_synthesis import Start, Texts
from review_app.services.synthesis_publishing import Release
from review_app.services.synthesis_themes import Chosen, Wording
from review_app.world import files
from review_app.world.files import Row
from review_app.world.network import NETWORK_NAME
from review_app.world.play import SECRETARIAT

REAL = "real"
"""Stands in place of a list for all real reviews."""


def write_all() -> None:
    """Write every synthesis that is not there yet."""
    writer = db.session.scalars(select(Person).where(Person.identity == email_identity(SECRETARIAT))).one()
    for row in files.syntheses():
        if not db.session.scalar(select(Synthesis.id).where(Synthesis.key == row["key"])):
            _write(row, writer)


def _write(row: Row, writer: Person) -> None:
    start = Start(row["title"], Level(row["level"]), NETWORK_NAME if row["reviews"] != REAL else "")
    synthesis = network_synthesis.open_synthesis(row["key"], start, writer)
    network_synthesis.choose(_refs(row), synthesis)
    texts = Texts(
        row["title"],
        row.get("foreword", ""),
        findings="\n".join(row.get("findings", ())),
        method=row.get("method", ""),
        conclusions=row.get("conclusions", ""),
    )
    network_synthesis.save_texts(texts, synthesis, writer, seen_version=synthesis.version)
    _make_themes(row.get("theme", ()), synthesis, writer)
    if row.get("publish"):
        synthesis_publishing.publish(Release(row["title"], synthesis.level), synthesis, writer)


def _refs(row: Row) -> list[str]:
    if row["reviews"] != REAL:
        return list(row["reviews"])
    return list(db.session.scalars(select(Review.ref).where(Review.fictional.is_(False))))


def _make_themes(rows: Iterable[Row], synthesis: Synthesis, writer: Person) -> None:
    said = synthesis_coding.statements(synthesis)
    keys: dict[str, str] = {}
    for number, row in enumerate(rows, start=1):
        key = keys[row["name"]] = f"{synthesis.key[:18]}t{number:03}"
        power = Power(row["power"]) if "power" in row else None
        wording = Wording(row["name"], row["memo"], parent=keys.get(row.get("part_of", ""), ""), power=power)
        synthesis_themes.save(key, wording, synthesis, writer, seen_version=None)
        for ref, beginning in row["statements"]:
            line = next(one for one in said if one.ref == ref and one.said.headline.startswith(beginning))
            synthesis_themes.code(synthesis, Chosen(line.review, line.mark, frozenset((key,))))
