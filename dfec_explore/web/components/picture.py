"""Buttons that save the picture of a chart, drawn by the browser that shows it, as PNG and as SVG."""

from collections.abc import Sequence

from dfec_explore.web.components.bundle import mount_picture


def picture_buttons(
    *,
    key: str,
    file: str,
    title: str,
    lines: Sequence[str] = (),
    chart: str = "",
    svg: str | None = None,
    ground: str,
    ink: str,
    quiet: str,
    font: str,
) -> None:
    """Draw the two buttons; a click makes the file without asking the server.

    Args:
        key: of the widget.
        file: name of the file, without its ending.
        title: stands above the picture.
        lines: stand below the title: what is selected, and what must not be missed.
        chart: key of the container with the plotly chart that is saved.
        svg: the picture itself, for one that plotly did not draw.
        ground: CSS colour behind the picture.
        ink: CSS colour of the title.
        quiet: CSS colour of the lines.
        font: CSS font family of both.
    """
    data = {
        "file": file,
        "title": title,
        "lines": list(lines),
        "chart": chart,
        "svg": svg,
        "ground": ground,
        "ink": ink,
        "quiet": quiet,
        "font": font,
    }
    mount_picture(data, key=key)
