"""Language: a lexicon kept as data and a spaCy pipeline that find facial actions and more in captions."""

from dfec_explore.language.actions import Action, Region, related_au
from dfec_explore.language.analysis import Analysis, analyse, extract_events
from dfec_explore.language.component import make_pipeline
from dfec_explore.language.lexicon import Lexicon, lexicon_hash, load_lexicon
from dfec_explore.language.unmatched import UnmatchedVerb

__all__ = [
    "Action",
    "Analysis",
    "Lexicon",
    "Region",
    "UnmatchedVerb",
    "analyse",
    "extract_events",
    "lexicon_hash",
    "load_lexicon",
    "make_pipeline",
    "related_au",
]
