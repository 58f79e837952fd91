"""Forms of a method: what is answered, what is missing, and names that are not there."""

import pytest

from review_app.domain import method_file
from review_app.domain.forms import Form, Question, Section

SECTION = Section("work", "The work", (Question("name", "Name?", required=True), Question("more", "More?")))


@pytest.mark.parametrize(
    ("answers", "status"),
    [
        ({}, "empty"),
        ({"name": "  ", "more": ""}, "empty"),
        ({"more": "Much"}, "begun"),
        ({"name": "Desk"}, "done"),
    ],
)
def test_a_section_is_done_when_all_that_is_required_is_answered(answers, status):
    assert SECTION.status(answers) == status


def test_a_form_gives_a_section_by_its_name_and_none_that_it_does_not_have():
    form = Form("practice", "Practice", (SECTION,))

    assert form.section("work") is SECTION
    with pytest.raises(KeyError, match="play"):
        form.section("play")


def test_a_method_has_no_stage_but_its_own():
    method = method_file.load(method_file.FOLDER / "critical_friend_review.toml")

    assert method.stage("scoping").name == "scoping"
    with pytest.raises(KeyError, match="glory"):
        method.stage("glory")
