"""The promises of the house: small rooms, guarded doors, one hand on the stage, no sentence outside the catalogue."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SOURCES = sorted((ROOT / "review_app").rglob("*.py"))
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
LONGEST_FILE, LONGEST_FUNCTION, LONGEST_TEMPLATE = 300, 30, 120
SAFE_MARKUP = {"review_app/web/pages/reports.py", "review_app/web/rich_text.py", "review_app/reports/page.py"}


def _name(path):
    return path.relative_to(ROOT).as_posix()


def _tree(path):
    return ast.parse(path.read_text(encoding="utf-8"))


def _functions(path):
    return [n for n in ast.walk(_tree(path)) if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef)]


def _body_lines(function):
    first = function.body[0]
    has_docstring = isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant)
    start = (first.end_lineno or first.lineno) + 1 if has_docstring else first.lineno
    return (function.end_lineno or start) - start + 1


@pytest.mark.parametrize("path", [*SOURCES, *sorted((ROOT / "tests").rglob("*.py"))], ids=_name)
def test_no_file_is_longer_than_three_hundred_lines(path):
    assert len(path.read_text(encoding="utf-8").splitlines()) <= LONGEST_FILE


def test_no_function_is_longer_than_thirty_lines():
    long = [f"{_name(p)}:{f.name}" for p in SOURCES for f in _functions(p) if _body_lines(f) > LONGEST_FUNCTION]

    assert long == []


def test_every_file_says_what_its_room_is_for():
    silent = [_name(path) for path in SOURCES if not ast.get_docstring(_tree(path))]

    assert silent == []


def test_there_is_no_cellar():
    cellars = [p for p in SOURCES if p.stem in ("utils", "helpers", "common", "manager", "misc", "tools")]

    assert cellars == []


def test_no_import_hides_inside_a_function():
    hidden = [
        f"{_name(path)}:{node.lineno}"
        for path in SOURCES
        for function in _functions(path)
        for node in ast.walk(function)
        if isinstance(node, ast.Import | ast.ImportFrom)
    ]

    assert hidden == []


def test_only_the_workflow_writes_the_stage():
    writers = {
        _name(path)
        for path in SOURCES
        for node in ast.walk(_tree(path))
        if isinstance(node, ast.Assign | ast.AugAssign | ast.AnnAssign)
        for target in (node.targets if isinstance(node, ast.Assign) else [node.target])
        if isinstance(target, ast.Attribute) and target.attr == "stage" and _is_row(target)
    }

    assert writers <= {"review_app/services/workflow.py"}


def _is_row(target):
    return not (isinstance(target.value, ast.Name) and target.value.id == "self")


def test_only_the_gate_the_worker_and_commands_commit():
    committers = {_name(path) for path in SOURCES if "session.commit()" in path.read_text(encoding="utf-8")}

    allowed = ("review_app/web/gate.py", "review_app/web/sessions.py", "review_app/tasks/", "review_app/cli/")
    strange = {name for name in committers if not name.startswith(allowed)}
    assert strange == set()


def test_no_page_service_or_template_asks_for_a_stage_or_a_role_by_name():
    asked = re.compile(r"\.stage\s*(==|!=|in\b)|is_secretariat|role\s*==\s*[\"']")
    rooms = [p for p in SOURCES if p.parts[-2] in ("pages", "services", "forms")] + TEMPLATES
    allowed = {"review_app/services/workflow.py"}

    found = [_name(p) for p in rooms if asked.search(p.read_text(encoding="utf-8")) and _name(p) not in allowed]

    assert found == []


def test_markup_is_trusted_in_three_places_at_most():
    trusting = re.compile(r"\|\s*safe\b|Markup\(|render_template_string")
    found = {_name(p) for p in [*SOURCES, *TEMPLATES] if trusting.search(p.read_text(encoding="utf-8"))}

    assert len(found) <= 3, found


@pytest.mark.parametrize("path", TEMPLATES, ids=_name)
def test_a_template_is_short_and_holds_no_style_script_or_handler(path):
    text = path.read_text(encoding="utf-8")

    assert len(text.splitlines()) <= LONGEST_TEMPLATE
    assert not re.search(r"\sstyle\s*=|<style\b|<script(?![^>]*\bsrc=)|\son[a-z]+\s*=\s*[\"']|javascript:", text)


def test_every_sentence_in_a_template_goes_through_the_catalogue():
    plain = []
    for path in TEMPLATES:
        text = re.sub(
            r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}|<[^>]*>|&[a-z]+;", "\0", path.read_text(encoding="utf-8"), flags=re.S
        )
        plain += [f"{_name(path)}: {part.strip()}" for part in text.split("\0") if re.search(r"[A-Za-z]{3}", part)]

    assert plain == []


def test_nothing_third_party_and_no_registry_address_stands_in_the_repository():
    places = re.compile(r"registry\.npmjs|pypi\.org|files\.pythonhosted|deb\.debian\.org|unpkg\.com|jsdelivr")
    names = [p for p in ROOT.iterdir() if p.is_file()] + SOURCES + TEMPLATES + sorted((ROOT / "assets").rglob("*.*"))

    found = [
        _name(p)
        for p in names
        if p.suffix != ".woff2" and places.search(p.read_text(encoding="utf-8", errors="ignore"))
    ]

    assert found == []
    assert list((ROOT / "assets").rglob("*.woff2")) == []
