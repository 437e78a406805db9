"""What a reviewer does in the bar of verdicts, for pages that run without a browser."""

import json
import secrets
from typing import Any

from streamlit.components.v2.bidi_component.main import _make_trigger_id
from streamlit.proto.WidgetStates_pb2 import WidgetState
from streamlit.testing.v1 import AppTest

BAR = "widget.verdicts"


def component(app: AppTest, key: str) -> Any:
    """The component with this key, as it goes to the browser."""
    found = [node.proto for node in app._tree if getattr(node, "type", "") == "bidi_component"]
    (proto,) = [proto for proto in found if proto.id.endswith(key)]
    return proto


def data_of(app: AppTest, key: str = BAR) -> dict[str, Any]:
    """What a component is given."""
    given: dict[str, Any] = json.loads(component(app, key).json)
    return given


def act(app: AppTest, do: str, **entered: Any) -> AppTest:
    """Act in the bar, as the browser would: the page runs once."""
    sample = data_of(app)["sample"]
    message = {"do": do, "row": secrets.token_hex(16), "sample": sample["key"] if sample else None} | entered
    states = app._tree.get_widget_states()
    trigger = _make_trigger_id(component(app, BAR).id, "events")
    states.widgets.append(WidgetState(id=trigger, json_trigger_value=json.dumps([{"event": "act", "value": message}])))
    return app._run(states)


def judge(app: AppTest, verdict: str, **entered: Any) -> AppTest:
    """Give a verdict on the sample that is shown."""
    return act(app, "verdict", verdict=verdict, **entered)
