"""Documents against the code: what they name exists, what exists is documented."""

import re
from pathlib import Path

import click
import pytest

from matcher.fields import FIELDS
from matcher.measure import MEASURES
from web.cli import seedbed

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
REFERENCE = (ROOT / "docs" / "reference.md").read_text(encoding="utf-8")
COMMANDS = sorted(seedbed.commands.items())


def test_every_promise_of_the_readme_names_a_test():
    named = set(re.findall(r"`(test_\w+)`", README))
    written = "\n".join(path.read_text(encoding="utf-8") for path in ROOT.glob("tests/test_*.py"))
    assert named
    assert [name for name in sorted(named) if f"def {name}(" not in written] == []


def test_links_in_documents_lead_somewhere():
    for page in [*ROOT.glob("*.md"), *ROOT.glob("docs/*.md")]:
        for target in re.findall(r"\]\(([^)#:]+)\)", page.read_text(encoding="utf-8")):
            assert (page.parent / target).exists(), f"{page.name} links to {target}"


@pytest.mark.parametrize(("name", "command"), COMMANDS, ids=[name for name, _ in COMMANDS])
def test_every_command_and_option_is_documented(name, command):
    assert command.help
    section = REFERENCE.partition(f"### seedbed {name}")[2].partition("\n### ")[0]
    shared = REFERENCE.partition("### Shared options")[2].partition("\n### ")[0]
    for parameter in command.params:
        if isinstance(parameter, click.Option) and not parameter.hidden:
            assert f"`{parameter.opts[0]}" in section + shared, parameter.opts[0]


def test_every_field_is_documented():
    assert [entry.name for entry in FIELDS if f"`{entry.name}`" not in REFERENCE] == []


def test_every_measure_is_documented_with_its_formula():
    assert [
        each.name for each in MEASURES if f"| `{each.name}` | {each.formula} |" not in REFERENCE
    ] == []


def test_commands_of_the_readme_exist():
    for name in re.findall(r"`?seedbed (\w+)", README):
        assert name in seedbed.commands


def test_the_python_example_runs(capsys):
    (code,) = re.findall(r"```python\n(.*?)```", REFERENCE, flags=re.DOTALL)
    exec(compile(code, "reference.md", "exec"), {})
    assert capsys.readouterr().out.startswith("optimal ")
