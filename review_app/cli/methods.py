"""`flask methods`: which methods there are, what one says, and whether a file can work."""

from pathlib import Path
from typing import cast

import click
from flask import Flask, current_app
from flask.cli import AppGroup

from review_app.cli import reading
from review_app.cli.method_drawing import drawn
from review_app.cli.method_print import printed
from review_app.config import Settings
from review_app.domain import method_file
from review_app.domain.method_file import MethodError
from review_app.queries import methods

group = AppGroup("methods", help="Methods: stages, actions, roles, guards and forms as data.")


def bind(app: Flask) -> None:
    """Add the commands."""
    app.cli.add_command(group)


@group.command("list")
def list_methods() -> None:
    """Print every method on offer: name, version, title; tab separated."""
    for name, definition in sorted(_definitions().items()):
        click.echo(f"{name}\t{definition['version']}\t{definition['title']}")


@group.command("show")
@click.argument("name")
@click.option("--svg", is_flag=True, help="Print the state diagram as SVG instead.")
def show(name: str, svg: bool) -> None:
    """Print one method: its table of actions and its state diagram (docs/methods holds the same text)."""
    definition = _definitions().get(name)
    if definition is None:
        known = ", ".join(sorted(_definitions()))
        raise click.ClickException(f"There is no method {name}. There are: {known}.")
    method = method_file.build(definition)
    click.echo(drawn(method) if svg else printed(method), nl=False)


@group.command("check")
@click.argument("file", type=Path)
def check(file: Path) -> None:
    """Say whether the method in FILE can work, or everything that keeps it from working."""
    try:
        method = method_file.build(method_file.parsed(_content(file), file.name))
    except MethodError as trouble:
        raise click.ClickException("\n".join((f"{file.name} cannot work:", *trouble.problems))) from trouble
    click.echo(f"{file.name} works: {method.title}, version {method.version}.")


def _content(file: Path) -> bytes:
    raw = reading.content(file, largest=method_file.LARGEST)
    if len(raw) > method_file.LARGEST:
        raise click.ClickException(f"{file.name} cannot be read: it is larger than {method_file.LARGEST:,} bytes.")
    return raw


def _definitions() -> dict[str, dict[str, object]]:
    settings = cast(Settings, current_app.config["SETTINGS"])
    try:
        return methods.definitions(settings.methods_dir)
    except MethodError as trouble:
        raise click.ClickException("\n".join(trouble.problems)) from trouble
