"""The name under which a file is handed out."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from review_app.domain.file_names import clean_file_name

NAMES = {
    "Harbour office.jpeg": "Harbour office.jpg",
    "../../etc/passwd": "passwd.jpg",
    "C:\\Users\\ada\\photo.png": "photo.jpg",
    "Ελλάδα λιμάνι.JPG": "Ελλάδα λιμάνι.jpg",
    "صورة.png": "صورة.jpg",
    'a"b\r\nSet-Cookie: x=1.jpg': "a b Set-Cookie x=1.jpg",
    "report.pdf.exe": "report.pdf.jpg",
    "gpj.\u202eexe.jpg": "gpj.exe.jpg",
    ".htaccess": "htaccess.jpg",
    "con": "file con.jpg",
    "NUL.txt": "file NUL.jpg",
    "": "file.jpg",
    "...": "file.jpg",
    "\x00\x07": "file.jpg",
    "a" * 300: "a" * 100 + ".jpg",
    "=cmd|' /C calc'!A0.jpg": "C calc !A0.jpg",
}


@pytest.mark.parametrize(("raw", "clean"), NAMES.items())
def test_a_name_is_made_safe_to_save(raw, clean):
    assert clean_file_name(raw, ".jpg") == clean


@settings(deadline=None)
@given(st.text())
def test_no_name_leaves_its_folder_or_loses_its_ending(raw):
    name = clean_file_name(raw, ".pdf")

    assert name.endswith(".pdf")
    assert not set(name) & set('/\\:*?"<>|\r\n\x00')
    assert name.removesuffix(".pdf").strip(" .") != ""
    assert clean_file_name(name, ".pdf") == name
