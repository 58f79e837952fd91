"""P6: how many SQL statements each page takes, for every demo role at every stage, and at ten times the rows."""

from collections import Counter
from operator import itemgetter
from typing import NamedTuple

from sqlalchemy import event, select

from review_app.extensions.database import db
from review_app.models.review import Review
from tests.bench import multiply
from tests.bench.figures import Finding
from tests.bench.visitor import call, environ
from tests.bench.walks import NOBODY, walks_of
from tests.bench.world import addresses, app_on, cookie_for, person

GOAL, TIMES = 15, 10


def measure(world):
    """Count on the demonstration, multiply its rows, count again on the pages that tell most."""
    app = app_on(world.copy("statements"))
    few = _counted(app, _walks(app))
    again = _telling(few)
    with app.app_context():
        multiply.rows(TIMES)
    many = _counted(app, {page: [page.path] for page in again})
    return _told(app, few, {page: few[page] for page in again}, many)


class Page(NamedTuple):
    """One page: what it is, in which review (empty outside of one), who opens it, where."""

    endpoint: str
    ref: str
    who: str
    path: str


def _walks(app):
    """Return the addresses to try, by page: one review of each stage, and one that was imported."""
    with app.app_context():
        reviews = db.session.scalars(select(Review).order_by(Review.id)).all()
        one_each = {(review.stage, review.fictional): review for review in reviews}.values()
        people = {role: person(email) for role, email in addresses().items()}
        return {
            Page(endpoint, ref, who, ""): paths
            for who, somebody in {**people, NOBODY: None}.items()
            for (endpoint, ref), paths in walks_of(app, somebody, one_each).items()
        }


def _counted(app, walks):
    """Return the statements of each page, at the first of its addresses that opens."""
    seen = Counter()

    def see(_connection, _cursor, statement, *_rest):
        seen["statements"] += not statement.startswith(("BEGIN", "SAVEPOINT", "RELEASE"))

    with app.app_context():
        engine = db.engine
        cookies = {who: cookie_for(app, person(email)) for who, email in addresses().items()}
    event.listen(engine, "before_cursor_execute", see)
    counts = {}
    for page, paths in walks.items():
        for path in paths:
            seen.clear()
            if _opens(app, path, cookies.get(page.who, "")):
                counts[page._replace(path=path)] = seen["statements"]
                break
    event.remove(engine, "before_cursor_execute", see)
    return counts


def _opens(app, path, cookie):
    answer = call(app, environ(path, cookie))
    if answer.status == 500:
        raise RuntimeError(f"{path} answered {answer.status}")
    return answer.status == 200


def _telling(counts):
    """Return the pages worth a second count: of each page the review, and of each review the reader, with most."""
    by_reader, by_review = {}, {}
    for page, _statements in sorted(counts.items(), key=itemgetter(1)):
        by_reader[page.endpoint, page.who] = by_review[page.endpoint, page.ref] = page
    return {*by_reader.values(), *by_review.values()}


def _told(app, few, before, after):
    most, later = max(few.values()), max(after.values())
    grown = {page: f"{before[page]} then {after.get(page, 'closed')}" for page in before if _grows(page, before, after)}
    above = {page: statements for page, statements in few.items() if statements > GOAL}
    kinds = {page.endpoint for page in few}
    closed = sorted({rule.endpoint for rule in app.url_map.iter_rules() if "GET" in rule.methods} - kinds - {"static"})
    notes = (
        *_by_name("above the goal", above),
        *_by_name("more rows, more statements", grown),
        f"{len(few)} pages of {len(kinds)} kinds, {len(before)} of them at {TIMES} times the rows",
        f"opened to nobody: {', '.join(closed) or 'none'}",
    )
    seen = f"{most} statements, at {TIMES} times the rows {later}, more on {len(grown)} pages"
    return Finding(seen, f"{GOAL} statements, more on 0", max(most, later) <= GOAL and not grown, notes)


def _grows(page, before, after):
    """Tell whether a page takes more statements than before; one that no longer opens was not measured."""
    return page not in after or after[page] > before[page]


def _by_name(title, pages):
    """Return a line for each kind of page: its name, the worst of it, and who saw it where."""
    worst = {}
    for page, told in sorted(pages.items(), key=lambda one: str(one[1]).rjust(20)):
        worst[page.endpoint] = f"{title}: {page.endpoint} {told} ({page.who}, {page.path})"
    return [worst[name] for name in sorted(worst)]
