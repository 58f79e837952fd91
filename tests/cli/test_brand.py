"""The brand of an installation: checked by a command, read again when it changes, and never in the way of a report."""

import io
import os
import time
from base64 import b64decode

import pytest
from PIL import Image

from review_app.domain.brand import Brand, BrandError
from review_app.extensions import branding
from review_app.queries import report_material
from review_app.services import publishing
from tests import brand_folder


@pytest.fixture
def run(app):
    """Run `flask brand check` and return what it printed and its exit code."""

    def go(*words):
        result = app.test_cli_runner().invoke(args=("brand", "check", *map(str, words)))
        return result.output, result.exit_code

    return go


@pytest.fixture
def folder(app):
    """Where this installation keeps its brand."""
    return app.config["SETTINGS"].brand_dir


def test_an_operator_without_a_brand_is_told_so(run, folder):
    assert run() == (f"There is no {folder / 'brand.toml'}: reports have the look of the product.\n", 0)


def test_an_operator_reads_contrasts_logo_and_funders(run, folder):
    brand_folder.put(folder)

    output, code = run()

    assert code == 0
    assert output == (
        "brand.toml can be used.\n"
        "ink\t#0b3d35\t12.1:1 on white\n"
        "accent\t#7a1f5c\t9.6:1 on white\n"
        "mid\t#4f6660\t6.2:1 on white\n"
        "pale\t#e4efec\t1.2:1 on white\n"
        "line\t#b3cbc5\t1.7:1 on white\n"
        "network\tHarbour and Hill\n"
        "logo\tA buoy & a hill\n"
        "funder\tEaSI\tEaSI\n"
    )


def test_an_operator_is_told_every_problem_of_a_file(run, tmp_path):
    file = brand_folder.put(tmp_path, toml='color = 1\n[colours]\naccent = "#ff9900"\n')

    output, code = run(file)

    assert code == 1
    assert output.splitlines() == [
        "Error: brand.toml cannot be used:",
        "There is no “color” in the file; there are: network, colours, logo, funder.",
        "The colour accent #ff9900 on white paper has a contrast of 2.1:1; at least 4.5:1 is needed to read it.",
    ]


def test_a_file_that_is_not_there_is_told(run, tmp_path):
    assert run(tmp_path / "none.toml") == (f"Error: {tmp_path / 'none.toml'} cannot be read: it is no plain file.\n", 1)


def test_a_file_without_logo_or_network_says_what_stands_instead(run, tmp_path):
    output, code = run(brand_folder.put(tmp_path, toml=""))

    assert code == 0
    assert output.splitlines()[-2:] == ["network\tas set by NETWORK_NAME", "logo\tnone"]


@pytest.mark.parametrize(
    ("logo", "told"),
    [
        (b"no picture", "logo.png cannot be read as a PNG picture."),
        (brand_folder.picture(kind="JPEG"), "logo.png cannot be read as a PNG picture."),
        (brand_folder.picture()[:200], "logo.png cannot be read as a PNG picture."),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "logo.png cannot be read as a PNG picture."),
        (bytes(200_001), "logo.png is larger than 200,000 bytes."),
        (brand_folder.picture(9000, 3000), "logo.png has more than 25,000,000 pixels."),
    ],
)
def test_a_logo_that_is_no_small_png_is_refused(tmp_path, logo, told):
    with pytest.raises(BrandError) as refused:
        branding.read(brand_folder.put(tmp_path, logo=logo))

    assert refused.value.problems == (told,)


def test_a_logo_that_is_missing_is_told(tmp_path):
    file = brand_folder.put(tmp_path)
    (tmp_path / "logo.png").unlink()

    with pytest.raises(BrandError, match=r"There is no file logo\.png in the folder of the brand\."):
        branding.read(file)


def test_a_logo_that_no_disk_can_hold_is_told(tmp_path):
    name = f"{'é' * 130}.png"

    with pytest.raises(BrandError, match="cannot be read: File name too long"):
        branding.read(brand_folder.put(tmp_path, toml=f'[logo]\nfile = "{name}"\ntext = "A"'))


def test_a_logo_is_written_anew_small_on_white_and_nothing_rides_along(tmp_path):
    logo = branding.read(brand_folder.put(tmp_path, logo=brand_folder.picture(2400, 800, secret="hidden words"))).logo

    content = b64decode(logo.removeprefix("data:image/png;base64,"))
    image = Image.open(io.BytesIO(content))
    assert (image.format, image.mode, image.size) == ("PNG", "RGB", (720, 240))
    assert image.getpixel((719, 0)) == (255, 255, 255)
    assert b"hidden" not in content
    assert image.info == {}


def test_the_same_logo_gives_the_same_bytes(tmp_path):
    file = brand_folder.put(tmp_path)

    assert branding.read(file) == branding.read(file)


def test_a_report_of_today_bears_brand_network_and_address(app, folder, world):
    brand_folder.put(folder)

    with app.app_context():
        frozen = publishing.freeze_draft(world.review("drafting"), "Mikkel")

    assert frozen.brand.ink == "#0b3d35"
    assert frozen.check_at == "http://localhost/check"


def test_a_review_without_a_network_is_called_by_the_brand(app, folder, world):
    brand_folder.put(folder)

    with app.app_context():
        review = world.review("drafting")
        review.network = ""

        assert report_material.of(review).network == "Harbour and Hill"


def test_a_broken_brand_stops_no_report_and_is_mended_without_a_restart(app, folder, world):
    file = brand_folder.put(folder, toml="[colours]\nink = 1\n")
    with app.app_context():
        before = branding.imprint()
        file.write_text(brand_folder.TOML, encoding="utf-8")
        os.utime(file, ns=(1, 1))
        after = branding.imprint()
        kept = branding.imprint()

    assert before.brand == Brand()
    assert after.brand.network == "Harbour and Hill"
    assert kept is after


def test_a_folder_into_which_nobody_can_look_is_told(run, tmp_path):
    file = tmp_path / ("é" * 130) / "brand.toml"

    assert run(file) == ("Error: brand.toml cannot be used:\nbrand.toml cannot be read: File name too long.\n", 1)
    with pytest.raises(BrandError, match="File name too long"):
        branding.read(file)


def test_a_brand_that_only_gets_other_rights_is_read_again(app, folder):
    file = brand_folder.put(folder)
    with app.app_context():
        before = branding.imprint()
        time.sleep(0.02)  # the clock of a file system ticks every few thousandths of a second
        file.chmod(0o600)

        assert branding.imprint() is not before
        assert branding.imprint() == before


def test_a_brand_that_cannot_be_read_at_all_stops_nothing(app, folder):
    folder.mkdir()
    (folder / "brand.toml").mkdir()

    with app.app_context():
        assert branding.imprint().brand == Brand()
