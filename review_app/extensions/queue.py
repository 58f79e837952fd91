"""The queue of background work: a file beside the data, or Redis or PostgreSQL by one address."""

from functools import lru_cache
from urllib.parse import urlsplit

from huey import Huey, PostgresHuey, RedisHuey, SqliteHuey

from review_app.config import Settings

NAME = "reviews"


@lru_cache(maxsize=8)
def at(address: str) -> Huey:
    """Return the queue at an address: redis://, postgresql:// or the path of a file. Made when first asked for."""
    scheme = urlsplit(address).scheme
    if scheme in ("redis", "rediss"):
        return RedisHuey(NAME, url=address, results=False)
    if scheme.startswith("postgres"):
        return PostgresHuey(NAME, dsn=address.replace("postgresql+psycopg://", "postgresql://"), results=False)
    return SqliteHuey(NAME, filename=address, results=False, timeout=2)


def address_of(settings: Settings) -> str:
    """Return where the queue of an installation is."""
    return settings.queue_url or str(settings.data_dir.resolve() / "queue.sqlite")
