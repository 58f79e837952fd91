"""`flask demo`: the demonstration's world and its sign-ins."""

import json
from typing import cast

import click
from flask import Flask, current_app
from flask.cli import AppGroup

from review_app.config import Settings
from review_app.extensions.database import db
from review_app.world import accounts, loader

group = AppGroup("demo", help="The demonstration: an invented network to try everything in.")


def bind(app: Flask) -> None:
    """Add the commands."""
    app.cli.add_command(group)


@group.command("load")
def load() -> None:
    """Make the whole demonstration, once; a second time changes nothing."""
    try:
        tally = loader.load(demo=_settings().demo)
    except loader.NotHere as reason:
        raise click.ClickException(str(reason)) from reason
    db.session.commit()
    click.echo(f"Demonstration ready. Real reviews: {tally}.")


@group.command("start")
def start() -> None:
    """Make only the account of the secretariat, in an empty network."""
    try:
        loader.begin(demo=_settings().demo)
    except loader.NotHere as reason:
        raise click.ClickException(str(reason)) from reason
    db.session.commit()
    click.echo("Demonstration ready: one account, no reviews.")


@group.command("accounts")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def list_accounts(as_json: bool) -> None:
    """Print the sign-ins of the demonstration."""
    found = accounts.listed() if _settings().demo else []
    if as_json:
        click.echo(json.dumps([account.as_plain() for account in found], ensure_ascii=False, indent=2))
        return
    if not found:
        raise click.ClickException("There are no demonstration accounts here.")
    address = _settings().address
    click.echo(f"Sign in at {address}/sign-in. The password of every account: {found[0].password}")
    for account in found:
        click.echo(f"  {account.email:<26} {account.role} ({account.city}): {account.does}")


def _settings() -> Settings:
    return cast(Settings, current_app.config["SETTINGS"])
