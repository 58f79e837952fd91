"""`flask translations`: update, check, missing, fill, on a folder of one's own."""

import json
import shutil

import pytest

from review_app.reports.materials import Materials
from review_app.reports.wording import catalogue

GERMAN = ("de", catalogue.REPORTS)


@pytest.fixture
def folder(tmp_path):
    kept = tmp_path / "translations"
    shutil.copytree(Materials.of().catalogues, kept)
    return kept


@pytest.fixture
def say(app, folder):
    def run(*arguments):
        return app.test_cli_runner().invoke(args=["translations", *arguments, "--folder", str(folder)])

    return run


def _without(path, said):
    path.write_text(path.read_text(encoding="utf-8").replace(f'msgstr "{said}"', 'msgstr ""'), encoding="utf-8")


def test_a_whole_catalogue_passes(say):
    answer = say("check")

    assert (answer.exit_code, len(answer.output.splitlines())) == (0, 23)
    assert "de: 0 of" not in answer.output


def test_a_missing_translation_is_told_printed_and_filled(say, folder, tmp_path):
    path = catalogue.path_of(folder, *GERMAN)
    whole = path.read_bytes()
    _without(path, "Nächste Schritte")

    checked, lacking = say("check"), json.loads(say("missing", "--lang", "de").output)
    file = tmp_path / "said.json"
    file.write_text(json.dumps({"de": {"Next steps": "Nächste Schritte"}}))
    filled = say("fill", str(file))

    assert (checked.exit_code, lacking, filled.exit_code) == (1, {"de": {"Next steps": ""}}, 0)
    assert path.read_bytes() == whole


def test_counted_sentences_are_printed_and_filled_by_their_singular(say, folder, tmp_path):
    path = catalogue.path_of(folder, "sl", catalogue.REPORTS)
    whole = path.read_bytes()
    path.write_text(path.read_text(encoding="utf-8").replace('msgstr[3] "%(count)s mest"', 'msgstr[3] ""'))

    lacking = json.loads(say("missing", "--lang", "sl").output)
    file = tmp_path / "said.json"
    file.write_text(
        json.dumps(
            {"sl": {"%(count)s city": ["%(count)s mesto", "%(count)s mesti", "%(count)s mesta", "%(count)s mest"]}}
        )
    )
    say("fill", str(file))

    assert lacking == {"sl": {"%(count)s city": ["%(count)s city", "%(count)s cities"]}}
    assert path.read_bytes() == whole


def test_a_wrong_translation_is_told(say, folder, tmp_path):
    file = tmp_path / "said.json"
    file.write_text(json.dumps({"de": {"Funding: %(funding)s.": "Förderung: %(geld)s."}}))
    say("fill", str(file))

    answer = say("check")

    assert answer.exit_code == 1
    assert "“Förderung: %(geld)s.” does not fill in what “Funding: %(funding)s.” does" in answer.output


def test_names_of_cities_are_filled_in_their_own_catalogue(say, folder, tmp_path):
    file = tmp_path / "said.json"
    file.write_text(json.dumps({"ga": {"Ghent": "Gent"}, "de": {"Nowhere": "Nirgends"}}))

    answer = say("fill", str(file), "--domain", "places")

    assert "de: “Nowhere” is no message." in answer.output
    assert catalogue.read(folder, "ga").pgettext(catalogue.CITY, "Ghent") == "Gent"


def test_update_changes_nothing_that_is_in_step_and_drops_what_is_gone(say, folder):
    path = catalogue.path_of(folder, *GERMAN)
    whole = path.read_bytes()
    path.write_bytes(whole + b'\nmsgid "A sentence of old"\nmsgstr "Ein alter Satz"\n')

    answer = say("update")

    assert answer.exit_code == 0
    assert path.read_bytes() == whole


def test_an_unknown_language_and_an_unreadable_file_are_refused_in_a_sentence(say, folder, tmp_path):
    file = tmp_path / "said.json"
    file.write_text(json.dumps({"tlh": {"City": "veng"}}))
    catalogue.path_of(folder, *GERMAN).write_text("a line that is none\n")

    unknown, unreadable = say("fill", str(file)), say("missing", "--lang", "de")

    assert "There is no language tlh here." in unknown.output
    assert "de: reports.po cannot be read:" in unreadable.output
