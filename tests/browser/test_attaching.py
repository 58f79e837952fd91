"""A photo is chosen, refused, chosen again, seen, taken home and removed: on a telephone, and without scripts."""

import io

import pytest
from PIL import Image

from tests.browser.ways import DESK_BARE, PHONE
from tests.hostile import good

pytestmark = pytest.mark.browser

FILE, TITLE, SHOWS = "The file", "Title", "What the picture shows"


@pytest.mark.parametrize("way", [PHONE, DESK_BARE], ids=str)
def test_a_host_shows_a_photo_with_the_practice(visit_shared, shared_site, way):
    host = visit_shared(way, "host coordinator")
    host.go(f"/reviews/{shared_site.world['draft']}/practice")
    host.follow("Photos and documents")
    host.press("Add a photo or document")

    host.field(FILE).set_input_files({"name": "a.svg", "mimeType": "image/svg+xml", "buffer": b"<svg/>"})
    host.fill(TITLE, f"The desk, {way}")
    host.fill(SHOWS, "A desk under a window")
    host.press("Save")
    host.sees("Add a photo or document", 422)
    refused, kept = host.errors(), host.value_of(TITLE)

    host.field(FILE).set_input_files({"name": "a.jpg", "mimeType": "image/jpeg", "buffer": good.jpeg()})
    host.press("Save")
    host.sees("Photos and documents")
    photo = host.page.get_by_alt_text("A desk under a window")
    assert photo.evaluate("one => one.decode().then(() => one.naturalWidth)") == 320
    with Image.open(io.BytesIO(host.save(f"The desk, {way} (download)"))) as image:
        assert (image.format, dict(image.getexif())) == ("JPEG", {})

    host.follow(f"Change or remove The desk, {way}")
    host.sees("About this file")
    host.page.get_by_text("Remove this file").click()
    host.press("Remove it")
    host.sees("Photos and documents")

    assert refused == ["This is an SVG drawing. Save it as PNG or PDF and choose that."]
    assert kept == f"The desk, {way}"
    assert host.page.get_by_alt_text("A desk under a window").count() == 0
