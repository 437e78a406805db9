"""What a correction changes, as the browser is told."""

from dfec_explore.web.corrections import compare


def test_web_corrections_name_the_actions_of_real_captions() -> None:
    before = "The video shows a man. At the beginning, he looks to the left."
    after = "The video shows a man. At the beginning, he looks to the right and smiles."
    actions = compare(before, after, {"gaze": ("Gaze", "gaze")})["actions"]
    assert actions == {
        "before": 1,
        "after": 2,
        "changes": [
            {
                "kind": "changed",
                "title": "Gaze",
                "region": "gaze",
                "before": "left, beginning",
                "after": "right, beginning",
            },
            {"kind": "added", "title": "lip_corner_pull", "region": "", "before": "", "after": "beginning"},
        ],
    }
