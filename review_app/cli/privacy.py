"""`flask privacy`: the register of personal data, as it stands."""

from typing import cast

import click
from flask import Flask, current_app
from flask.cli import AppGroup

from review_app.config import Settings
from review_app.domain.privacy import Column, Erased, Period, Table, in_words, register

HEAD = """# The register of personal data

Printed by `flask privacy register` from `review_app/domain/privacy.toml`; a test holds the two equal. Erasure, the
sweeper and the page `/privacy` read the same register. Lengths are those of the shipped settings.

"seen by" names things of the visibility table (whoever reads that thing reads this), roles, the person alone (self),
or nobody.

| after erasure | |
|---|---|
"""
ERASED = {
    Erased.REMOVED: "it is gone",
    Erased.UNSIGNED: "it stays; “former participant” stands for the person, one and the same for everybody erased",
    Erased.CLEANED: "it stays; name and address are taken out of it",
    Erased.CONSENT: "it stays where the city agreed to be named or a colleague wrote in it too, else it is gone",
    Erased.REISSUED: "drafts are gone; what is published stays and is printed anew without the name",
    Erased.STAYS: "it stays",
}
group = AppGroup("privacy", help="Personal data: what is kept, why, and how long.")


def bind(app: Flask) -> None:
    """Add the command."""
    app.cli.add_command(group)


@group.command("register")
def print_register() -> None:
    """Print every column of every table: what it is, why, how long, who sees it, what erasure does to it."""
    settings = cast(Settings, current_app.config["SETTINGS"])
    click.echo(printed(settings), nl=False)


def printed(settings: Settings) -> str:
    """Return the register as Markdown."""
    tables = register().tables.values()
    words = "".join(f"| {word.value} | {said} |\n" for word, said in ERASED.items())
    personal = "".join(_section(table, settings) for table in tables if table.columns)
    plain = "".join(f"| {table.name} | {', '.join(sorted(table.plain))} |\n" for table in tables)
    return f"{HEAD}{words}{personal}\n## Nothing personal\n\n| table | columns |\n|---|---|\n{plain}"


def _section(table: Table, settings: Settings) -> str:
    head = f"\n## {table.title} (`{table.name}`)\n\n{table.why}\n\n"
    lines = "".join(_line(column, table, settings) for column in table.columns)
    return f"{head}| column | what | kept | seen by | after erasure |\n|---|---|---|---|---|\n{lines}"


def _line(column: Column, table: Table, settings: Settings) -> str:
    what = f"{column.what} (free text)" if column.is_text else column.what
    why = f"; {column.why}" if column.why != table.why else ""
    kept = _length(column.kept, settings)
    return f"| {column.name} | {what}{why} | {kept} | {', '.join(column.seen)} | {column.erased.value} |\n"


def _length(period: Period, settings: Settings) -> str:
    days = period.length(settings)
    if days is None:
        return period.says
    number, is_months = in_words(days)
    unit = "month" if is_months else "day"
    return period.says % {"time": f"{number} {unit}{'' if number == 1 else 's'}"}
