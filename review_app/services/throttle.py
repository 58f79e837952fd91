"""Counts wrong tries per account and per client address, in the database: a restart forgets nothing."""

import ipaddress
from collections.abc import Mapping
from datetime import timedelta

from sqlalchemy import delete, func, select

from review_app.domain.privacy import kept_for
from review_app.domain.text import email_identity
from review_app.extensions.database import db
from review_app.models.access import FailedTry
from review_app.models.base import utc_now
from review_app.services.sessions import digest

WINDOW = timedelta(minutes=15)
KEPT = kept_for("wrong_try")
PER_ACCOUNT, PER_ADDRESS = 10, 50
Subjects = Mapping[str, int]


def subjects(what: str, email: str, client: str) -> Subjects:
    """Return whom a try of something is counted under, as digests, each with how many a quarter of an hour allows."""
    return {
        digest(f"{what} account {email_identity(email)}"): PER_ACCOUNT,
        digest(f"{what} address {_network(client)}"): PER_ADDRESS,
    }


def of_address(what: str, client: str) -> Subjects:
    """Return whom a try is counted under that is nobody's in particular: the client address alone."""
    return {digest(f"{what} address {_network(client)}"): PER_ADDRESS}


def is_over(whom: Subjects) -> bool:
    """Tell whether one of them has used up its tries.

    A try of the future was counted by a clock that has been put right since: it locks nobody out.
    """
    now = utc_now()
    counted = db.session.execute(
        select(FailedTry.subject, func.count(FailedTry.id))
        .where(FailedTry.subject.in_(whom), FailedTry.at.between(now - WINDOW, now))
        .group_by(FailedTry.subject)
    )
    return any(count >= whom[subject] for subject, count in counted)


def count(whom: Subjects) -> None:
    """Count one try for each of them."""
    db.session.add_all(FailedTry(subject=subject) for subject in whom)


def forget(whom: Subjects) -> None:
    """Forget the tries of the account after a right one; those of the client address stay."""
    account = next(iter(whom))
    db.session.execute(delete(FailedTry).where(FailedTry.subject == account))


def sweep() -> None:
    """Delete tries that count no more."""
    db.session.execute(delete(FailedTry).where(FailedTry.at < utc_now() - KEPT))


def _network(client: str) -> str:
    """Return an IPv4 address as it is, and of an IPv6 address the part that one household shares."""
    try:
        address = ipaddress.ip_address(client)
    except ValueError:
        return client
    if address.version == 4:
        return str(address)
    return str(ipaddress.ip_network((address, 64), strict=False))
