"""The schema of a database: which revision it stands at, and whether this version of the product knows that one."""

from functools import lru_cache

from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy.exc import DBAPIError

from review_app.config import ROOT
from review_app.extensions.database import db, reading


@lru_cache(maxsize=1)
def known() -> tuple[str, ...]:
    """Return every revision this version of the product knows, the oldest first."""
    scripts = ScriptDirectory(str(ROOT / "migrations"))
    return tuple(reversed([script.revision for script in scripts.walk_revisions()]))


def revision() -> str | None:
    """Return the revision of the app's database; None when it has none, or does not answer now."""
    try:
        with reading():
            return MigrationContext.configure(db.session.connection()).get_current_revision()
    except DBAPIError:
        return None


def foreign(found: str | None) -> str:
    """Return why a revision is not for this version of the product, as a sentence; empty when it is."""
    if not found or found in known():
        return ""
    return (
        f"The database has the schema {found}, which this version of the product does not know (it knows up to "
        f"{known()[-1]}): a newer version has written it. Install that version, or restore a backup made before it."
    )


def behind(found: str | None) -> str:
    """Return that a database waits for its migrations, as a sentence; empty when it does not."""
    if not found or found not in known()[:-1]:
        return ""
    return f"The database has the schema {found}; this version needs {known()[-1]}. First run: flask db upgrade"
