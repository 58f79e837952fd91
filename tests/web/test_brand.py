"""The colours of a report in the browser: public, kept for good, and nothing but colours."""

import pytest

from tests import brand_folder

CODE = "".join(colour[1:] for colour in brand_folder.COLOURS)


def test_a_visitor_gets_the_colours_that_the_address_spells(client):
    answer = client.get(f"/brand.css?v={CODE}")

    assert answer.status_code == 200
    assert answer.mimetype == "text/css"
    assert answer.text.startswith(".report-article{--report-ink:#0b3d35;--report-accent:#7a1f5c;")
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert "Set-Cookie" not in answer.headers


@pytest.mark.parametrize("asked", ["", "?v=", "?v=14284b", "?v=" + "g" * 30, "?v=%7D@import" + "0" * 20])
def test_what_spells_no_colours_is_missing_and_not_kept(client, asked):
    answer = client.get(f"/brand.css{asked}")

    assert answer.status_code == 404
    assert answer.headers["Cache-Control"] == "no-store"


def test_a_draft_in_the_browser_wears_the_brand_of_the_installation(app, enter_as, world):
    brand_folder.put(app.config["SETTINGS"].brand_dir)

    page = enter_as("rapporteur").get(f"/reviews/{world['drafting']}/report")

    assert f'<link rel="stylesheet" href="/brand.css?v={CODE}">' in page.text
    assert 'alt="A buoy &amp; a hill"' in page.text


def test_without_a_brand_no_page_asks_for_one(enter_as, world):
    page = enter_as("rapporteur").get(f"/reviews/{world['drafting']}/report")

    assert "brand.css" not in page.text
