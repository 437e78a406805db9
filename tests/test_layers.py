"""The rooms of the project and who may import whom: docs/architecture.md in executable form."""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "dfec_explore"

BASE = {"model", "errors", "__init__", "__version__"}
LEAVES = {"annotations", "language", "clips", "reviews", "jobs"}
MAY_IMPORT: dict[str, set[str]] = {
    "__init__": set(),
    "model": set(),
    "errors": set(),
    "settings": BASE,
    "sources": BASE | {"settings"},
    **{leaf: BASE | {"settings", "sources"} for leaf in LEAVES},
}
MAY_IMPORT["checks"] = BASE | {"settings", "sources", "language"}
MAY_IMPORT["index"] = BASE | {"settings", "sources", "checks"} | LEAVES
MAY_IMPORT["scoring"] = BASE | {"settings", "sources", "annotations", "language"}
MAY_IMPORT["query"] = MAY_IMPORT["index"] | {"index"}
MAY_IMPORT["charts"] = MAY_IMPORT["query"] | {"query"}
MAY_IMPORT["release"] = MAY_IMPORT["charts"]
MAY_IMPORT["demo"] = MAY_IMPORT["query"] | {"query", "charts"}
MAY_IMPORT["web"] = MAY_IMPORT["demo"] | {"demo", "release", "scoring"}
MAY_IMPORT["commands"] = MAY_IMPORT["web"]
MAY_IMPORT["cli"] = MAY_IMPORT["commands"] | {"commands"}

LIBRARY_ROOMS = {
    "streamlit": {"web", "pages", "app.py"},
    "starlette": {"web", "app.py"},
    "openpyxl": {"sources"},
    "duckdb": {"index", "query"},
    "sqlalchemy": {"reviews"},
    "psycopg": {"reviews"},
    "decord": {"clips"},
    "av": {"clips"},
    "imageio_ffmpeg": {"clips", "demo"},
    "spacy": {"language"},
    "ftfy": {"checks"},
    "spellchecker": {"checks"},
    "pycocoevalcap": {"scoring"},
    "rapidfuzz": {"scoring"},
    "plotly": {"charts"},
    "wordcloud": {"charts"},
    "squarify": {"charts"},
    "typer": {"cli", "commands"},
    "rich": {"cli", "commands"},
}


def imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        if isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import; write it in full"
            names = [alias.name for alias in node.names]
            base = node.module or ""
            yield from (f"{base}.{name}" for name in names) if base == "dfec_explore" else iter([base])


def room_of(path: Path) -> str:
    relative = path.relative_to(PACKAGE)
    return relative.parts[0].removesuffix(".py")


def sources() -> list[Path]:
    return sorted(PACKAGE.rglob("*.py"))


@pytest.mark.parametrize("path", sources(), ids=lambda p: str(p.relative_to(ROOT)))
def test_layers_a_room_imports_only_rooms_before_it(path: Path) -> None:
    room = room_of(path)
    assert room in MAY_IMPORT or room == "__main__", f"{room} is not in the picture: add it here and to the docs"
    allowed = MAY_IMPORT.get(room, MAY_IMPORT["cli"] | {"cli"}) | {room}
    reached = {name.split(".")[1] for name in imports(path) if name.startswith("dfec_explore.")}
    assert reached <= allowed, f"{room} may not import {sorted(reached - allowed)}"


@pytest.mark.parametrize("path", sources(), ids=lambda p: str(p.relative_to(ROOT)))
def test_layers_a_library_stays_in_its_rooms(path: Path) -> None:
    for name in imports(path):
        rooms = LIBRARY_ROOMS.get(name.split(".")[0])
        assert rooms is None or room_of(path) in rooms, f"{name} belongs in {sorted(rooms or ())}"


@pytest.mark.parametrize("path", sorted((ROOT / "pages").glob("*.py")), ids=lambda p: p.name)
def test_layers_a_page_only_describes_a_screen(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert len(text.splitlines()) < 80
    assert "session_state" not in text
    assert "cache_data" not in text
    assert "cache_resource" not in text
    reached = {name.split(".")[1] for name in imports(path) if name.startswith("dfec_explore.")}
    assert reached <= {"web", "charts", "query", "model"}


def test_layers_session_state_and_caches_have_one_home_each() -> None:
    state = {p.name for p in (PACKAGE / "web").rglob("*.py") if "st.session_state" in p.read_text(encoding="utf-8")}
    caches = {p.name for p in (PACKAGE / "web").rglob("*.py") if "st.cache_" in p.read_text(encoding="utf-8")}
    assert state <= {"state.py"}
    assert caches <= {"cached.py"}


def test_layers_every_room_is_filled() -> None:
    rooms = {p.name for p in PACKAGE.iterdir() if p.is_dir() and p.name != "__pycache__"}
    for room in rooms:
        assert any((PACKAGE / room).rglob("*.py")), f"{room} stands empty"


def test_layers_the_command_line_does_not_load_streamlit() -> None:
    import subprocess

    code = "import sys, dfec_explore.cli; print('streamlit' in sys.modules)"
    answer = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=True)
    assert answer.stdout.strip() == "False"
