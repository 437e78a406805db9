"""Pictures and facts are made once, kept within bounds, and made again when clip or entry changed."""

import io
import os
import shutil
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from PIL import Image

from dfec_explore.clips import ClipCache, DecoderBusy, Prober
from dfec_explore.errors import ClipError

MakeClip = Callable[..., Path]

pytestmark = pytest.mark.video


class CountingProber(Prober):
    """A real prober that notes what it was asked."""

    def __init__(self) -> None:
        super().__init__(workers=1)
        self.calls: list[str] = []

    def _request(self, kind, path, **options):  # type: ignore[no-untyped-def]
        self.calls.append(kind)
        return super()._request(kind, path, **options)


@pytest.fixture(scope="module")
def shared():
    with CountingProber() as prober:
        yield prober


@pytest.fixture
def counting(shared: CountingProber) -> CountingProber:
    shared.calls.clear()
    return shared


@pytest.fixture
def own_clip(clip: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(clip, tmp_path / "own.mp4"))


@pytest.fixture
def cache(tmp_path: Path, counting: CountingProber) -> ClipCache:
    return ClipCache(tmp_path / "cache", 10_000_000, prober=counting)


def entries(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def test_cache_makes_each_thing_once(cache: ClipCache, own_clip: Path, counting: CountingProber) -> None:
    first = (cache.facts(own_clip), cache.thumbnail(own_clip), cache.filmstrip(own_clip))
    second = (cache.facts(own_clip), cache.thumbnail(own_clip), cache.filmstrip(own_clip))
    assert first == second
    assert counting.calls == ["facts", "thumbnail", "filmstrip"]
    assert first[0].frames == 20
    assert Image.open(io.BytesIO(first[1])).height == 120
    assert Image.open(io.BytesIO(first[2])).size == (10 * 114, 64)


def test_cache_is_found_again_by_the_next_run(
    cache: ClipCache, own_clip: Path, tmp_path: Path, counting: CountingProber
) -> None:
    picture = cache.thumbnail(own_clip)
    assert ClipCache(tmp_path / "cache", 10_000_000, prober=counting).thumbnail(own_clip) == picture
    assert len(counting.calls) == 1


def test_cache_keeps_other_options_apart(cache: ClipCache, own_clip: Path) -> None:
    heights = [Image.open(io.BytesIO(cache.thumbnail(own_clip, height=height))).height for height in (40, 80, 40)]
    assert heights == [40, 80, 40]


def test_cache_makes_it_again_when_the_file_changed(
    cache: ClipCache, own_clip: Path, make_clip: MakeClip, tmp_path: Path
) -> None:
    assert cache.facts(own_clip).frames == 20
    shutil.copy(make_clip(tmp_path / "longer.mp4", seconds=3), own_clip)
    assert cache.facts(own_clip).frames == 30


def test_cache_makes_it_again_when_only_the_time_changed(
    cache: ClipCache, own_clip: Path, counting: CountingProber
) -> None:
    cache.facts(own_clip)
    os.utime(own_clip, ns=(1, 1))
    cache.facts(own_clip)
    assert len(counting.calls) == 2


@pytest.mark.parametrize("damage", [b"", b"short", b"x" * 5000])
def test_cache_replaces_a_damaged_entry(
    damage: bytes, cache: ClipCache, own_clip: Path, tmp_path: Path, counting: CountingProber
) -> None:
    picture = cache.thumbnail(own_clip)
    (entry,) = entries(tmp_path / "cache")
    entry.write_bytes(damage)
    assert cache.thumbnail(own_clip) == picture
    assert cache.thumbnail(own_clip) == picture
    assert len(counting.calls) == 2


def test_cache_notices_a_single_flipped_bit(
    cache: ClipCache, own_clip: Path, tmp_path: Path, counting: CountingProber
) -> None:
    picture = cache.thumbnail(own_clip)
    (entry,) = entries(tmp_path / "cache")
    stored = bytearray(entry.read_bytes())
    stored[-1] ^= 1
    entry.write_bytes(stored)
    assert cache.thumbnail(own_clip) == picture


def test_cache_threads_that_want_the_same_wait_for_one(
    cache: ClipCache, own_clip: Path, counting: CountingProber
) -> None:
    start = threading.Barrier(8)

    def ask() -> bytes:
        start.wait()
        return cache.filmstrip(own_clip)

    with ThreadPoolExecutor(8) as pool:
        pictures = {future.result() for future in [pool.submit(ask) for _ in range(8)]}
    assert len(pictures) == 1
    assert counting.calls == ["filmstrip"]


def test_cache_remembers_that_a_clip_is_unreadable(
    cache: ClipCache, own_clip: Path, clip: Path, counting: CountingProber
) -> None:
    own_clip.write_text("no video")
    for _ in range(3):
        with pytest.raises(ClipError, match="no video"):
            cache.thumbnail(own_clip)
    assert counting.calls == ["thumbnail"]
    shutil.copy(clip, own_clip)
    assert cache.thumbnail(own_clip)


def test_cache_does_not_blame_a_clip_for_busy_decoders(tmp_path: Path, own_clip: Path) -> None:
    with Prober(workers=1, patience=0.01) as prober:
        cache = ClipCache(tmp_path / "cache", 10_000_000, prober=prober)
        with prober._worker(own_clip), pytest.raises(DecoderBusy):
            cache.thumbnail(own_clip)
        assert cache.thumbnail(own_clip)


def test_cache_of_a_missing_file_says_so(cache: ClipCache, tmp_path: Path) -> None:
    with pytest.raises(ClipError, match=r"gone.mp4: it cannot be opened"):
        cache.thumbnail(tmp_path / "gone.mp4")


def test_cache_stays_within_its_bound_and_drops_the_oldest(
    tmp_path: Path, own_clip: Path, counting: CountingProber
) -> None:
    folder, bound = tmp_path / "cache", 30_000
    cache = ClipCache(folder, bound, prober=counting)
    sizes = []
    for step, height in enumerate(range(60, 90)):
        cache.thumbnail(own_clip, height=height)
        sizes.append(sum(path.stat().st_size for path in entries(folder)))
        for path in entries(folder):
            if path.stat().st_mtime > 10_000:
                os.utime(path, (step, step))
    assert max(sizes) <= bound * 1.1
    assert sizes[-1] > bound / 2
    counting.calls.clear()
    cache.thumbnail(own_clip, height=89)
    assert counting.calls == []
    cache.thumbnail(own_clip, height=60)
    assert counting.calls == ["thumbnail"]


def test_cache_removes_what_a_killed_process_left(tmp_path: Path, own_clip: Path, counting: CountingProber) -> None:
    folder = tmp_path / "cache"
    for name, age in (("old.part", 10_000), ("new.part", 0)):
        path = folder / "ab" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"x" * 50_000)
        if age:
            os.utime(path, (age, age))
    ClipCache(folder, 20_000, prober=counting).thumbnail(own_clip)
    assert {path.name for path in folder.glob("*/*.part")} == {"new.part"}


def test_cache_answers_when_it_cannot_write(tmp_path: Path, own_clip: Path, counting: CountingProber) -> None:
    (tmp_path / "cache").write_text("a file where the folder should be")
    cache = ClipCache(tmp_path / "cache", 10_000_000, prober=counting)
    assert cache.facts(own_clip).frames == 20
