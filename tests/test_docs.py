"""The documentation says what is true: references are fresh, README's examples run and print what it shows."""

import doctest
import os
import re
import shlex
from pathlib import Path

import pytest

from archiver.cli import COMMANDS
from archiver.config import Config, template
from archiver.errors import Exit
from archiver.extract.comments import PLATFORMS
from archiver.extract.model import Verdict
from tests import reference
from tests.cli.running import ROOT, archiver

README = (ROOT / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("page", reference.PAGES)
def test_reference_is_fresh(page: str) -> None:
    written = (reference.DOCS / page).read_text(encoding="utf-8")
    assert written == reference.PAGES[page](), "run `make docs`"


@pytest.mark.parametrize("command", COMMANDS)
def test_readme_names_the_command(command: str) -> None:
    assert re.search(rf"^\| `{command}\b", README, re.MULTILINE)


@pytest.mark.parametrize("code", Exit)
def test_readme_names_the_exit_code(code: Exit) -> None:
    assert re.search(rf"^\| {int(code)} \|", README, re.MULTILINE)


@pytest.mark.parametrize("command", COMMANDS)
def test_help_shows_an_example(command: str) -> None:
    page = reference.commands()
    section = page.partition(f"## archiver {command}\n")[2].partition("\n## ")[0]
    assert re.search(r"Example", section)


def test_template_names_every_setting() -> None:
    text = template()
    for name, table in Config.model_fields.items():
        fields = getattr(table.annotation, "model_fields", {})
        for key in fields:
            assert re.search(rf"^# {key} = ", text, re.MULTILINE), f"{name}.{key}"


@pytest.mark.parametrize("verdict", Verdict)
def test_design_names_the_verdict(verdict: Verdict) -> None:
    assert f"`{verdict}`" in (reference.DOCS / "design.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("platform", PLATFORMS, ids=lambda one: one.name)
def test_platforms_are_listed(platform: object) -> None:
    assert getattr(platform, "name", "") in (reference.DOCS / "adding-a-platform.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("target", sorted(set(re.findall(r"\]\(([^)#:]+)\)", README))))
def test_readme_links_lead_somewhere(target: str) -> None:
    assert (ROOT / target).exists()


def test_readme_tour_prints_what_it_shows(tmp_path: Path) -> None:
    (tmp_path / "tests").symlink_to(ROOT / "tests")
    checker = doctest.OutputChecker()
    for command, expected in _examples(README):
        done = archiver(*shlex.split(command)[1:], cwd=tmp_path)
        assert (done.code, done.err) == (0, ""), command
        pattern = re.sub(r"…\n?", "...", expected).strip()
        printed = done.out.strip()
        assert checker.check_output(pattern, printed, doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE), done.out


def _examples(text: str) -> list[tuple[str, str]]:
    """Commands of the ``console`` blocks, each with the lines that follow it."""
    found: list[tuple[str, str]] = []
    for block in re.findall(r"```console\n(.*?)```", text, re.DOTALL):
        for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            command, _, output = part.partition("\n")
            found.append((command, output))
    return found


def test_readme_has_no_path_of_a_machine() -> None:
    assert os.path.expanduser("~") not in README  # noqa: PTH111 - the text of it is wanted


def test_changelog_has_unreleased_changes() -> None:
    assert "## Unreleased" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
