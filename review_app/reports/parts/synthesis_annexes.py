"""What ends a synthesis: practices in brief, what happened next, the matrix and the list of reviews."""

from collections.abc import Iterator

from review_app.reports.frozen.synthesis import ReviewEntry, SynthesisReport
from review_app.reports.parts.beginning import key_rows_of
from review_app.reports.parts.links import source_link
from review_app.reports.parts.synthesis_counting import host_names, hosts_of, short_name, statements_in
from review_app.reports.parts.synthesis_said import CHAPTERS
from review_app.reports.parts.synthesis_view import (
    Cell,
    Heading,
    Indicator,
    Listed,
    Matrix,
    MatrixRow,
    PracticeNote,
    Practices,
    Reviews,
    Sequel,
    Sequels,
)
from review_app.reports.parts.view import Fact
from review_app.reports.wording.words import Words


def practices_of(report: SynthesisReport, words: Words) -> Practices | None:
    """Return a paragraph on each practice that is on record."""
    notes = tuple(
        PracticeNote(
            name=f"[{review.number}] {short_name(review, words)}",
            title=review.title,
            anchor=f"review-{review.number}",
            text=review.brief,
            language=words.foreign(review.language),
        )
        for review in report.reviews
        if review.brief
    )
    numbers = tuple(_indicators(report, words))
    heading = Heading(words.gettext("Practices in brief"), "practices")
    return Practices(heading, notes, numbers) if notes or numbers else None


def _indicators(report: SynthesisReport, words: Words) -> Iterator[Indicator]:
    """Return the numbers of the practices as their hosts gave them: beside each other, and never added up."""
    for review in report.reviews:
        name = f"[{review.number}] {short_name(review, words)}"
        for row in key_rows_of(review):
            yield Indicator(name, row, words.foreign(review.language))


def sequels_of(report: SynthesisReport, words: Words) -> Sequels | None:
    """Return what came of the reviews, as far as their reports say."""
    notes = tuple(
        Sequel(
            name=f"[{review.number}] {short_name(review, words)}",
            anchor=f"review-{review.number}",
            lines=(*review.outcome, *review.next_steps),
            language=words.foreign(review.language),
        )
        for review in report.reviews
        if review.outcome or review.next_steps
    )
    return Sequels(Heading(words.gettext("What happened next"), "next"), notes) if notes else None


def matrix_of(report: SynthesisReport, words: Words) -> Matrix | None:
    """Return how many statements of each review stand under each theme, or are of each kind where nobody has coded."""
    _ = words.gettext
    themed = bool(report.themes)
    columns = columns_of(report, words)
    if not columns or not report.reviews:
        return None
    numbers = tuple(words.number(number) for number in range(1, len(columns) + 1))
    return Matrix(
        heading=Heading(_("Reviews by theme") if themed else _("Reviews by kind of statement"), "matrix"),
        caption=_("How many statements of a review stand under a theme")
        if themed
        else _("How many statements of each kind a report holds"),
        columns=numbers if themed else tuple(name for name, _found in columns),
        legend=tuple(
            Fact(number, name, language=words.foreign(report.text_language))
            for number, (name, _found) in zip(numbers, columns, strict=True)
        )
        if themed
        else (),
        rows=tuple(_row(review, columns, words) for review in report.reviews),
    )


Column = tuple[str, tuple[int, ...]]
"""A name, and the review of every statement that counts in it."""


def columns_of(report: SynthesisReport, words: Words) -> list[Column]:
    """Return the themes, or the kinds of statement where nobody has coded."""
    return _themes(report) if report.themes else _kinds(report, words)


def _themes(report: SynthesisReport) -> list[Column]:
    return [(one.name, tuple(said.review for said in statements_in(report, one))) for one in report.themes]


def _kinds(report: SynthesisReport, words: Words) -> list[Column]:
    found = [(words.kind(kind), tuple(s.review for s in report.statements if s.kind is kind)) for kind in CHAPTERS]
    return [column for column in found if column[1]]


def _row(review: ReviewEntry, columns: list[Column], words: Words) -> MatrixRow:
    counts = [(name, found.count(review.number)) for name, found in columns]
    return MatrixRow(
        number=str(review.number),
        name=short_name(review, words),
        cells=tuple(Cell(words.number(count) if count else "", name) for name, count in counts),
    )


def reviews_of(report: SynthesisReport, words: Words) -> Reviews | None:
    """Return the reviews in their order, each with what is on record of it."""
    entries = tuple(_listed(review, words) for review in report.reviews)
    return Reviews(Heading(words.gettext("The reviews"), "reviews"), entries) if entries else None


def _listed(review: ReviewEntry, words: Words) -> Listed:
    return Listed(
        anchor=f"review-{review.number}",
        number=words.number(review.number),
        title=review.title,
        language=words.foreign(review.language),
        facts=tuple(_facts(review, words)),
        sources=tuple(source_link(source, words, typed_in=review.language) for source in review.sources),
    )


def _facts(review: ReviewEntry, words: Words) -> list[Fact]:
    _ = words.gettext
    visitors = [place for place in review.places if place not in hosts_of(review)]
    known = {"number": words.number(review.report or 0), "ref": review.ref}
    told = (
        Fact(_("Host"), host_names(review, words) if hosts_of(review) else ""),
        Fact(_("Visit"), words.when(review.when)),
        Fact(_("Network"), review.network, language=words.foreign(review.language)),
        Fact(_("Method"), words.label(review.method) if review.method else ""),
        Fact(_("Others who took part"), words.listed(words.place(place) for place in visitors)),
        Fact(_("People"), words.number(review.people) if review.people else ""),
        Fact(_("Report"), _("no. %(number)s, %(ref)s") % known if review.report else ""),
    )
    return [fact for fact in told if fact.value]
