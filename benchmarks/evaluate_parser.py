"""``make evaluate``: the parser's scores on the development captions and on those annotated before it ran on them."""

import json
import os
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path
from tempfile import TemporaryDirectory

from dfec_explore.annotations import open_annotations
from dfec_explore.language import extract_events
from dfec_explore.model import Annotation

HELD_OUT = Path(__file__).parents[1] / "tests" / "language" / "heldout_gold.jsonl"


def main() -> None:
    """Print the shared scorer's tables with the errors that are left."""
    data = os.environ.get("DFEC_TEST_DATA")
    if not data:
        raise SystemExit("DFEC_TEST_DATA is not set: the annotated captions and their scorer are not here.")
    shared = Path(data)
    accepted = [record for record in open_annotations(shared / "dfec" / "test.json") if isinstance(record, Annotation)]
    with TemporaryDirectory() as folder:
        predicted = Path(folder) / "events.jsonl"
        with predicted.open("w", encoding="utf-8") as lines:
            for record, events in zip(accepted, extract_events(a.caption for a in accepted), strict=True):
                lines.write(json.dumps({"id": record.id, "events": [asdict(event) for event in events]}) + "\n")
        for title, gold in (("development", shared / "gold" / "dev.jsonl"), ("held out", HELD_OUT)):
            print(f"\n{title}", flush=True)
            command = [sys.executable, str(shared / "gold" / "score_events.py"), str(gold), str(predicted)]
            subprocess.run([*command, "--confusions"], check=True)


if __name__ == "__main__":
    main()
