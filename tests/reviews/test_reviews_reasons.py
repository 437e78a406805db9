"""The reasons are data that a team can change, and that is checked when it is read."""

from pathlib import Path

import pytest

from dfec_explore.errors import StoreError
from dfec_explore.reviews import reasons


def test_reasons_keep_the_ids_that_reviews_store() -> None:
    assert [reason.id for reason in reasons()] == [
        "wrong-action",
        "missing-action",
        "wrong-order",
        "left-right",
        "wrong-intensity",
        "not-visible",
        "wrong-person",
        "interpretation",
        "language",
        "clip-problem",
    ]


def test_reasons_explain_themselves() -> None:
    assert all(reason.title and reason.explanation.endswith(".") for reason in reasons())


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "reason"),
        ("[[reason]]\nid = 'a'\ntitle = 'A'", "explanation"),
        ("[[reason]]\nid = 'a'\ntitle = 'A'\nexplanation = 'x'\ncolour = 'red'", "colour"),
        ("[[reason]]\nid = 'A b'\ntitle = 'A'\nexplanation = 'x'", "id"),
        ("[[reason]]\nid = 'a'\ntitle = 'A'\nexplanation = 'x'\n" * 2, "'a' is there twice"),
        ("[[reason", "array declaration"),
    ],
)
def test_reasons_file_that_does_not_fit_is_refused(tmp_path: Path, text: str, problem: str) -> None:
    path = tmp_path / "reasons.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(StoreError, match=problem):
        reasons(path)


def test_reasons_file_that_is_missing_is_told(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="could not read the reasons"):
        reasons(tmp_path / "none.toml")
