"""Ways to write the same records in every shape and encoding."""

import csv
import gzip
import io
import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

Record = dict[str, Any]
Write = Callable[[Path, Sequence[Record]], None]


def _dumps(value: Any, **options: Any) -> str:
    return json.dumps(value, ensure_ascii=False, **options)


def _table(records: Sequence[Record], delimiter: str) -> str:
    out = io.StringIO()
    writer = csv.DictWriter(out, ["id", "video", "caption"], delimiter=delimiter, lineterminator="\n")
    writer.writeheader()
    writer.writerows(records)
    return out.getvalue()


def _conversations(records: Sequence[Record]) -> list[Record]:
    return [
        {
            "id": record["id"],
            "video": record["video"],
            "conversations": [
                {"from": "human", "value": "<video>\nDescribe the face."},
                {"from": "gpt", "value": record["caption"]},
            ],
        }
        for record in records
    ]


def _without_id(record: Record) -> Record:
    return {name: value for name, value in record.items() if name != "id"}


TEXTS: dict[str, Callable[[Sequence[Record]], str]] = {
    "list": lambda records: _dumps(list(records)),
    "indented list": lambda records: _dumps(list(records), indent=2),
    "lines": lambda records: "".join(_dumps(record) + "\n" for record in records),
    "keyed": lambda records: _dumps({record["id"]: _without_id(record) for record in records}),
    "indented keyed": lambda records: _dumps({record["id"]: _without_id(record) for record in records}, indent=1),
    "wrapper": lambda records: _dumps({"version": 2, "info": {"by": "team"}, "data": list(records)}),
    "sequence": lambda records: "\n".join(_dumps(record, indent=2) for record in records),
    "conversations": lambda records: _dumps(_conversations(records)),
    "csv": lambda records: _table(records, ","),
    "tsv": lambda records: _table(records, "\t"),
    "semicolons": lambda records: _table(records, ";"),
}

ENCODINGS: dict[str, Callable[[str], bytes]] = {
    "utf-8": lambda text: text.encode(),
    "utf-8 with mark": lambda text: text.encode("utf-8-sig"),
    "utf-16": lambda text: b"\xff\xfe" + text.encode("utf-16-le"),
    "utf-16 big": lambda text: b"\xfe\xff" + text.encode("utf-16-be"),
    "gzip": lambda text: gzip.compress(text.encode()),
    "gzip utf-16": lambda text: gzip.compress(b"\xff\xfe" + text.encode("utf-16-le")),
}


def write_parquet(path: Path, records: Sequence[Record]) -> None:
    pq.write_table(pa.Table.from_pylist(list(records)), path)


def write_gzipped_parquet(path: Path, records: Sequence[Record]) -> None:
    write_parquet(path, records)
    path.write_bytes(gzip.compress(path.read_bytes()))


def _text_writer(shape: str, encoding: str) -> Write:
    def write(path: Path, records: Sequence[Record]) -> None:
        path.write_bytes(ENCODINGS[encoding](TEXTS[shape](records)))

    return write


WRITERS: dict[str, Write] = {
    **{f"{shape}, {encoding}": _text_writer(shape, encoding) for shape in TEXTS for encoding in ENCODINGS},
    "parquet": write_parquet,
    "parquet, gzip": write_gzipped_parquet,
}
