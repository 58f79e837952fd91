"""The gallery shows each kind of report, every page of it under its own name, and no picture that nobody names."""

import re

import pytest

from review_app.reports.kinds import registry
from tests.gallery import __main__ as gallery
from tests.gallery.papers import SHOWN


def listed():
    """The pictures of each heading of the index."""
    parts = (gallery.FOLDER / "README.md").read_text(encoding="utf-8").split("\n## ")[1:]
    return {part.splitlines()[0]: re.findall(r"\]\((\S+\.png)\)", part) for part in parts}


def test_a_stranger_finds_every_kind_in_the_gallery():
    assert {one.kind for one in SHOWN} == set(registry.KINDS)
    assert list(listed()) == [one.title for one in SHOWN]


def test_a_stranger_finds_every_page_once_under_its_own_report():
    pictures = [name for names in listed().values() for name in names]

    assert sorted(pictures) == sorted(path.name for path in gallery.FOLDER.glob("*.png"))
    assert [
        one.title for one in SHOWN if any(name[: -len("-01.png")] != one.name for name in listed()[one.title])
    ] == []


def test_who_draws_one_report_anew_keeps_the_pictures_of_those_that_are_named_alike(tmp_path, monkeypatch):
    monkeypatch.setattr(gallery, "FOLDER", tmp_path)
    for name in ("highlights-01", "highlights-02", "highlights-draft-01"):
        (tmp_path / f"{name}.png").write_bytes(b"old")

    gallery.keep(gallery.Pictures("highlights", "Highlights", (b"new",)))

    kept = {path.name: path.read_bytes() for path in tmp_path.glob("*.png")}
    assert kept == {"highlights-01.png": b"new", "highlights-draft-01.png": b"old"}


@pytest.mark.parametrize("one", SHOWN, ids=[one.name for one in SHOWN])
def test_each_report_of_the_gallery_has_pages(one):
    assert len(listed()[one.title]) >= 1
