"""The scan of a clip folder: every name once, nothing opened, no link out followed, read again where it changed."""

import os
import socket
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dfec_explore.clips import scan
from dfec_explore.clips.scan import ScannedFolder, ScanSummary, read_scan, scan_folder


class Told:
    """Keeps what was reported."""

    def __init__(self) -> None:
        self.all: list[tuple[int, int | None, str]] = []

    def report(self, done: int, total: int | None, message: str = "") -> None:
        self.all.append((done, total, message))


class Scanned:
    """A folder, and the scan of it."""

    def __init__(self, base: Path) -> None:
        self.root, self.file = base / "clips", base / "cache" / "scan.jsonl"
        self.told = Told()
        self.root.mkdir()

    def put(self, name: str | bytes, content: bytes = b"x") -> Path:
        path = os.path.join(os.fsencode(self.root), os.fsencode(name))
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "wb") as file:
            file.write(content)
        return Path(os.fsdecode(path))

    def age(self) -> None:
        """Make every folder one that was last changed long ago, as the scan sees it."""
        self.lines = [line.replace('"r":', '"r":9') for line in self.file.read_text().splitlines(keepends=True)]
        self.file.write_text("".join(self.lines))

    def __call__(self, **options: bool) -> ScanSummary:
        return scan_folder(self.root, self.file, self.told, **options)

    def folders(self) -> dict[str, ScannedFolder]:
        return {folder.path: folder for folder in read_scan(self.file)}


@pytest.fixture
def scanned(tmp_path: Path) -> Scanned:
    return Scanned(tmp_path)


def test_scan_sorts_names_by_kind(scanned: Scanned) -> None:
    for name in ("b.mp4", "a.AVI", "x.zip", "y.tar.gz", "z.7z.001", "1.png", "._1.png", "notes.txt", "sub/c.webm"):
        scanned.put(name)
    summary = scanned()
    top = scanned.folders()[""].listing
    assert (top.clips, top.archives, top.folders) == (("a.AVI", "b.mp4"), ("x.zip", "y.tar.gz", "z.7z.001"), ("sub",))
    assert (top.pictures, top.others) == (1, 2)
    assert scanned.folders()["sub"].listing.clips == ("c.webm",)
    assert (summary.files, summary.folders, summary.read) == (9, 2, 2)


def test_scan_gives_each_folder_after_the_one_it_lies_in(scanned: Scanned) -> None:
    for name in ("a b/1.mp4", "a/b/2.mp4", "a/b c/3.mp4", "a/b/c/4.mp4", "a-b/5.mp4"):
        scanned.put(name)
    scanned()
    assert list(scanned.folders()) == ["", "a", "a/b", "a/b/c", "a/b c", "a b", "a-b"]


def test_scan_of_no_folder_has_none(scanned: Scanned) -> None:
    scanned.root.rmdir()
    assert scanned().folders == 0
    assert scanned.folders() == {}


def test_scan_reads_again_only_what_changed(scanned: Scanned) -> None:
    for name in ("a/1.mp4", "b/2.mp4", "b/c/3.mp4"):
        scanned.put(name)
    assert scanned().read == 4
    scanned.age()
    assert scanned().read == 0
    scanned.put("b/4.mp4")
    summary = scanned()
    assert (summary.read, summary.folders, summary.clips) == (1, 4, 4)
    assert scanned.folders()["b"].listing.clips == ("2.mp4", "4.mp4")


def test_scan_forgets_what_was_removed_and_sees_what_is_new_in_order(scanned: Scanned) -> None:
    for name in ("a/1.mp4", "b/2.mp4", "d/3.mp4"):
        scanned.put(name)
    scanned()
    scanned.age()
    (scanned.root / "b" / "2.mp4").unlink()
    (scanned.root / "b").rmdir()
    scanned.put("c/new.mp4")
    summary = scanned()
    assert list(scanned.folders()) == ["", "a", "c", "d"]
    assert summary.read == 2


def test_scan_reads_a_folder_again_that_changed_just_before_it_was_read(scanned: Scanned) -> None:
    scanned.put("a/1.mp4")
    scanned()
    assert scanned().read == 2


def test_scan_notices_a_change_whose_time_was_set_back(scanned: Scanned) -> None:
    scanned.put("a/1.mp4")
    os.utime(scanned.root / "a", (1, 1))
    scanned()
    scanned.age()
    scanned.put("a/2.mp4")
    os.utime(scanned.root / "a", (1, 1))
    assert scanned().read == 1
    assert scanned.folders()["a"].listing.clips == ("1.mp4", "2.mp4")


