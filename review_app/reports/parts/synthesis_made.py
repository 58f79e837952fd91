"""How a synthesis was made: reviews, places, countries, years and methods, each counted and said how."""

from review_app.domain.vocabulary import PlaceKind
from review_app.reports.frozen.synthesis import SynthesisReport
from review_app.reports.parts.synthesis_counting import (
    countries_of,
    hosts_of,
    places_of,
    tally,
    year_of,
    years_of,
)
from review_app.reports.parts.synthesis_view import Grid, Heading, Making
from review_app.reports.parts.view import Fact
from review_app.reports.wording.words import Words


def facts_of(report: SynthesisReport, words: Words) -> tuple[Fact, ...]:
    """Return the figures of the cover."""
    _ = words.gettext
    everybody = places_of(report)
    hosts = {(place.name, place.country) for review in report.reviews for place in hosts_of(review)}
    told = (
        Fact(_("Reviews"), words.number(len(report.reviews))),
        Fact(_("Years of the visits"), span_of(report, words)),
        Fact(_("Hosts"), words.number(len(hosts))),
        Fact(_("Took part"), words.number(len(everybody)), (_territories_counted(report, words),)),
        Fact(_("Countries"), words.number(len({place.country for place in everybody}))),
        *_edition(report, words),
    )
    return tuple(fact for fact in told if fact.value)


def _territories_counted(report: SynthesisReport, words: Words) -> str:
    """Say what the number of those who took part counts (METHOD.md 8.4: every count says whether it holds the host)."""
    kinds = {place.kind for place in places_of(report)}
    if kinds <= {PlaceKind.CITY, PlaceKind.METROPOLE}:
        return words.gettext("cities, hosts included")
    return words.gettext("cities and other organisations, hosts included")


def _edition(report: SynthesisReport, words: Words) -> tuple[Fact, ...]:
    if report.number is None or report.frozen_on is None:
        return ()
    number = words.gettext("no. %(number)s") % {"number": words.number(report.number)}
    return (Fact(words.gettext("Report"), number, (words.day(report.frozen_on),)),)


def span_of(report: SynthesisReport, words: Words) -> str:
    """Return "2014–2025", one year alone, or nothing."""
    years = years_of(report)
    if years is None:
        return ""
    first, last = years
    return first if first == last else words.gettext("%(first)s–%(last)s") % {"first": first, "last": last}


def making_of(report: SynthesisReport, words: Words) -> Making:
    """Return what is counted about the reviews, and what people say about the way they read them."""
    return Making(
        heading=Heading(words.gettext("How this synthesis was made"), "how-made"),
        sentences=tuple(_sentences(report, words)),
        note=report.method_note,
        tables=_tables(report, words) if report.reviews else (),
    )


def _sentences(report: SynthesisReport, words: Words) -> list[str]:
    _ = words.gettext
    known = _known(report, words)
    told = [
        _("This synthesis brings together %(reviews)s of the years %(years)s.")
        if known["years"]
        else _("This synthesis brings together %(reviews)s."),
        _("It uses published reports alone, each as it stood when the synthesis was frozen."),
    ]
    if known["places"]:
        told.append(
            _(
                "%(places)s from %(countries)s took part, hosts included. Each is counted once, as the reviews name "
                "it; a number that a source only states is not added."
            )
        )
    here = sum(review.returns is not None for review in report.reviews)
    if here:
        told.append(_("In %(here)s peer cities gave returns: %(returns)s in all."))
    if len(report.reviews) > here:
        told.append(_("Of %(records)s public sources tell; nothing was added to what they state."))
    return [sentence % known for sentence in told]


def _known(report: SynthesisReport, words: Words) -> dict[str, str]:
    """Return what the sentences say, counted and in words."""
    here = [review for review in report.reviews if review.returns is not None]
    countries = {place.country for place in places_of(report)}
    return {
        "reviews": _reviews(len(report.reviews), words),
        "years": span_of(report, words),
        "places": _territories(report, words),
        "countries": words.ngettext("%(count)s country", "%(count)s countries", len(countries)),
        "here": _reviews(len(here), words),
        "returns": words.ngettext("%(count)s return", "%(count)s returns", sum(one.returns or 0 for one in here)),
        "records": _reviews(len(report.reviews) - len(here), words),
    }


def _reviews(count: int, words: Words) -> str:
    return words.ngettext("%(count)s review", "%(count)s reviews", count)


def _territories(report: SynthesisReport, words: Words) -> str:
    places = places_of(report)
    return words.territories(len(places), sorted({place.kind for place in places})) if places else ""


def _tables(report: SynthesisReport, words: Words) -> tuple[tuple[Grid, ...], ...]:
    """Return the tables in two columns of the page."""
    _ = words.gettext
    unknown = _("not on record")
    themes = tally(report, lambda review: words.label(review.theme) if review.theme else unknown)
    methods = tally(report, lambda review: _capital(words.label(review.method)) if review.method else unknown)
    years = tally(report, lambda review: year_of(review.when) or unknown)
    countries = sorted((words.country(code), hosted, present) for code, hosted, present in countries_of(report))
    left = (
        _counts(words, _("Themes of the reviews"), _("Theme"), themes),
        _counts(words, _("Methods"), _("Method"), methods),
        _counts(words, _("Years in which the visits began"), _("Year"), years),
    )
    by_country = Grid(
        caption=_("Countries, by name"),
        columns=(_("Country"), _("Reviews hosted"), _("Reviews joined")),
        rows=tuple((name, words.number(hosted), words.number(present)) for name, hosted, present in countries),
        numbers=(1, 2),
    )
    return left, ((by_country,) if countries else ())


def _counts(words: Words, caption: str, column: str, counted: tuple[tuple[str, int], ...]) -> Grid:
    rows = tuple((_capital(name), words.number(count)) for name, count in counted)
    return Grid(caption, (column, words.gettext("Reviews")), rows, numbers=(1,))


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
