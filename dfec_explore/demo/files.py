"""Where the demo lies on disk: annotations, the truth behind them, and the clips."""

import json
import os
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path
from typing import Any

from dfec_explore.demo.samples import DEFAULT_SEED, DemoSample, demo_samples
from dfec_explore.model import Dataset, DatasetPart

GENERATOR_VERSION = 1
"""Raise it with every change of what is drawn or written: the demo is then made anew beside the old one."""


def demo_root(folder: Path, *, seed: int = DEFAULT_SEED) -> Path:
    """The folder of this generator's demo; another version or seed has another, so they never mix."""
    return folder / f"v{GENERATOR_VERSION}-{seed}"


def demo_clips_folder(folder: Path, *, seed: int = DEFAULT_SEED) -> Path:
    """The parent of all sources' clips: what the setting for the clips' root names."""
    return demo_root(folder, seed=seed) / "clips"


def write_annotations(folder: Path, *, seed: int = DEFAULT_SEED) -> Path:
    """Write ``test.json`` in the released shape and ``truth.jsonl`` beside it, unless both are there.

    ``truth.jsonl`` has a line for each sample: id, video, source, emotion, duration in seconds, fps, left_right,
    flaw (None, or in what the caption deliberately disagrees with the clip), timeline (what is drawn) and events
    (what the caption says, with offsets).

    Returns:
        Path of ``test.json``.
    """
    root = demo_root(folder, seed=seed)
    annotations, truth = root / "test.json", root / "truth.jsonl"
    if annotations.is_file() and truth.is_file():
        return annotations
    root.mkdir(parents=True, exist_ok=True)
    samples = demo_samples(seed)
    _write_whole(truth, "".join(f"{json.dumps(line, ensure_ascii=False)}\n" for line in _truth(samples)))
    records = [{"id": s.annotation.id, "video": s.annotation.video, "caption": s.annotation.caption} for s in samples]
    _write_whole(annotations, json.dumps(records, ensure_ascii=False, indent=2) + "\n")
    return annotations


def _truth(samples: Iterable[DemoSample]) -> Iterable[dict[str, Any]]:
    for sample in samples:
        yield {
            "id": sample.annotation.id,
            "video": sample.annotation.video,
            "source": sample.source,
            "emotion": sample.emotion,
            "duration": sample.duration,
            "fps": sample.fps,
            "left_right": "viewer",
            "flaw": sample.flaw,
            "timeline": [_stated(asdict(action)) for action in sample.timeline],
            "events": [_stated(asdict(event)) for event in sample.events],
        }


def _stated(values: dict[str, Any]) -> dict[str, Any]:
    """Without what is not said: the form of the gold annotations."""
    return {name: value for name, value in values.items() if value is not None}


def _write_whole(path: Path, text: str) -> None:
    partial = path.with_name(f".{path.name}.{os.getpid()}.partial")
    partial.write_text(text, encoding="utf-8")
    partial.replace(path)


def demo_dataset(folder: Path, *, seed: int = DEFAULT_SEED) -> Dataset:
    """The demo as a dataset. Left and right are as seen on screen, as the faces are drawn."""
    part = DatasetPart(name="test", path=demo_root(folder, seed=seed) / "test.json")
    return Dataset(name="DFEC demo", parts=(part,), left_right="viewer", is_demo=True)


def demo_folder_ready(folder: Path, *, seed: int = DEFAULT_SEED) -> tuple[int, int]:
    """How many clips of the demo are drawn, and how many there are in all."""
    clips, samples = demo_clips_folder(folder, seed=seed), demo_samples(seed)
    return sum((clips / sample.annotation.video).is_file() for sample in samples), len(samples)
