"""Groups of duplicates: captions that a check of all captions puts together."""

from collections.abc import Sequence
from dataclasses import dataclass

from dfec_explore.query.explorer import Explorer
from dfec_explore.query.filters import Filters
from dfec_explore.query.flags import ORDER, fitting


@dataclass(frozen=True, slots=True)
class FlagGroup:
    """Captions that belong together, by a check."""

    check: str
    severity: str
    """The gravest of the group."""
    numbers: tuple[int, ...]
    """The captions' numbers, in the order of the file; the first ``most`` of them."""
    size: int
    """How many they are."""


def group_page(
    explorer: Explorer, filters: Filters, *, number: int, size: int, most: int
) -> tuple[tuple[FlagGroup, ...], int]:
    """A page of the groups that have a caption among the selected ones, gravest and largest first.

    A group is shown whole: also with captions that the filters leave out. Flags that were dismissed are left out.

    Args:
        explorer: the dataset.
        filters: check and severity are asked of one flag.
        number: of the page, from 1.
        size: groups a page.
        most: captions of a group that are told one by one.

    Returns:
        The groups, and how many there are in all.
    """
    condition, values = fitting(explorer, filters)
    chosen = f'SELECT DISTINCT "check", group_no FROM standing_flags WHERE {condition} AND group_no IS NOT NULL'  # noqa: S608
    grouped = (
        f'SELECT f."check", min({ORDER}) AS rank, count(DISTINCT sample_no) AS captions, '  # noqa: S608
        "list(DISTINCT sample_no ORDER BY sample_no) AS numbers, min(sample_no) AS first "
        f'FROM standing_flags f JOIN ({chosen}) c USING ("check", group_no) GROUP BY f."check", group_no '
        "HAVING count(DISTINCT sample_no) > 1"
    )
    total = explorer.database.row(f"SELECT count(*) FROM ({grouped})", values)[0]  # noqa: S608
    rows = explorer.database.rows(
        f'SELECT "check", rank, captions, numbers[:?] FROM ({grouped}) '  # noqa: S608
        'ORDER BY rank, captions DESC, first, "check" LIMIT ? OFFSET ?',
        [most, *values, size, (number - 1) * size],
    )
    severities: Sequence[str] = ("error", "warning", "info")
    return tuple(FlagGroup(check, severities[rank], tuple(of), count) for check, rank, count, of in rows), int(total)
