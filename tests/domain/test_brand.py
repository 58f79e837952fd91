"""A brand file is taken when everything in it can be read and used, and refused with sentences otherwise."""

import re

import pytest

from review_app.config import ROOT
from review_app.domain.brand import Brand, BrandError, Colours, Funder, contrast, parsed, unreadable

WHOLE = """
network = "Harbour and Hill"
[colours]
ink = "#0B3D35"
accent = "#7a1f5c"
[logo]
file = "logo.png"
text = "A buoy and a hill"
[[funder]]
name = "EaSI"
match = ["EaSI", "social innovation"]
[funder.funding]
fr = "Financé par l’Union."
en = "Funded by  the Union."
[funder.disclaimer]
en = "Views are those of the authors."
"""


def problems(text):
    with pytest.raises(BrandError) as refused:
        parsed(text.encode())
    return refused.value.problems


def test_a_whole_file_is_read_as_it_is_meant():
    assert parsed(WHOLE.encode()) == Brand(
        network="Harbour and Hill",
        colours=Colours(ink="#0b3d35", accent="#7a1f5c"),
        logo="logo.png",
        logo_text="A buoy and a hill",
        funders=(
            Funder(
                name="EaSI",
                match=("EaSI", "social innovation"),
                funding=(("en", "Funded by the Union."), ("fr", "Financé par l’Union.")),
                disclaimer=(("en", "Views are those of the authors."),),
            ),
        ),
    )


def test_an_empty_file_is_the_look_of_the_product():
    assert parsed(b"") == Brand()
    assert unreadable(Colours()) == ()


@pytest.mark.parametrize(
    ("one", "other", "ratio"), [("#000000", "#ffffff", 21), ("#ffffff", "#ffffff", 1), ("#14284b", "#ffffff", 14.6)]
)
def test_contrast_is_counted_as_the_standard_says(one, other, ratio):
    assert contrast(one, other) == pytest.approx(ratio, abs=0.1)
    assert contrast(other, one) == contrast(one, other)


@pytest.mark.parametrize(
    ("colours", "told"),
    [
        (
            'accent = "#ff9900"',
            ("The colour accent #ff9900 on white paper has a contrast of 2.1:1; at least 4.5:1 is needed to read it."),
        ),
        (
            'mid = "#999999"',
            "The colour mid #999999 on white paper has a contrast of 2.8:1; at least 4.5:1 is needed to read it.",
        ),
        (
            'line = "#40506b"',
            (
                "The colour ink #14284b on the colour line #40506b has a contrast of 1.8:1; "
                "at least 4.5:1 is needed to read it."
            ),
        ),
    ],
)
def test_a_colour_that_cannot_be_read_is_refused_by_name_and_with_its_ratio(colours, told):
    assert problems(f"[colours]\n{colours}") == (told,)


def test_a_dark_ground_is_refused_for_all_that_stands_on_it():
    assert problems('[colours]\npale = "#777777"') == (
        "The text of the body on the colour pale #777777 has a contrast of 3.5:1; at least 4.5:1 is needed to read it.",
        (
            "The colour ink #14284b on the colour pale #777777 has a contrast of 3.3:1; "
            "at least 4.5:1 is needed to read it."
        ),
    )


@pytest.mark.parametrize("value", ['"red"', '"#12345"', '"#1234567"', '"#14284b;}"', "7", '"url(x)"'])
def test_a_colour_is_six_digits_and_nothing_else(value):
    assert problems(f"[colours]\nink = {value}") == ("The colour ink is written as #rrggbb, such as #14284b.",)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("color = 1", "There is no “color” in the file; there are: network, colours, logo, funder."),
        (
            '[colours]\nlink = "#000000"',
            "There is no “link” in [colours]; there are: ink, accent, mid, pale, line.",
        ),
        ("colours = 1", "colours is a table."),
        ("network = 1", "network is a text."),
        (f'network = "{"a" * 201}"', "network has 201 characters; at most 200 fit."),
        ("funder = 1", "[[funder]] is a list of at most 20 tables."),
        ("funder = [1]", "[[funder]] 1 is a table."),
        ('[[funder]]\nname = "A"', "[[funder]] 1 needs match, a list of words by which its money is known."),
        (
            '[[funder]]\nname = "A"\nmatch = [" "]',
            "[[funder]] 1 needs match, a list of words by which its money is known.",
        ),
        ('[[funder]]\nmatch = ["a"]', "[[funder]] 1 needs a name."),
        (
            '[logo]\nfile = "logo.png"',
            "A logo needs a text that says what it shows, for those who do not see it.",
        ),
    ],
)
def test_what_is_unknown_missing_or_too_long_is_told(text, told):
    assert problems(text) == (told,)


def test_a_language_that_is_none_is_told():
    (told,) = problems('[[funder]]\nname = "A"\nmatch = ["a"]\n[funder.funding]\nxx = "A"')

    assert told.startswith("There is no “xx” in the funding of [[funder]] 1; there are: bg, cs,")


@pytest.mark.parametrize("name", ["../logo.png", "/etc/passwd", "logo.svg", "a/b.png", ".png"])
def test_a_logo_is_a_png_beside_the_file(name):
    assert problems(f'[logo]\nfile = "{name}"\ntext = "A"') == (
        "The file of [logo] is the name of a PNG beside this file, such as logo.png.",
    )


@pytest.mark.parametrize("raw", [b"a = ", b"\xff\xfe", b"a = " + b"[" * 5000])
def test_what_is_no_toml_is_told(raw):
    with pytest.raises(BrandError, match=r"not a TOML file|nested too deeply"):
        parsed(raw)


def test_every_problem_is_told_at_once():
    assert len(problems('network = 1\n[colours]\nink = "x"\n[logo]\nfile = "a"')) == 4


@pytest.mark.parametrize(
    ("funding", "pays"),
    [
        ("Paid by easi, 2026", True),
        ("Programme for Social Innovation", True),
        ("", False),
        ("Paid by the easing fund", False),
        ("An uneasi city", False),
    ],
)
def test_a_funder_is_known_by_its_words_and_not_by_parts_of_others(funding, pays):
    found = parsed(WHOLE.encode()).funder_of(funding)

    assert (found is not None) is pays


def test_the_example_of_the_documentation_can_be_used():
    (example,) = re.findall(r"```toml\n(.*?)```", (ROOT / "docs" / "brand.md").read_text(encoding="utf-8"), re.DOTALL)

    brand = parsed(example.encode())

    assert (brand.colours, brand.logo) == (Colours(), "logo.png")
    assert brand.funder_of("EaSI, 2026").name == "EaSI"
