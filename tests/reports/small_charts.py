"""Figures of every sort, small enough to be told in one sentence each."""

import re

from review_app.domain.vocabulary import Precision
from review_app.reports.drawings.matrix import matrix_figure
from review_app.reports.drawings.ranking import Finding, ranking_figure
from review_app.reports.drawings.stacks import Stack, stacks_figure
from review_app.reports.drawings.status import State, StateCount, status_figure
from review_app.reports.drawings.support import Held, support_figure
from review_app.reports.drawings.timeline import Moment, timeline_figure
from review_app.reports.frozen.snapshot import When
from tests.reports.examples import counted

DAY, MONTH, YEAR = Precision.DAY, Precision.MONTH, Precision.YEAR


def when(start, end=None, precision=DAY):
    return When(start=start, end=end, precision=precision)


STACKS = (Stack("1. Why?", counted(4, 2, 1), "Question 1"), Stack("Other", counted(0, 1, 0, 0, 0, 3)))
HELD = (Held("All of it", "3 of 4 cities", 3, 4), Held("Much of it", "Held by most"), Held("Far", "9 of 40", 9, 40))
FINDINGS = (Finding("Second", 3), Finding("First", 7), Finding("Also second", 3), Finding("Nobody", 0))
MOMENTS = (
    Moment("Visit", when("2026-05-04", "2026-05-06")),
    Moment("Published", when("2026-07", precision=MONTH), is_planned=True),
    Moment("Nobody knows", when(None, precision=Precision.UNKNOWN)),
)
STATES = (StateCount(State.DONE, 2), StateCount(State.UNDER_WAY, 3), StateCount(State.DONE, 1))
ROWS, COLUMNS, CELLS = ("Aldermere", "Norrvik"), ("Housing", "Public employment services"), {(0, 0): 3, (1, 1): 1}


def stacked(words, stacks=STACKS, **more):
    return stacks_figure(stacks, words, "By kind.", **{"on_screen": False, **more})


def held(words, rows=HELD, **more):
    return support_figure(rows, words, "By support.", **{"on_screen": False, **more})


def ranked(words, findings=FINDINGS, **more):
    return ranking_figure(findings, words, "By support.", **{"on_screen": False, **more})


def timed(words, moments=MOMENTS, **more):
    return timeline_figure(moments, words, "In time.", **{"on_screen": False, **more})


def stated(words, counts=STATES, **more):
    return status_figure(counts, words, "By state.", **{"on_screen": False, **more})


def crossed(words, rows=ROWS, columns=COLUMNS, cells=CELLS, **more):
    return matrix_figure(rows, columns, cells, words, "By theme.", **{"on_screen": False, **more})


DRAWN = (stacked, held, ranked, timed, stated, crossed)


def words_on(figure):
    return re.findall(r">([^<>]*)</text>", figure.svg)
