"""The key that seals the audit trail: the installation's own, never one that a single command made up."""

from typing import cast

from flask import current_app

from review_app.config import Settings


def secret() -> str:
    """Return the lasting secret key; empty where this process was given none."""
    return cast(Settings, current_app.config["SETTINGS"]).lasting_key()
