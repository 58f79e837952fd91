"""What the reviews say, in a synthesis: by theme as people coded it, and kind by kind, the widest support first."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from review_app.domain.material import KIND_ORDER
from review_app.domain.vocabulary import Consensus, ItemKind, Power
from review_app.reports.frozen.synthesis import Statement, SynthesisReport, Theme
from review_app.reports.parts.supported import dissent_of, support_in_words
from review_app.reports.parts.synthesis_counting import Met, host_names, met, short_name, statements_in
from review_app.reports.parts.synthesis_view import Bundle, Chapter, Grid, Heading, Line, Themes, ThemeView
from review_app.reports.wording.printable import paragraphs
from review_app.reports.wording.words import Words

CHAPTERS = tuple(kind for kind in KIND_ORDER if kind is not ItemKind.TAKE_HOME)
WIDTHS = tuple(Consensus)
"""From all to one: how widely something is held, in words."""
RANKED = (ItemKind.SUCCESS_FACTOR, ItemKind.CHALLENGE)


def themes_of(report: SynthesisReport, words: Words) -> Themes | None:
    """Return the findings by theme; None where nobody has made a theme."""
    themes = tuple(_theme(report, theme, words, anchor=f"theme-{n}") for n, theme in enumerate(report.themes, start=1))
    if not themes:
        return None
    intro = words.gettext(
        "The themes were found by people who read the reports; how often each was met is counted. A review counts "
        "once a theme. Hosts are named because their practice is what a review is about; what peer cities hold is "
        "given as a number, the host not counted."
    )
    return Themes(Heading(words.gettext("Findings by theme"), "themes"), intro, themes)


def _theme(report: SynthesisReport, theme: Theme, words: Words, *, anchor: str) -> ThemeView:
    found = statements_in(report, theme)
    return ThemeView(
        heading=Heading(theme.name, anchor, is_within=True),
        memo=theme.memo,
        met=_met_in_words(report, met(found, CHAPTERS), words),
        bundles=tuple(_by_kind(report, theme, words, anchor=anchor)),
        parts=tuple(
            _theme(report, part, words, anchor=f"{anchor}-{number}") for number, part in enumerate(theme.parts, start=1)
        ),
    )


def _met_in_words(report: SynthesisReport, found: Met, words: Words) -> tuple[str, ...]:
    _ = words.gettext
    if not found.reviews:
        return (_("No statement stands under this theme yet."),)
    hosts = dict.fromkeys(host_names(report.reviews[number - 1], words) for number in found.reviews)
    known = {
        "part": words.number(len(found.reviews)),
        "whole": words.ngettext("%(count)s review", "%(count)s reviews", len(report.reviews)),
        "hosts": words.listed(hosts),
        "kinds": words.listed(words.items(kind, count) for kind, count in found.kinds),
        "widest": _support(found.widest, words) if found.widest else "",
    }
    told = [_("Met in %(part)s of %(whole)s: %(hosts)s.") % known, _("Statements: %(kinds)s.") % known]
    if found.widest:
        told.append(_("Widest support of a statement: %(widest)s, the host not counted.") % known)
    return tuple(told)


def _by_kind(report: SynthesisReport, theme: Theme, words: Words, *, anchor: str) -> Iterable[Bundle]:
    """Return the statements under the theme itself; those of its parts stand under the parts."""
    for kind in CHAPTERS:
        lines = [
            _line(report, one.statement, words, anchor=f"{anchor}-{one.statement + 1}", remark=one.memo)
            for one in theme.cited
            if report.statements[one.statement].kind is kind
        ]
        if lines:
            yield Bundle(words.kind(kind), tuple(lines))


def chapters_of(report: SynthesisReport, words: Words) -> tuple[Chapter, ...]:
    """Return a chapter for every kind of which there is a statement."""
    found = (_chapter(report, kind, words) for kind in CHAPTERS)
    return tuple(chapter for chapter in found if chapter.bundles)


def _chapter(report: SynthesisReport, kind: ItemKind, words: Words) -> Chapter:
    places = _by_support(report, [n for n, one in enumerate(report.statements) if one.kind is kind])
    found = [report.statements[place] for place in places]
    counted = any(one.cities is not None or one.consensus is not None for one in found)
    groups = list(_grouped(report, kind, places, words))
    return Chapter(
        heading=Heading(_heading(kind, words, has_groups=len(groups) > 1), kind.value.replace("_", "-")),
        intro=_intro(found, words, counted=counted),
        note=_note(report, kind, places, words),
        kind=kind,
        ranking=_ranking(report, kind, words),
        bundles=tuple(
            Bundle(heading, tuple(_in_chapter(report, place, words, is_mixed=counted) for place in group))
            for heading, group in groups
        ),
    )


def _heading(kind: ItemKind, words: Words, *, has_groups: bool) -> str:
    _ = words.gettext
    return {
        ItemKind.SUCCESS_FACTOR: _("Success factors"),
        ItemKind.CHALLENGE: _("Challenges, by level") if has_groups else _("Challenges"),
        ItemKind.LESSON: _("Lessons learnt"),
        ItemKind.RECOMMENDATION: _("Recommendations, by addressee") if has_groups else _("Recommendations"),
        ItemKind.QUESTION: _("Questions that remain open"),
        ItemKind.TAKE_HOME: _("Ideas to take home"),
    }[kind]


def _intro(found: Sequence[Statement], words: Words, *, counted: bool) -> str:
    _ = words.gettext
    public = any(one.is_public_record for one in found)
    if public and not counted:
        return _("All of these are on a public record, so no support is known. They stand in the order of the reviews.")
    if counted and public:
        return _(
            "The statement that most peer cities hold stands first; the host is not counted. Of what a public record "
            "says no support is known: these statements come last, in the order of the reviews."
        )
    if counted:
        return _("The statement that most peer cities hold stands first; the host is not counted.")
    return _("No support is known: the statements stand in the order of the reviews.")


def _note(report: SynthesisReport, kind: ItemKind, places: Iterable[int], words: Words) -> str:
    """Say whose the levels are: a published report does not tell in whose power a challenge is (METHOD.md F14, 4.4)."""
    if kind is not ItemKind.CHALLENGE or not any(_levels(report, place) for place in places):
        return ""
    return words.gettext("The level of a challenge is that of its theme, as the writers of this synthesis see it.")


def _by_support(report: SynthesisReport, places: Iterable[int]) -> list[int]:
    """Put what most cities hold first; where no number may be told, its width in words comes after all numbers."""

    def support(place: int) -> tuple[int, float, int, int]:
        one = report.statements[place]
        cities = one.cities or 0
        width = WIDTHS.index(one.consensus) if one.consensus else len(WIDTHS)
        return -cities, -(cities / one.of if one.of else 0.0), width, place

    return sorted(places, key=support)


def _ranking(report: SynthesisReport, kind: ItemKind, words: Words) -> Grid | None:
    """Return the themes of a kind, those met in most reviews first: themes are ranked, never cities (METHOD.md R1)."""
    _ = words.gettext
    ranked = ranked_themes(report, kind)
    if not ranked:
        return None
    return Grid(
        caption=_("The same by theme, the theme met in most reviews first"),
        columns=(_("Theme"), _("Reviews"), _("Statements"), _("Widest support")),
        rows=tuple((name, *_ranked(found, words)) for name, found in ranked),
        numbers=(1, 2, 3),
        language=words.foreign(report.text_language),
    )


def ranked_themes(report: SynthesisReport, kind: ItemKind) -> list[tuple[str, Met]]:
    """Return the themes in which something of a kind was said, those met in most reviews first."""
    if kind not in RANKED:
        return []
    kept = [
        (theme.name, found)
        for theme in report.themes
        for found in (met([one for one in statements_in(report, theme) if one.kind is kind], (kind,)),)
        if found.reviews
    ]
    return sorted(kept, key=lambda one: (-len(one[1].reviews), -one[1].statements, one[0].casefold()))


def _ranked(found: Met, words: Words) -> tuple[str, str, str]:
    held = _support(found.widest, words) if found.widest else words.gettext("not known")
    return words.number(len(found.reviews)), words.number(found.statements), held


def _grouped(
    report: SynthesisReport, kind: ItemKind, places: Sequence[int], words: Words
) -> Iterable[tuple[str, list[int]]]:
    """Return challenges by level and recommendations by addressee, what is not on record last; others in one."""
    named = {place: _group(report, kind, place, words) for place in places}
    groups = list(dict.fromkeys(name for name in _names(kind, words) if name in named.values()))
    groups += [name for name in dict.fromkeys(named.values()) if name and name not in groups]
    for name in groups:
        yield name, [place for place in places if named[place] == name]
    rest = [place for place in places if not named[place]]
    if rest:
        yield (_not_known(kind, words) if groups else ""), rest


def _group(report: SynthesisReport, kind: ItemKind, place: int, words: Words) -> str:
    if kind is ItemKind.RECOMMENDATION:
        return words.labels(report.statements[place].addressee)
    if kind is not ItemKind.CHALLENGE:
        return ""
    return " · ".join(power_words(level, words) for level in _levels(report, place))


def _levels(report: SynthesisReport, place: int) -> list[Power]:
    """Return the levels of the themes that a statement is under: where they differ, none of them is left out.

    A part without a level of its own has that of its theme.
    """
    found = {
        part.power or theme.power
        for theme in report.themes
        for part in (theme, *theme.parts)
        if any(cited.statement == place for cited in part.cited)
    }
    return [level for level in Power if level in found]


def _names(kind: ItemKind, words: Words) -> list[str]:
    return [power_words(one, words) for one in Power] if kind is ItemKind.CHALLENGE else []


def _not_known(kind: ItemKind, words: Words) -> str:
    _ = words.gettext
    return _("Level not on record") if kind is ItemKind.CHALLENGE else _("Addressee not on record")


def power_words(power: Power, words: Words) -> str:
    """Return in whose power something is, as a heading."""
    _ = words.gettext
    return {
        Power.CITY: _("In the power of the city"),
        Power.REGION: _("In the power of the region"),
        Power.NATION: _("In the power of the state"),
        Power.EU: _("In the power of the European Union"),
        Power.PARTNER: _("In the power of a partner"),
    }[power]


def _in_chapter(report: SynthesisReport, place: int, words: Words, *, is_mixed: bool) -> Line:
    """Return a statement with its explanation where no theme has given that already.

    That it is on a public record is said only where others beside it have counted support.
    """
    cited = {one.statement for theme in report.themes for part in (theme, *theme.parts) for one in part.cited}
    line = _line(report, place, words, anchor=f"statement-{place + 1}", is_short=place in cited)
    return line if is_mixed else replace(line, support="")


def _line(
    report: SynthesisReport, place: int, words: Words, *, anchor: str, remark: str = "", is_short: bool = False
) -> Line:
    one = report.statements[place]
    review = report.reviews[one.review - 1]
    return Line(
        headline=one.headline,
        paragraphs=() if is_short else paragraphs(one.body),
        support=_support(one, words),
        source=f"[{one.review}] {short_name(review, words)}",
        anchor=anchor,
        notes=tuple(words.labels(note) for note in (one.horizon,) if note),
        language=words.foreign(one.language),
        summary=one.summary if one.language != "en" else "",
        remark=remark,
        dissent=None if is_short else dissent_of(one, words),
    )


def _support(one: Statement, words: Words) -> str:
    return words.gettext("public record") if one.is_public_record else support_in_words(one, words)
