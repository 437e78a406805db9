"""Language: a lexicon kept as data and a spaCy pipeline that find facial actions and more in captions.

What runs the pipeline is imported when it is first asked for: spaCy takes most of a second to import, and pages that
ask an index have no need of it. Where spaCy is imported already, its component is registered at once.
"""

import sys
from importlib import import_module
from typing import TYPE_CHECKING, Any

from dfec_explore.language.actions import Action, Region, related_au
from dfec_explore.language.lexicon import Lexicon, lexicon_hash, load_lexicon
from dfec_explore.language.unmatched import UnmatchedVerb

if TYPE_CHECKING:
    from dfec_explore.language.analysis import Analysis, analyse, extract_events
    from dfec_explore.language.component import make_pipeline

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

_LATER = {"Analysis": "analysis", "analyse": "analysis", "extract_events": "analysis", "make_pipeline": "component"}
"""Names that need spaCy, and the modules that they come from."""


def __getattr__(name: str) -> Any:
    """Import what needs spaCy at its first use (PEP 562)."""
    if name not in _LATER:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_LATER[name]}"), name)


if "spacy" in sys.modules:
    import_module(f"{__name__}.component")
