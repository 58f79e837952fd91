"""P6: how many SQL statements each page takes, for every demo role at every stage, and at ten times the rows."""

from collections import Counter

from sqlalchemy import event, select

from review_app.extensions.database import db
from review_app.models.review import Review
from tests.bench import multiply
from tests.bench.figures import Finding
from tests.bench.visitor import Visitor
from tests.bench.walks import NOBODY, walks_of
from tests.bench.world import addresses, app_on, cookie_for, person

GOAL, TIMES = 15, 10


def measure(world):
    """Count on the demonstration, multiply its rows, count again on the same pages."""
    data = world.copy("statements")
    app = app_on(data)
    walks = _walks(app)
    few = _counted(app, walks)
    with app.app_context():
        multiply.rows(TIMES)
    many = _counted(app, {who: {path for by, path in few if by == who} for who in walks})
    return _told(app, few, many)


def _walks(app):
    """Return the addresses to try, by who tries them: one review of each stage, and one that was imported."""
    with app.app_context():
        reviews = db.session.scalars(select(Review).order_by(Review.fictional.desc(), Review.id)).all()
        one_each = {(review.stage, review.fictional): review for review in reversed(reviews)}.values()
        people = {role: person(email) for role, email in addresses().items()}
        return {role: walks_of(app, somebody, one_each) for role, somebody in {**people, NOBODY: None}.items()}


def _counted(app, walks):
    """Return the statements of each page that opens, by who opened it and its address."""
    seen = Counter()

    def see(_connection, _cursor, statement, *_rest):
        seen["statements"] += not statement.startswith(("BEGIN", "SAVEPOINT", "RELEASE"))

    with app.app_context():
        engine = db.engine
        cookies = {who: cookie_for(app, person(addresses()[who])) if who != NOBODY else "" for who in walks}
    event.listen(engine, "before_cursor_execute", see)
    counts = {}
    for who, paths in walks.items():
        visitor = Visitor(app, cookies[who])
        for path in sorted(paths):
            seen.clear()
            answer = visitor.get(path)
            if answer.status == 500:
                raise RuntimeError(f"{path} answered {answer.status} to the {who}")
            if answer.status == 200:
                counts[who, path] = seen["statements"]
    event.remove(engine, "before_cursor_execute", see)
    return counts


def _told(app, few, many):
    most, later = max(few.values()), max(many.values())
    grown = {page: (few[page], many.get(page)) for page in few if many.get(page) != few[page]}
    notes = (
        *_by_name(app, "above the goal", {page: number for page, number in few.items() if number > GOAL}),
        *_by_name(app, "not the same", {page: f"{one} then {other}" for page, (one, other) in grown.items()}),
        f"{len(few)} pages of {len(_names(app, few))} kinds; opened by nobody: {', '.join(_closed(app, few)) or 'none'}",
    )
    seen = f"{most} statements, at {TIMES} times the rows {later}, not the same on {len(grown)} of {len(few)} pages"
    holds = max(most, later) <= GOAL and not grown
    return Finding(seen, f"{GOAL} statements, the same on all", holds, notes)


def _by_name(app, title, pages):
    """Return a line for each kind of page: its name, the worst of it, and who saw it where."""
    worst = {}
    for (who, path), told in sorted(pages.items(), key=lambda one: str(one[1])):
        worst[_name(app, path)] = f"{title}: {_name(app, path)} {told} ({who}, {path})"
    return [worst[name] for name in sorted(worst)]


def _name(app, path):
    return app.url_map.bind("localhost").match(path)[0]


def _names(app, pages):
    return {_name(app, path) for _who, path in pages}


def _closed(app, pages):
    """Return the pages that opened to nobody, so that nothing is left out in silence."""
    every = {rule.endpoint for rule in app.url_map.iter_rules() if "GET" in rule.methods}
    return sorted(every - _names(app, pages) - {"static"})
