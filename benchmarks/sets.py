"""Sets of any size to measure with: captions of the demo's grammar, all different, in the released shape."""

import json
from collections.abc import Iterator
from itertools import count, islice
from pathlib import Path

from dfec_explore.demo import demo_samples


def captions() -> Iterator[tuple[str, str]]:
    """Endless (video, caption), no caption twice."""
    seen: set[int] = set()
    for seed in count(1):
        for sample in demo_samples(seed):
            number = len(seen)
            caption = sample.annotation.caption
            if hash(caption) in seen:
                continue
            seen.add(hash(caption))
            folder, _, name = sample.annotation.video.rpartition("/")
            yield f"{folder}/{number}-{name}", caption


def write_set(path: Path, size: int) -> Path:
    """Write a set of this size as JSON, unless it is there."""
    if path.is_file():
        return path
    temporary = path.with_suffix(".part")
    with temporary.open("w", encoding="utf-8") as file:
        file.write("[")
        for number, (video, caption) in enumerate(islice(captions(), size)):
            file.write(",\n" if number else "\n")
            file.write(json.dumps({"id": str(number), "video": video, "caption": caption}))
        file.write("\n]\n")
    temporary.rename(path)
    return path
