"""Freezes drafts of a synthesis to be printed: the one that somebody asks for, and the next one before they do."""

from review_app.extensions.database import db
from review_app.models.network import Person
from review_app.models.network_synthesis import Synthesis, SynthesisEdition
from review_app.queries import network_synthesis as reading
from review_app.queries import synthesis_candidates
from review_app.reports.frozen.snapshot import Paper
from review_app.services import audit, network_synthesis
from review_app.services.ahead import ask, languages_of
from review_app.services.synthesis_publishing import FEWEST, draft_of, drop_drafts


def freeze(synthesis: Synthesis, person: Person) -> SynthesisEdition:
    """Freeze a synthesis as it stands, without a number, to be printed; the same draft again is the same row.

    What the same person had frozen before goes. One that was made ahead becomes theirs: its print is there, or on its
    way. Whoever calls asks for the print.
    """
    network_synthesis.hold(synthesis)
    paper = draft_of(synthesis, made_by=person.name)
    known = reading.draft_that_says(paper.sha256, synthesis)
    if known is not None and not known.ahead:
        return known
    if known is not None:
        db.session.delete(known)
    draft = _keep(paper, synthesis, person)
    drop_drafts(synthesis, SynthesisEdition.made_by_id == person.id, SynthesisEdition.id != draft.id)
    audit.note("freeze a synthesis", person, thing="draft", about=draft.key)
    return draft


def make_ahead(synthesis: Synthesis, person: Person) -> None:
    """Freeze and print the draft that a person would get now, in case they ask; the one made for them before goes.

    Nothing is made of a synthesis that rests on too little to be published.
    """
    network_synthesis.hold(synthesis)
    if len(synthesis_candidates.chosen(synthesis)) < FEWEST:
        return
    paper = draft_of(synthesis, made_by=person.name)
    others = SynthesisEdition.made_by_id == person.id, SynthesisEdition.digest != paper.sha256
    drop_drafts(synthesis, SynthesisEdition.ahead.is_(True), *others)
    draft = reading.draft_that_says(paper.sha256, synthesis) or _keep(paper, synthesis, person, ahead=True)
    if draft.ahead:
        ask(draft.digest, languages_of([person]))


def _keep(paper: Paper, synthesis: Synthesis, person: Person, *, ahead: bool = False) -> SynthesisEdition:
    draft = SynthesisEdition(
        synthesis_id=synthesis.id,
        number=None,
        snapshot=paper.to_bytes().decode(),
        digest=paper.sha256,
        made_by_id=person.id,
        ahead=ahead,
    )
    db.session.add(draft)
    db.session.flush()
    return draft
