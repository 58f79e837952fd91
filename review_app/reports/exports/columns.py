"""What tables, columns and values of the data are called where people read them; a name without words is a fault."""

from collections.abc import Mapping

from review_app.domain.marking import _
from review_app.reports.wording.words import Words

TABLES: Mapping[str, str] = {
    "about": _("About the report"),
    "erratum": _("Corrections"),
    "questions": _("Review questions"),
    "context": _("Why it matters"),
    "practice": _("The practice"),
    "key_figures": _("Key figures"),
    "programme": _("Programme"),
    "counts": _("Items by kind"),
    "messages": _("Messages"),
    "take_homes": _("To take home"),
    "host_views": _("Views of the host"),
    "next_steps": _("Next steps"),
    "places": _("Who took part"),
    "observers": _("Observers"),
    "missing_returns": _("Returns not received"),
    "outputs": _("Results"),
    "sources": _("Sources"),
    "unknown": _("Not on record"),
    "conflicts": _("Sources disagree"),
    "statements": _("Statements"),
    "counts_by_question": _("Items by question"),
    "host_paper": _("What the host wrote"),
    "answers": _("Answers"),
    "chapters": _("What the host wrote"),
    "columns": _("Columns of an answer"),
    "rows": _("Rows of an answer"),
    "cells": _("Cells of a row"),
    "period": _("Period"),
    "record": _("From the public record"),
    "days": _("Days"),
    "people": _("People"),
    "kinds": _("Kinds of item"),
    "minimum": _("Fewest items"),
    "foreword": _("Foreword"),
    "findings": _("Key findings"),
    "method_note": _("How this synthesis was made"),
    "conclusions": _("Conclusions"),
    "themes": _("Themes"),
    "cited": _("Statements under a theme"),
    "parts": _("Themes within a theme"),
    "memo": _("Memo"),
    "reviews": _("Reviews"),
}
COLUMNS: Mapping[str, str] = {
    "name": _("Name"),
    "value": _("Value"),
    "position": _("Position"),
    "parent": _("Row it belongs to"),
    "section": _("Section"),
    "is_single": _("Stands alone"),
    "text": _("Text"),
    # What every report has
    "edition": _("Edition of the data"),
    "kind": _("Kind"),
    "ref": _("Reference"),
    "number": _("Number"),
    "frozen_on": _("Day of issue"),
    "draft_made_by": _("Draft made by"),
    "draft_made_on": _("Draft made on"),
    "language": _("Language"),
    "title": _("Title"),
    "text_language": _("Language of the texts"),
    "network": _("Network"),
    "check_at": _("Where to check a copy"),
    "code": _("Code of this copy"),
    "funding": _("Funding"),
    "disclaimer": _("Disclaimer"),
    "level": _("For whom"),
    "fictional": _("Invented example"),
    "contact": _("Contact"),
    # A review
    "method": _("Method"),
    "when_start": _("First day"),
    "when_end": _("Last day"),
    "when_precision": _("How exactly the days are known"),
    "venue": _("Venue"),
    "theme": _("Theme"),
    "objective": _("Aim"),
    "numbers_peer_cities": _("Peer cities"),
    "numbers_cities_stated": _("Cities, as stated"),
    "numbers_people": _("People"),
    "numbers_people_stated": _("People, as stated"),
    "numbers_people_note": _("Note on the number of people"),
    "numbers_returns_received": _("Returns received"),
    "numbers_returns_expected": _("Returns expected"),
    "host_word": _("The host’s word"),
    "outcome": _("What came of it"),
    "regime": _("Who may be named"),
    # Messages
    "headline": _("Headline"),
    "body": _("Explanation"),
    "cities": _("Cities that hold it"),
    "of": _("Of how many cities"),
    "consensus": _("Agreement"),
    "question": _("Review question"),
    "dissent": _("Other views"),
    "named": _("Cities named"),
    "addressee": _("For whom to act"),
    "horizon": _("By when"),
    "first_step": _("First step"),
    "source": _("Source"),
    "summary": _("In English"),
    # Figures, places, what is taken home, pages
    "label": _("What is counted"),
    "year": _("Year"),
    "count": _("Count"),
    "city": _("City"),
    "by": _("By when"),
    "about": _("About"),
    "country": _("Country"),
    "side": _("Part in the review"),
    "latitude": _("Latitude"),
    "longitude": _("Longitude"),
    "url": _("Address"),
    "published": _("Published"),
    "note": _("Note"),
    # What changed, who takes part, what is asked and answered
    "change": _("What changed"),
    "day": _("Day"),
    "address": _("Where to send it"),
    "closes": _("Last moment"),
    "small_group": _("Cities from which on names are printed"),
    "function": _("Function"),
    "organisation": _("Organisation"),
    "roles": _("Roles"),
    "ask": _("Question of the form"),
    "asks": _("How it is answered"),
    "hint": _("Hint"),
    "options": _("Choices"),
    "is_chosen": _("Words of the method"),
    "is_label": _("Words of the method"),
    "is_required": _("Required"),
    "is_short": _("Short"),
    "lines": _("Lines to write on"),
    "copies": _("Copies of the form"),
    "choices": _("Chosen"),
    "chosen": _("Chosen"),
    "heads": _("Heads of the columns"),
    "cells": _("Cells"),
    "texts": _("Text"),
    # A synthesis over many reviews
    "memo": _("Memo"),
    "power": _("In whose power"),
    "brief": _("The practice in brief"),
    "returns": _("Returns"),
    "people": _("People"),
    "next_steps": _("Next steps"),
    "is_public_record": _("From the public record"),
    "statement": _("Statement"),
    # The statements of a whole network
    "review": _("Review"),
    "hosts": _("Host"),
    "starts_on": _("First day"),
    "report": _("Report no."),
    "state": _("State"),
}


def table_title(name: str, words: Words) -> str:
    """Return how a table is called; one whose name nobody knows yet keeps it, made readable."""
    return _title(TABLES, name, words)


def column_title(name: str, words: Words) -> str:
    """Return how a column is called, or a value of the table "about"."""
    return _title(COLUMNS, name, words)


def is_known(name: str) -> bool:
    """Tell whether a column has words: under its whole name, or under the last part of it."""
    return _entry(COLUMNS, name) is not None


def titled(table: str) -> str | None:
    """Return the words of a table, None where it has none."""
    return _entry(TABLES, table)


def _title(titles: Mapping[str, str], name: str, words: Words) -> str:
    known = _entry(titles, name)
    return words.gettext(known) if known else name.replace("_", " ").capitalize()


def _entry(titles: Mapping[str, str], name: str) -> str | None:
    """Return the words of a name, or of its longest ending that has some: "host_name" is a name."""
    while name not in titles:
        _first, more, name = name.partition("_")
        if not more:
            return None
    return titles[name]
