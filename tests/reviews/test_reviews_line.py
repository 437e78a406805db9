"""Nobody who saves is kept waiting by others who came later."""

import threading
import time
from pathlib import Path

from review_makers import make_review

from dfec_explore.reviews import open_store
from dfec_explore.reviews.engine import writing
from dfec_explore.reviews.line import Line


def test_line_a_save_is_not_starved_by_one_who_writes_without_a_pause(tmp_path: Path) -> None:
    store = open_store(f"sqlite:///{tmp_path}/reviews.sqlite", busy_seconds=2)
    done = threading.Event()

    def write_on_and_on() -> None:
        while not done.is_set():
            with writing(store.engine):
                time.sleep(0.1)

    greedy = threading.Thread(target=write_on_and_on)
    greedy.start()
    try:
        for number in range(5):
            store.save(make_review(f"clip-{number}"))
    finally:
        done.set()
        greedy.join()
    assert [review.key.id for review in store.reviews()] == [f"clip-{number}" for number in range(5)]
    store.close()


def test_line_whoever_came_first_goes_first() -> None:
    line, order = Line(30), list[int]()

    def go(number: int) -> None:
        with line.turn():
            order.append(number)

    threads = [threading.Thread(target=go, args=(number,)) for number in range(10)]
    with line.turn():
        for number, thread in enumerate(threads):
            thread.start()
            while len(line._waiting) < number + 2:
                time.sleep(0.001)
    for thread in threads:
        thread.join()
    assert order == list(range(10))


def test_line_is_left_by_those_who_lost_patience() -> None:
    line = Line(0.01)
    with line.turn(), line.turn(), line.turn():
        assert len(line._waiting) == 3
    assert len(line._waiting) == 0
