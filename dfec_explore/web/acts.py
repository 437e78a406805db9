"""What a reviewer does in the bar of verdicts, as the browser sends it: one message for each act."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from dfec_explore.model import Verdict

Row = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{32}$")]
Text = Annotated[str, StringConstraints(max_length=100_000)]
Name = Annotated[str, StringConstraints(max_length=4_000)]
Offset = Annotated[int, Field(ge=0)]


class Act(BaseModel):
    """One act; what does not belong to its kind is empty."""

    model_config = ConfigDict(extra="ignore", frozen=True, allow_inf_nan=False)

    do: Literal["verdict", "undo", "redo", "next", "previous", "history", "guidelines"]
    row: Row
    """Made by the browser: names the act, and the row of the store that it makes."""
    sample: tuple[Name, Name, Name, Name] | None = None
    """Dataset, part, id and caption hash of the sample that was on the screen."""
    verdict: Verdict | None = None
    reasons: tuple[Name, ...] = ()
    note: Text = ""
    correction: Text = ""
    spans: tuple[tuple[Offset, Offset], ...] = ()
    parts: dict[Name, Name] = Field(default_factory=dict)
    watched: Annotated[float, Field(ge=0, le=1)] | None = None
    seconds: Annotated[float, Field(ge=0)] | None = None
    mirrored: bool = False
    watchedFirst: bool = False
