"""Run as a process of its own: saves reviews one after the other and prints each row id once it is saved.

Arguments: address of the store, name of the reviewer, how many, and optionally a number of bytes that no file may
exceed; a failure is printed, the limit is lifted, and the same review is saved again.
"""

import sys

from review_makers import make_review

from dfec_explore.errors import StoreError
from dfec_explore.reviews import open_store


def limit_file_size(size: int) -> None:
    import resource

    _, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (hard if size < 0 else size, hard))


def main(url: str, reviewer: str, count: str, file_size: str = "") -> None:
    store = open_store(url)
    if file_size:
        limit_file_size(int(file_size))
    for number in range(int(count)):
        review = make_review(f"{reviewer}-{number}", reviewer=reviewer, note="n" * 500)
        try:
            store.save(review)
        except StoreError as error:
            print("failed", error, flush=True)
            limit_file_size(-1)
            store.save(review)
        print("saved", review.row_id, flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
