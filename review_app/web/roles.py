"""The roles in the reader's words."""

from flask_babel import lazy_gettext as _l

from review_app.domain.vocabulary import Role

ROLES = {
    Role.SECRETARIAT: _l("Secretariat"),
    Role.HOST_COORDINATOR: _l("Host coordinator"),
    Role.HOST_CONTRIBUTOR: _l("Host contributor"),
    Role.LEAD_REVIEWER: _l("Lead reviewer"),
    Role.RAPPORTEUR: _l("Rapporteur"),
    Role.PEER: _l("Peer"),
    Role.OBSERVER: _l("Observer"),
}

DUTIES = {
    Role.HOST_COORDINATOR: _l("Leads the review at the host city: scope, practice, programme, fact check."),
    Role.HOST_CONTRIBUTOR: _l("Writes the practice description with the coordinator."),
    Role.LEAD_REVIEWER: _l("Leads the team, speaks for it, and signs the report."),
    Role.RAPPORTEUR: _l("Merges the feedback into messages and answers the fact check."),
    Role.OBSERVER: _l("Listens and reads, and gives no feedback."),
}


def role_name(role: Role) -> str:
    """Return a role in the reader's words."""
    return str(ROLES.get(role, role.value.replace("_", " ")))
