"""Scoring captions against references: word and event metrics, baselines, comparisons, published figures."""

from dfec_explore.scoring.alignment import EventPair, PairKind, align, out_of_order
from dfec_explore.scoring.baselines import BASELINES, Baseline
from dfec_explore.scoring.comparing import Difference, Interval, compare, intervals, length_groups
from dfec_explore.scoring.failing import Profile, action_profiles, captions_with, region_profiles, turns
from dfec_explore.scoring.kept import Counts, kept_scores, scores_folder
from dfec_explore.scoring.matching import Matched, match
from dfec_explore.scoring.predictions import Prediction, Predictions, read_predictions
from dfec_explore.scoring.published import Published, PublishedRow, published
from dfec_explore.scoring.scores import Scores, pairs_of, score
from dfec_explore.scoring.scoring_job import key_of, read_references, score_baseline, score_file
from dfec_explore.scoring.statistics import METRICS, metrics_of, regions
from dfec_explore.scoring.tokens import available_tokenizer, tokenize

__all__ = [
    "BASELINES",
    "METRICS",
    "Baseline",
    "Counts",
    "Difference",
    "EventPair",
    "Interval",
    "Matched",
    "PairKind",
    "Prediction",
    "Predictions",
    "Profile",
    "Published",
    "PublishedRow",
    "Scores",
    "action_profiles",
    "align",
    "available_tokenizer",
    "captions_with",
    "compare",
    "intervals",
    "kept_scores",
    "key_of",
    "length_groups",
    "match",
    "metrics_of",
    "out_of_order",
    "pairs_of",
    "published",
    "read_predictions",
    "read_references",
    "region_profiles",
    "regions",
    "score",
    "score_baseline",
    "score_file",
    "scores_folder",
    "tokenize",
    "turns",
]
