"""`flask brand`: whether the look of a network can be used, and how readable it is."""

from dataclasses import fields
from pathlib import Path

import click
from flask import Flask, current_app
from flask.cli import AppGroup

from review_app.config import Settings
from review_app.domain.brand import PAPER, Brand, BrandError, contrast
from review_app.extensions import branding

group = AppGroup("brand", help="The look of the network: colours, logo, what funders ask for.")


def bind(app: Flask) -> None:
    """Add the command."""
    app.cli.add_command(group)


@group.command("check")
@click.argument("file", type=Path, required=False)
def check(file: Path | None) -> None:
    """Say whether the brand in FILE can be used, or everything that keeps it from being used.

    Without FILE it is the one of this installation, brand/brand.toml in its folder of data.
    """
    settings: Settings = current_app.config["SETTINGS"]
    place = file or settings.brand_dir / branding.FILE
    try:
        if file is None and not branding.is_there(place):
            click.echo(f"There is no {place}: reports have the look of the product.")
            return
        if not branding.is_there(place) or not place.is_file():
            raise click.ClickException(f"{place} cannot be read: it is no plain file.")
        brand = branding.read(place)
    except BrandError as trouble:
        raise click.ClickException("\n".join((f"{place.name} cannot be used:", *trouble.problems))) from trouble
    click.echo("\n".join((f"{place.name} can be used.", *_told(brand))))


def _told(brand: Brand) -> list[str]:
    shades = {one.name: getattr(brand.colours, one.name) for one in fields(brand.colours)}
    return [
        *(f"{name}\t{shade}\t{contrast(shade, PAPER):.1f}:1 on white" for name, shade in shades.items()),
        f"network\t{brand.network or 'as set by NETWORK_NAME'}",
        f"logo\t{brand.logo_text if brand.logo else 'none'}",
        *(f"funder\t{one.name}\t{', '.join(one.match)}" for one in brand.funders),
    ]