def test_scan_reads_all_again_when_told_to(scanned: Scanned) -> None:
    scanned.put("a/1.mp4")
    scanned()
    scanned.age()
    assert scanned(fresh=True).read == 2


@pytest.mark.parametrize(
    "damage", ["", "{", "[]\n", '{"version":0}\n', '{"version":1}\n{"n":3}\n', '{"version":1}\nnull\n']
)
def test_scan_starts_anew_from_a_file_that_is_none(scanned: Scanned, damage: str) -> None:
    scanned.put("a/1.mp4")
    scanned.file.parent.mkdir()
    scanned.file.write_text(damage)
    assert scanned().clips == 1
    assert scanned.folders()["a"].listing.clips == ("1.mp4",)


def test_scan_leaves_no_half_written_file_behind(scanned: Scanned, monkeypatch: pytest.MonkeyPatch) -> None:
    scanned.put("a/1.mp4")
    scanned()
    before = scanned.file.read_text()

    def fail(*_: object) -> str:
        raise OSError("disk full")

    monkeypatch.setattr(scan, "_line", fail)
    with pytest.raises(OSError, match="disk full"):
        scanned()
    assert scanned.file.read_text() == before
    assert [path.suffix for path in scanned.file.parent.iterdir() if path.suffix == ".part"] == []


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        (b"new\nline.mp4", "control characters"),
        (b"bell\x07.mp4", "control characters"),
        ("line\u2028separator.mp4".encode(), "control characters"),
        (b"latin-\xe9.mp4", "not in UTF-8"),
        (b"sub\xff/1.mp4", "not in UTF-8"),
    ],
)
def test_scan_lists_names_that_it_refuses_and_does_not_enter_them(scanned: Scanned, name: bytes, reason: str) -> None:
    scanned.put(name)
    summary = scanned()
    (refused,) = scanned.folders()[""].refused
    assert refused[0] == os.fsdecode(name.split(b"/")[0])
    assert reason in refused[1]
    assert (summary.clips, summary.folders, summary.refused) == (0, 1, 1)
    assert summary.examples == [refused]


def test_scan_takes_names_in_other_scripts(scanned: Scanned) -> None:
    scanned.put("剪辑/表情 1.mp4")
    scanned()
    assert scanned.folders()["剪辑"].listing.clips == ("表情 1.mp4",)


def test_scan_lists_special_files_and_opens_none(scanned: Scanned) -> None:
    os.mkfifo(scanned.root / "fifo.mp4")
    with socket.socket(socket.AF_UNIX) as server:
        here = Path.cwd()
        os.chdir(scanned.root)  # The name of a socket has room for little.
        server.bind("socket.mp4")
        os.chdir(here)
        scanned()
    assert dict(scanned.folders()[""].refused) == {
        name: "is no regular file, not a clip" for name in ("fifo.mp4", "socket.mp4")
    }


def test_scan_refuses_links_that_lead_out_nowhere_back_or_to_a_device(scanned: Scanned, tmp_path: Path) -> None:
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside" / "x.mp4").touch()
    for name, target in {
        "file": tmp_path / "outside" / "x.mp4",
        "folder": tmp_path / "outside",
        "above": Path(".."),
        "device": Path("/dev/zero"),
        "broken": Path("gone.mp4"),
        "loop": Path("loop"),
        "self": Path("."),
    }.items():
        (scanned.root / name).symlink_to(target)
    summary = scanned()
    refused = dict(scanned.folders()[""].refused)
    assert set(refused) == {"file", "folder", "above", "device", "broken", "loop", "self"}
    assert all("leads out" in refused[name] for name in ("file", "folder", "above", "device"))
    assert all("leads nowhere" in refused[name] for name in ("broken", "loop"))
    assert "reached already" in refused["self"]
    assert (summary.folders, summary.clips) == (1, 0)


def test_scan_follows_a_link_that_stays_inside(scanned: Scanned) -> None:
    scanned.put("store/deep/1.mp4")
    (scanned.root / "a.mp4").symlink_to("store/deep/1.mp4")
    (scanned.root / "alias").symlink_to("store")
    scanned()
    folders = scanned.folders()
    assert folders[""].clip_links == {"a.mp4": "store/deep/1.mp4"}
    assert folders["alias"].target == "store"
    assert folders["alias/deep"].target == "store/deep"
    assert folders["alias/deep"].listing.clips == ("1.mp4",)


