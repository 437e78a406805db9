"""The embedded demo: drawn faces and captions whose facial actions are known, made from a seed."""

from dfec_explore.demo.clips import draw_clip, draw_demo
from dfec_explore.demo.files import (
    demo_clips_folder,
    demo_dataset,
    demo_folder_ready,
    demo_root,
    write_annotations,
)
from dfec_explore.demo.look import FaceLook
from dfec_explore.demo.samples import DEFAULT_SEED, DemoSample, demo_samples
from dfec_explore.demo.story import TimedAction

__all__ = [
    "DEFAULT_SEED",
    "DemoSample",
    "FaceLook",
    "TimedAction",
    "demo_clips_folder",
    "demo_dataset",
    "demo_folder_ready",
    "demo_root",
    "demo_samples",
    "draw_clip",
    "draw_demo",
    "write_annotations",
]
