"""How facial actions are named and coloured in captions: the same names and colours as in the charts."""

from collections.abc import Mapping
from functools import lru_cache

from dfec_explore.charts import colour
from dfec_explore.language import load_lexicon
from dfec_explore.web.components import EventLabel


@lru_cache(maxsize=1)
def event_labels() -> Mapping[str, EventLabel]:
    """The label of each action, in the order of the regions."""
    lexicon = load_lexicon()
    regions = {region.id: region.title for region in lexicon.regions}
    places = {region: place for place, region in enumerate(regions)}
    return {
        action.label: EventLabel(
            title=action.title,
            region=action.region,
            region_title=regions[action.region],
            aus=action.aus,
            colour_light=colour("region", action.region, "light"),
            colour_dark=colour("region", action.region, "dark"),
            directed_aus=action.by_direction,
        )
        for action in sorted(lexicon.actions.values(), key=lambda action: places[action.region])
    }
