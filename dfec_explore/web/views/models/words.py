"""What metrics are called on the pages, and what they are in a sentence."""

from collections.abc import Mapping

METRICS: Mapping[str, tuple[str, str]] = {
    "event_f1": ("Event F1", "Facial actions that both texts have, precision and recall in one; 0 to 1"),
    "ordered_event_f1": ("Ordered event F1", "The same, counting only what stands in the order of the reference"),
    "directed_event_f1": ("Directed event F1", "The same, where direction and side have to agree too"),
    "phase_event_f1": ("Phase event F1", "The same, where the phase of the clip has to agree too"),
    "event_precision": ("Event precision", "Share of the model's facial actions that the reference has"),
    "event_recall": ("Event recall", "Share of the reference's facial actions that the model says"),
    "direction_accuracy": ("Direction accuracy", "Of matched actions with a stated direction: the same direction"),
    "phase_accuracy": ("Phase accuracy", "Of matched actions with a stated phase: the same phase"),
    "cider": ("CIDEr", "Rare n-grams in common, 0 to 10; pycocoevalcap"),
    "rouge_l": ("ROUGE-L", "Longest common subsequence of words, 0 to 1; pycocoevalcap's formula"),
    "bleu_1": ("BLEU-1", "Words in common, 0 to 1; pycocoevalcap"),
    "bleu_4": ("BLEU-4", "Runs of up to four words in common, 0 to 1; pycocoevalcap"),
    "length_ratio": ("Length ratio", "Words of the model for each word of the reference; 1 is as long"),
}
"""The metrics that pages show, in order: title and a sentence."""

PER_CAPTION = ("event_f1", "ordered_event_f1", "directed_event_f1", "phase_event_f1", "cider", "rouge_l", "bleu_4")
"""Metrics that say something of a single caption."""


def title(metric: str) -> str:
    """What a metric is called."""
    return METRICS[metric][0]
