"""`flask translations`: the catalogues of reports, kept in step with the code, filled and checked."""

import json
from collections.abc import Mapping
from pathlib import Path

import click
from babel.messages import Catalog
from babel.messages.pofile import PoFileError
from flask import Flask
from flask.cli import AppGroup

from review_app.cli import catalogues
from review_app.cli.catalogues import Said
from review_app.reports.materials import PROJECT, Materials
from review_app.reports.wording import catalogue

group = AppGroup("translations", help="Languages of reports: sentences and names of cities in .po files.")
in_domain = click.option(
    "--domain", type=click.Choice(catalogue.DOMAINS), default=catalogue.REPORTS, help="Sentences, or names of cities."
)

in_folder = click.option(
    "--folder",
    type=click.Path(file_okay=False, path_type=Path),
    default=Materials.of().catalogues,
    help="Where the catalogues lie.",
)


def bind(app: Flask) -> None:
    """Add the commands."""
    app.cli.add_command(group)


@group.command("update")
@in_folder
def update(folder: Path) -> None:
    """Read the sentences out of code, templates, methods and records, and bring every catalogue up to date."""
    for domain in catalogue.DOMAINS:
        wanted = catalogues.template(PROJECT, domain)
        _put(catalogues.template_path(folder, domain), catalogues.written(wanted))
        for language in catalogues.TRANSLATED:
            fresh = catalogues.renewed(_loaded(folder, language, domain), wanted, language)
            _put(catalogue.path_of(folder, language, domain), catalogues.written(fresh, language))
        click.echo(f"{domain}: {len(wanted)} messages in {len(catalogues.TRANSLATED)} languages.")


@group.command("check")
@in_folder
def check(folder: Path) -> None:
    """Say what is not translated, or wrongly; ends with 1 when there is something. Cities may keep their names."""
    faults = 0
    for language in catalogues.TRANSLATED:
        catalog = _loaded(folder, language, catalogue.REPORTS)
        lacking, wrong = catalogues.missing(catalog), tuple(catalogues.problems(catalog, language))
        faults += len(lacking) + len(wrong)
        click.echo(f"{language}: {len(catalog) - len(lacking)} of {len(catalog)} translated.")
        for problem in wrong:
            click.echo(f"  {problem}")
    if faults:
        raise SystemExit(1)


@group.command("missing")
@click.option("--lang", required=True, type=click.Choice(catalogues.TRANSLATED))
@in_domain
@in_folder
def missing(lang: str, domain: str, folder: Path) -> None:
    """Print what is not translated as JSON, ready to be filled in and given to `fill`."""
    catalog = _loaded(folder, lang, domain)
    lacking = {
        message.id if isinstance(message.id, str) else message.id[0]: ""
        if isinstance(message.id, str)
        else list(message.id)
        for message in catalogues.missing(catalog)
    }
    click.echo(json.dumps({lang: lacking}, ensure_ascii=False, indent=1))


@group.command("fill")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@in_domain
@in_folder
def fill(file: Path, domain: str, folder: Path) -> None:
    """Put the translations of FILE into the catalogues: {"de": {"City": "Stadt", "%(count)s city": ["…", "…"]}}."""
    given: Mapping[str, Mapping[str, Said]] = json.loads(file.read_text(encoding="utf-8"))
    for language, said in given.items():
        if language not in catalogues.TRANSLATED:
            raise click.ClickException(f"There is no language {language} here.")
        catalog = _loaded(folder, language, domain)
        unknown = catalogues.fill(catalog, {text: one for text, one in said.items() if one})
        _put(catalogue.path_of(folder, language, domain), catalogues.written(catalog, language))
        for text in unknown:
            click.echo(f"{language}: “{text}” is no message.", err=True)


def _loaded(folder: Path, language: str, domain: str) -> Catalog:
    try:
        return catalogues.load(folder, language, domain)
    except PoFileError as trouble:
        raise click.ClickException(f"{language}: {domain}.po cannot be read: {trouble}") from trouble


def _put(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
