"""Run as a process of its own: saves reviews one after the other and says so, a line each.

``saving ID`` before a save, ``saved ID`` once it is done. After a failure it says ``failed WHY`` and ``readable N``
(how many rows can be read meanwhile), lifts its limit of the file size if there was one, and saves the same review
again, for as long as its patience lasts.
"""

import argparse
import time

from review_makers import make_review

from dfec_explore.errors import StoreError
from dfec_explore.model import Review
from dfec_explore.reviews import ReviewStore, open_store


def limit_file_size(size: int) -> None:
    import resource

    _, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (hard if size < 0 else size, hard))


def written(reviewer: str, number: int) -> Review:
    """The review that a writer saves as the one with this number."""
    sample = f"{reviewer}-{number}"
    return make_review(sample, row_id=f"row-{sample}", reviewer=reviewer, note="n" * 500)


def save(store: ReviewStore, review: Review, give_up: float) -> None:
    while True:
        try:
            store.save(review)
        except StoreError as error:
            say("failed", error)
            if time.monotonic() > give_up:
                raise
            say("readable", readable(store))
            time.sleep(0.05)
            limit_file_size(-1)
        else:
            return


def readable(store: ReviewStore) -> int:
    try:
        return sum(1 for _ in store.reviews())
    except StoreError:
        return -1


def say(*words: object) -> None:
    print(*words, flush=True)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("url")
    parser.add_argument("reviewer")
    parser.add_argument("count", type=int)
    parser.add_argument("--first", type=int, default=0, help="number of the first review")
    parser.add_argument("--file-size", type=int, help="bytes that no file may exceed")
    parser.add_argument("--patience", type=float, default=5.0, help="seconds for which a save is tried again")
    options = parser.parse_args()
    store = open_store(options.url)
    if options.file_size:
        limit_file_size(options.file_size)
    for number in range(options.first, options.first + options.count):
        review = written(options.reviewer, number)
        say("saving", review.row_id)
        save(store, review, time.monotonic() + options.patience)
        say("saved", review.row_id)


if __name__ == "__main__":
    main()
