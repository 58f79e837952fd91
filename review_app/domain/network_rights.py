"""What an account may do in the whole network: the second, small table beside a method's actions."""

from collections.abc import Iterable

from review_app.domain.vocabulary import Role

TABLE = {
    "see the desk": frozenset((Role.SECRETARIAT,)),
    "export statements": frozenset((Role.SECRETARIAT,)),
    "invite people": frozenset((Role.SECRETARIAT,)),
    "keep organisations": frozenset((Role.SECRETARIAT,)),
    "open a review for any host": frozenset((Role.SECRETARIAT,)),
    "open a review": frozenset((Role.SECRETARIAT, Role.MEMBER)),
    "write a synthesis": frozenset((Role.SECRETARIAT,)),
    "publish a synthesis": frozenset((Role.SECRETARIAT,)),
    "delete a synthesis": frozenset((Role.SECRETARIAT,)),
}


def allows(action: str, roles: Iterable[Role]) -> bool:
    """Tell whether one of these roles may take a network action; denied unless a row allows."""
    return bool(TABLE.get(action, frozenset()).intersection(roles))
