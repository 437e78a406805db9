"""Charts: DataFrames of the query room in, plotly figures with words and numbers out.

Every function takes a DataFrame as ``query`` returns it and the theme of the page, ``mode``, and gives a ``Chart``:
the figure, a sentence for people who do not see it, and the numbers for a file. The title stands outside the figure.

Each mark carries as ``customdata`` what a click on it filters by: a flat list of filters and values in turn,
``["source", "DFEW", "action", "blink"]``, ``["words", "80-99"]``; an empty list where a mark can't be filtered by.
Filters and values are those of ``query.Filters`` and its links.

Text from files is set letter by letter: markup in a caption is shown, not obeyed.
"""

from dfec_explore.charts.actions import action_shares
from dfec_explore.charts.chart import Chart, Picture
from dfec_explore.charts.clips import clips_by, valence_arousal
from dfec_explore.charts.cloud import word_cloud
from dfec_explore.charts.comparison import caption_scatter, metric_differences
from dfec_explore.charts.composition import captions_against_plan, captions_by_source
from dfec_explore.charts.export import safe_csv
from dfec_explore.charts.facts import captions_by_fact, facts_by_source
from dfec_explore.charts.flags import flags_by_check, flags_by_source
from dfec_explore.charts.flow import transition_flow
from dfec_explore.charts.growth import vocabulary_growth
from dfec_explore.charts.heatmap import action_heatmap, source_contrast
from dfec_explore.charts.intervals import left_and_right, word_diversity
from dfec_explore.charts.leaderboard import metric_scatter, model_scores, published_bars
from dfec_explore.charts.lengths import length_boxes, length_curves, length_histogram
from dfec_explore.charts.order import phase_profile, strongest_pairs, together, transitions
from dfec_explore.charts.outcomes import OUTCOMES, event_outcomes, outcome_colour
from dfec_explore.charts.palette import colour
from dfec_explore.charts.people import actions_by_person, people_by_source, value_title
from dfec_explore.charts.profiles import modifier_profiles
from dfec_explore.charts.quality import reasons, review_times, verdicts_by, verdicts_by_day
from dfec_explore.charts.rates import agreement, error_rates
from dfec_explore.charts.theme import Mode, template
from dfec_explore.charts.treemap import action_treemap
from dfec_explore.charts.verdicts import verdict_bar
from dfec_explore.charts.versions import changes_by_source
from dfec_explore.charts.vocabulary import modifiers, regions_by_phase
from dfec_explore.charts.wording import openings, phrases, terms, wordings

__all__ = [
    "OUTCOMES",
    "Chart",
    "Mode",
    "Picture",
    "action_heatmap",
    "action_shares",
    "action_treemap",
    "actions_by_person",
    "agreement",
    "caption_scatter",
    "captions_against_plan",
    "captions_by_fact",
    "captions_by_source",
    "changes_by_source",
    "clips_by",
    "colour",
    "error_rates",
    "event_outcomes",
    "facts_by_source",
    "flags_by_check",
    "flags_by_source",
    "left_and_right",
    "length_boxes",
    "length_curves",
    "length_histogram",
    "metric_differences",
    "metric_scatter",
    "model_scores",
    "modifier_profiles",
    "modifiers",
    "openings",
    "outcome_colour",
    "people_by_source",
    "phase_profile",
    "phrases",
    "published_bars",
    "reasons",
    "regions_by_phase",
    "review_times",
    "safe_csv",
    "source_contrast",
    "strongest_pairs",
    "template",
    "terms",
    "together",
    "transition_flow",
    "transitions",
    "valence_arousal",
    "value_title",
    "verdict_bar",
    "verdicts_by",
    "verdicts_by_day",
    "vocabulary_growth",
    "word_cloud",
    "word_diversity",
    "wordings",
]