def test_scan_ends_where_links_lead_to_one_another(scanned: Scanned) -> None:
    """Twelve folders, each with a link to every other: without a bound there would be 12! ways through them."""
    names = [f"f{number}" for number in range(12)]
    for name in names:
        scanned.put(f"{name}/1.mp4")
        for other in names:
            if other != name:
                (scanned.root / name / f"to-{other}").symlink_to(f"../{other}")
    summary = scanned()
    assert summary.folders <= 1 + 2 * len(names)


def test_scan_sees_that_a_link_leads_elsewhere_now(scanned: Scanned, tmp_path: Path) -> None:
    scanned.put("a/1.mp4")
    (scanned.root / "link").symlink_to("a")
    scanned()
    scanned.age()
    (scanned.root / "a").rename(tmp_path / "moved")
    (scanned.root / "a").symlink_to(tmp_path / "moved")
    scanned()
    assert set(dict(scanned.folders()[""].refused)) == {"a", "link"}


@pytest.mark.skipif(os.geteuid() == 0, reason="permissions do not hold for root")
def test_scan_lists_a_folder_that_it_may_not_read(scanned: Scanned) -> None:
    scanned.put("shut/1.mp4")
    (scanned.root / "shut").chmod(0)
    scanned()
    (scanned.root / "shut").chmod(0o700)
    assert scanned.folders()["shut"].refused[0][0] == ""


def test_scan_stops_in_folders_that_are_too_deep(scanned: Scanned) -> None:
    scanned.put("/".join(["d"] * 50) + "/1.mp4")
    summary = scanned()
    assert (summary.folders, summary.clips, summary.refused) == (scan.MAX_DEPTH + 1, 0, 1)


def test_scan_stops_at_a_whole_disk_and_says_so(scanned: Scanned, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(30):
        scanned.put(f"{number:02d}/1.mp4")
    monkeypatch.setattr(scan, "MAX_ENTRIES", 20)
    summary = scanned()
    assert summary.is_cut
    assert summary.folders < 30


def test_scan_tells_how_far_it_is(scanned: Scanned, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scan, "REPORT_SECONDS", -1)
    for number in range(5):
        scanned.put(f"{number}/1.mp4")
    scanned()
    assert [(done, total) for done, total, _ in scanned.told.all] == [(n, None) for n in range(1, 7)] + [(6, 6)]
    scanned.told.all.clear()
    scanned()
    assert [(done, total) for done, total, _ in scanned.told.all][:2] == [(1, 6), (2, 6)]
    assert scanned.told.all[-1][2] == "5 files in 6 folders"


def test_scan_does_not_change_the_folder(scanned: Scanned) -> None:
    path = scanned.put("a/1.mp4")
    before = (path.stat().st_atime_ns, path.stat().st_mtime_ns, (scanned.root / "a").stat().st_mtime_ns)
    time.sleep(0.01)
    scanned()
    assert (path.stat().st_atime_ns, path.stat().st_mtime_ns, (scanned.root / "a").stat().st_mtime_ns) == before


NAMES = st.binary(min_size=1, max_size=12).filter(
    lambda name: b"/" not in name and b"\0" not in name and name not in (b".", b"..")
)


@given(names=st.lists(st.lists(NAMES, min_size=1, max_size=3), max_size=12))
@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_scan_of_any_names_on_disk_is_read_back_the_same(
    tmp_path_factory: pytest.TempPathFactory, names: list[list[bytes]]
) -> None:
    scanned = Scanned(tmp_path_factory.mktemp("any"))
    for pieces in names:
        try:
            scanned.put(b"/".join([*pieces[:-1], pieces[-1] + b".mp4"]))
        except (NotADirectoryError, IsADirectoryError):
            continue
    first = scanned()
    folders = scanned.folders()
    scanned.age()
    again = scanned()
    assert scanned.folders().keys() == folders.keys()
    assert (again.clips, again.refused, again.folders) == (first.clips, first.refused, first.folders)
    for folder in folders.values():
        for name in (*folder.listing.clips, *folder.path.split("/")):
            name.encode("utf-8")
            assert "\n" not in name
