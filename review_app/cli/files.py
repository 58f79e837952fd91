"""`flask files`: whether every file has its row, and every row its file."""

import click
from flask import Flask
from flask.cli import AppGroup

from review_app.extensions.storage import StorageDown
from review_app.models.base import utc_now
from review_app.services import attachments

files = AppGroup("files", help="Photos and documents in their storage.")


def bind(app: Flask) -> None:
    """Add the commands."""
    app.cli.add_command(files)


@files.command("check")
def check() -> None:
    """Delete files that belong to nothing and are older than an hour; fail when a file is missing."""
    try:
        found = attachments.sweep(utc_now())
    except StorageDown as trouble:
        raise click.ClickException(f"The storage of files cannot be reached: {trouble}") from trouble
    click.echo(f"Files without a row, deleted: {found.orphans}. Rows without a file: {len(found.danglers)}.")
    for name in found.danglers:
        click.echo(f"missing: {name}")
    if found.danglers:
        raise click.ClickException("Files are missing: restore them from a backup.")
