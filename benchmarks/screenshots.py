"""``make screenshots``: the pictures of the README, taken of the demo."""

from pathlib import Path

from benchmarks.app import browser_page, drawn_demo, server

FOLDER = Path(__file__).parents[1] / "docs" / "images"
PAGES = {"overview": "", "vocabulary": "vocabulary", "review": "review?queue=all", "browse": "browse"}


def main() -> None:
    """Draw the demo, open its pages, and keep a picture of each."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    state = drawn_demo()
    with server({"DFEC_STATE": str(state), "DFEC_REVIEWER": "Ada"}) as (address, _, _), browser_page() as page:
        for name, path in PAGES.items():
            page.goto(f"{address}/{path}")
            page.get_by_role("heading", level=1).wait_for(timeout=60_000)
            page.wait_for_timeout(5000)
            page.screenshot(path=FOLDER / f"{name}.png")


if __name__ == "__main__":
    main()
