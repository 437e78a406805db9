"""The documentation is true: its code runs, and what it must name it names."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from dfec_explore.language import load_lexicon
from dfec_explore.web.screens import SCREENS

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_docs_the_python_of_the_readme_runs() -> None:
    (code,) = re.findall(r"```python\n(.*?)```", README, flags=re.DOTALL)
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True)


@pytest.mark.parametrize("command", ["validate", "events", "index", "reviews export", "settings"])
def test_docs_the_readme_names_every_command(command: str) -> None:
    assert f"python -m dfec_explore {command}" in README


@pytest.mark.parametrize("screen", SCREENS, ids=lambda screen: screen.name)
def test_docs_the_readme_names_every_page(screen: object) -> None:
    assert f"*{screen.title}*" in README  # type: ignore[attr-defined]


def test_docs_every_label_of_the_parser_is_documented() -> None:
    text = (ROOT / "docs" / "parser.md").read_text(encoding="utf-8")
    missing = [label for label in load_lexicon().actions if f"`{label}`" not in text]
    assert missing == []


@pytest.mark.parametrize("page", sorted(ROOT.glob("*.md")) + sorted((ROOT / "docs").glob("*.md")), ids=lambda p: p.name)
def test_docs_links_between_documents_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\((?!https?://)([^)#]+)", page.read_text(encoding="utf-8")):
        assert (page.parent / target).exists(), f"{page.name} links to {target}"


def test_docs_nothing_names_a_place_on_somebodys_machine() -> None:
    tracked = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False).stdout.split()
    for name in tracked:
        path = ROOT / name
        if path.suffix in (".py", ".md", ".toml", ".js", ".css") and path != Path(__file__):
            text = path.read_text(encoding="utf-8")
            assert not re.search(r"/work/|/root/|/tmp/[a-z]", text), name
