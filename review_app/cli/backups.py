"""`flask backup`: make a copy of everything, look through one, bring one back."""

import shutil
import time
from pathlib import Path
from typing import cast

import click
from flask import Flask, current_app
from flask.cli import AppGroup
from flask_migrate import upgrade

from review_app.config import Settings
from review_app.domain.manifest import Erasure
from review_app.extensions import disk
from review_app.extensions.database import db, wipe
from review_app.services import backups, erasure, restoring
from review_app.services.backup_database import NotPossible
from review_app.services.backup_parts import Files, Source, files_of
from review_app.services.backups import Backup
from review_app.services.restoring import Settled

group = AppGroup("backup", help="Backups of database and files.")
FOLDER = click.Path(path_type=Path, file_okay=False)


def bind(app: Flask) -> None:
    """Add the commands."""
    app.cli.add_command(group)


@group.command("make")
@click.option("--to", type=FOLDER, help="Where to make it.  [default: BACKUP_DIR, or backups in DATA_DIR]")
@click.option("--incomplete", is_flag=True, help="Make it even if files are missing in the installation itself.")
def make(to: Path | None, *, incomplete: bool) -> None:
    """Make a backup while the site runs. Nobody is signed in by it, and no letter leaves from it."""
    settings, begun = _settings(), time.monotonic()
    try:
        made = backups.make(Source(settings, files_of(settings)), to or settings.backups_dir, incomplete=incomplete)
    except NotPossible as reason:
        raise click.ClickException(str(reason)) from reason
    click.echo(made.path)
    click.echo(f"{_told(made)} Took {time.monotonic() - begun:.1f} s.", err=True)
    if made.manifest.missing:
        click.echo(f"Missing, here as there: {', '.join(made.manifest.missing)}", err=True)
    if not made.manifest.schema_revision:
        dump = backups.dump_line(settings, made.path.with_suffix(".dump"))
        click.echo(
            "This holds the files only: the database is PostgreSQL. Copy it with the next line, and always before the "
            f"files, so that no row names a file that came later:\n  {dump}",
            err=True,
        )


@group.command("verify")
@click.argument("path", type=FOLDER)
def verify(path: Path) -> None:
    """Read the backup PATH to its last byte and say whether it is whole."""
    try:
        found = backups.verify(path)
    except NotPossible as reason:
        raise click.ClickException(str(reason)) from reason
    click.echo(f"{path} is whole. {_told(found)}")


@group.command("restore")
@click.argument("path", type=FOLDER)
@click.option("--data", type=FOLDER, help="The data folder to restore into.  [default: DATA_DIR]")
@click.option("--replace", is_flag=True, help="Take the place of the data that is there; it is kept beside.")
@click.option("--yes", is_flag=True, help="Do not ask before replacing.")
@click.option("--erasures", type=click.Path(path_type=Path, dir_okay=False, exists=True), help="A further list.")
def restore(path: Path, data: Path | None, *, replace: bool, yes: bool, erasures: Path | None) -> None:
    """Bring the backup PATH back into an empty data folder. Whoever was erased since stays erased."""
    settings, begun = _settings(), time.monotonic()
    target = (data or settings.data_dir).resolve()
    if data is None and settings.database_url:
        raise click.ClickException("DATABASE_URL names a database elsewhere. Say with --data which folder is meant.")
    if replace and not yes:
        click.confirm(f"Put the backup {path.name} in the place of what is in {target}?", abort=True)
    try:
        done = restoring.restore(path, target, _settle, replace=replace, listed=erasures)
    except NotPossible as reason:
        raise click.ClickException(str(reason)) from reason
    click.echo(f"{target} holds the backup {path.name} again. {_told(done.backup)}")
    click.echo(f"Erased again: {done.erased}. Took {time.monotonic() - begun:.1f} s.")
    click.echo("Everybody signs in anew. Invitations that were open have to be sent again.")
    if done.old is not None:
        click.echo(f"What was there before lies in {done.old}; delete it when you do not need it any more.")


@group.command("finish")
@click.option("--data", type=FOLDER, help="The data folder it went into.  [default: DATA_DIR]")
def finish(data: Path | None) -> None:
    """Finish a restore that was interrupted while it put things in place."""
    target = (data or _settings().data_dir).resolve()
    try:
        restoring.finish(target)
    except disk.Held as held:
        raise click.ClickException(f"The site or its worker is running on {target}. Stop both first.") from held
    except OSError as trouble:
        raise click.ClickException(f"The restore was not finished: {backups.told(trouble)}") from trouble
    click.echo(f"{target} is whole.")


def _settle(folder: Path, gone: tuple[Erasure, ...]) -> Settled:
    """Migrate a restored database where it lies, and erase again who was erased since."""
    settings = _settings().model_copy(update={"data_dir": folder, "database_url": ""})
    app = cast(Flask, current_app.extensions["make_app"](settings))
    with app.app_context():
        try:
            upgrade()
            elsewhere = _hand_over(folder, files_of(settings))
            erased = erasure.reapply(tuple(one.key for one in gone), settings=settings)
            db.session.commit()
            wipe(db.engine)
        finally:
            db.session.remove()
            db.engine.dispose()
    return Settled(erased, elsewhere)


def _hand_over(folder: Path, files: Files) -> frozenset[str]:
    """Give restored attachments to a storage that is not in the data folder, and return which."""
    inside = folder / "files"
    if files.folder == inside or not inside.is_dir():
        return frozenset()
    paths = sorted(inside.iterdir())
    for path in paths:
        files.put(path.read_bytes(), path.name)
    shutil.rmtree(inside)
    return frozenset(f"files/{path.name}" for path in paths)


def _told(backup: Backup) -> str:
    found = backup.manifest
    files = sum(1 for part in found.parts if "/" in part.path)
    kept = "database and " if found.schema_revision else ""
    return (
        f"Made {found.made_at:%Y-%m-%d %H:%M:%S} UTC by version {found.product}: {kept}{files} files, "
        f"{backup.size:,} bytes, schema {found.schema_revision or 'none'}."
    )


def _settings() -> Settings:
    return cast(Settings, current_app.config["SETTINGS"])
