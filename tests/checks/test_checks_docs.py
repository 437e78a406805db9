"""The document of the checks names every check, with its limits."""

from pathlib import Path

from dfec_explore.checks.registry import known_checks

TEXT = (Path(__file__).parents[2] / "docs" / "checks.md").read_text(encoding="utf-8")


def test_docs_name_every_check_with_its_title_and_limits() -> None:
    for check in known_checks().values():
        assert f"| `{check.id}` {check.title} |" in TEXT
        for name, default in check.limits.items():
            assert f"`{name}` {default:g}" in TEXT
