"""The shipped method carries the whole machine, and a method that cannot work is refused with its reasons."""

import copy
from itertools import pairwise

import pytest

from review_app.domain import method_file
from review_app.domain.vocabulary import Role

SHIPPED = method_file.FOLDER / "critical_friend_review.toml"
STAGES = [
    "draft", "scoping", "recruiting", "preparing", "ready", "visiting", "feedback",
    "drafting", "fact_check", "sign_off", "published", "responding", "following_up", "closed",
]  # fmt: skip


@pytest.fixture
def definition():
    return copy.deepcopy(method_file.read(SHIPPED))


def _action(definition, name):
    return next(row for row in definition["action"] if row["name"] == name)


def test_the_shipped_method_has_every_stage_in_order():
    assert [stage.name for stage in method_file.load(SHIPPED).stages] == STAGES


def test_each_stage_leads_to_the_next_one():
    method = method_file.load(SHIPPED)

    onward = {
        stage: {action.leads_to for action in method.actions.values() if stage in action.during} for stage in STAGES
    }

    assert all(after in onward[before] for before, after in pairwise(STAGES))


def test_a_review_can_be_put_on_hold_anywhere_and_cancelled_only_before_publication():
    method = method_file.load(SHIPPED)

    assert set(method.actions["put on hold"].during) == set(STAGES) - {"closed"}
    assert set(method.actions["cancel"].during) == {*STAGES[: STAGES.index("published")], "on_hold"}
    assert method.actions["cancel"].asks_reason


def test_nobody_but_the_secretariat_publishes():
    assert method_file.load(SHIPPED).actions["publish"].by == {Role.SECRETARIAT}


@pytest.mark.parametrize(
    ("spoil", "problem"),
    [
        (
            lambda d: _action(d, "publish").update(provided=["the moon is full"]),
            "action “publish”: unknown guard “the moon is full”",
        ),
        (lambda d: _action(d, "publish").update(leads_to="glory"), "action “publish”: unknown stage “glory”"),
        (lambda d: _action(d, "publish").update(by=[]), "action “publish”: no role can take it"),
        (lambda d: _action(d, "publish").update(leads_to="sign_off"), "stage “published”: no action leads there"),
        (
            lambda d: d["action"].remove(_action(d, "start the visit")),
            "stage “ready”: nobody can leave it",
        ),
        (lambda d: d["stage"][1].update(due="never"), "stage “scoping”: unknown deadline “never”"),
        (lambda d: d["action"].append(_action(d, "publish")), "action “publish” stands twice"),
        (lambda d: d.update(reports=["novel"]), "unknown report kind “novel”"),
        (
            lambda d: d["form"][0]["section"][0]["question"].append({"key": "title", "ask": "Again?"}),
            "form “practice”: key “title” stands twice",
        ),
        (lambda d: _action(d, "publish").update(during=[]), "action “publish”: no stage allows it"),
        (
            lambda d: d["form"][0]["section"][0]["question"].append({"key": "mood", "ask": "How?", "asks": "one"}),
            "form “practice”: question “mood” has nothing to choose from",
        ),
        (
            lambda d: d["form"][0]["section"][0]["question"].append({"key": "rows", "ask": "Who?", "asks": "rows"}),
            "form “practice”: question “rows” has no columns",
        ),
    ],
)
def test_a_method_that_cannot_work_is_refused_in_words(definition, spoil, problem):
    spoil(definition)

    with pytest.raises(method_file.MethodError) as refusal:
        method_file.build(definition)

    assert problem in refusal.value.problems


@pytest.mark.parametrize(
    "spoil",
    [
        lambda d: d.pop("stage"),
        lambda d: _action(d, "publish").update(by=["king"]),
        lambda d: d.update(regime="silence"),
        lambda d: d["form"][0]["section"][0]["question"][0].update(asks="soul"),
        lambda d: d["stage"][0].update(colour="blue"),
    ],
)
def test_a_file_of_another_shape_is_refused_and_not_a_crash(definition, spoil):
    spoil(definition)

    with pytest.raises(method_file.MethodError):
        method_file.build(definition)


def test_a_file_that_is_not_toml_is_refused(tmp_path):
    broken = tmp_path / "broken.toml"
    broken.write_text("name = ", encoding="utf-8")

    with pytest.raises(method_file.MethodError, match="not a TOML file"):
        method_file.load(broken)


def test_a_file_nested_beyond_measure_is_refused_and_not_a_crash(tmp_path):
    deep = tmp_path / "deep.toml"
    deep.write_text(f"name = {'[' * 50_000}", encoding="utf-8")

    with pytest.raises(method_file.MethodError, match="nested too deeply"):
        method_file.load(deep)
