"""Why the product must not serve the data it was given: another version's schema, a restore that is half done."""

from review_app.config import Settings
from review_app.services import restoring, schema


def refusals(settings: Settings) -> list[str]:
    """Return why not, in sentences; inside an app context."""
    if restoring.is_unfinished(settings.data_dir):
        return [restoring.unfinished(settings.data_dir)]
    found = schema.revision()
    return [trouble for trouble in (schema.foreign(found), schema.behind(found)) if trouble]
