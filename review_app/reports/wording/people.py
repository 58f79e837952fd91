"""The words for people in a review: their roles."""

from collections.abc import Mapping
from types import MappingProxyType

from review_app.domain.marking import _
from review_app.domain.vocabulary import Role
from review_app.reports.wording.words import Words

ROLES: Mapping[str, str] = MappingProxyType(
    {
        Role.SECRETARIAT: _("Secretariat"),
        Role.HOST_COORDINATOR: _("Host coordinator"),
        Role.HOST_CONTRIBUTOR: _("Host contributor"),
        Role.LEAD_REVIEWER: _("Lead reviewer"),
        Role.RAPPORTEUR: _("Rapporteur"),
        Role.PEER: _("Peer"),
        Role.OBSERVER: _("Observer"),
        Role.MEMBER: _("Member"),
        Role.PUBLIC: _("Public"),
    }
)


def role_name(role: Role, words: Words) -> str:
    """Return a role in the reader's words, as the pages of the review call it."""
    return words.gettext(ROLES[role])
