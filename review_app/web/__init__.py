"""The door for people: pages, forms, sessions."""

from flask import Flask

from review_app.config import Settings
from review_app.web import drawing, errors, gate, headers, language, sessions, uploading
from review_app.web.pages import (
    access,
    attachments,
    audit,
    brand,
    cities,
    copies,
    data,
    desk,
    facts,
    feedback,
    home,
    late_reports,
    messages,
    network,
    openings,
    papers,
    practice,
    privacy,
    publishing,
    questions,
    reports,
    returns,
    reviews,
    scope,
    stages,
    syntheses,
    synthesis_coding,
    synthesis_drafts,
    synthesis_reports,
    synthesis_themes,
    synthesis_versions,
    team,
    versions,
    word,
)

PAGES = (
    home,
    access,
    privacy,
    network,
    reviews,
    desk,
    feedback,
    returns,
    messages,
    facts,
    reports,
    papers,
    late_reports,
    data,
    copies,
    publishing,
    cities,
    openings,
    practice,
    attachments,
    questions,
    scope,
    stages,
    team,
    audit,
    versions,
    brand,
    word,
    syntheses,
    synthesis_themes,
    synthesis_coding,
    synthesis_reports,
    synthesis_drafts,
    synthesis_versions,
)


def bind(app: Flask, settings: Settings) -> None:
    """Open the door, and check that every page has a gate."""
    headers.bind(app, settings)
    uploading.bind(app, settings)
    sessions.bind(app)
    language.bind(app)
    drawing.bind(app, settings)
    errors.bind(app)
    for page in PAGES:
        app.register_blueprint(page.bp)
    gate.check(app)
