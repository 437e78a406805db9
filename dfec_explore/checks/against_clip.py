"""A caption against what is known of its clip: motion, cuts, duration. What is not known gives no flag."""

from collections.abc import Iterator

from dfec_explore.checks.check import WARNING, Check, Family, Finding, Kind, Limits
from dfec_explore.checks.subject import Subject
from dfec_explore.model import ClipMotion


def find_still(subject: Subject, motion: ClipMotion, limits: Limits) -> Iterator[Finding]:
    """Find captions full of movement on clips in which nothing moves, or that are one picture for nearly all of it."""
    moving = [event for event in subject.facial if event.phase != "begin"]
    if len(moving) < limits["events"]:
        return
    told = f"It tells of {len(moving)} movements after the beginning;"
    if motion.still_share >= limits["still_share"]:
        still = f"one picture stands for {motion.longest_still:.1f} s of the clip's {motion.duration:.1f} s."
        yield Finding(WARNING, f"{told} {still}")
    elif motion.motion_p95 is not None and motion.motion_p95 < limits["motion"]:
        changes = f"the brightness of neighbouring frames differs by {motion.motion_p95:.2g} % at most"
        yield Finding(WARNING, f"{told} {changes} (95th percentile).")


def find_moving(subject: Subject, motion: ClipMotion, limits: Limits) -> Iterator[Finding]:
    """Find captions of no change on clips full of movement."""
    if motion.motion_mean is None or motion.motion_p95 is None or motion.cuts:
        return
    # Noise changes every frame alike; movement comes and goes.
    is_moving = motion.motion_p95 >= max(limits["motion"], limits["times_mean"] * motion.motion_mean)
    if not is_moving or motion.still_share >= limits["still_share"]:
        return
    events = subject.analysis.events
    unchanged = [event for event in events if event.action == "no_change"]
    later = [event for event in subject.facial if event.phase not in (None, "begin")]
    if unchanged and not later:
        event = unchanged[0]
        message = (
            f"“{event.quote}”, yet the brightness of neighbouring frames differs by {motion.motion_mean:.1f} % on "
            f"average, and by {motion.motion_p95:.1f} % where most moves (95th percentile)."
        )
        yield Finding(WARNING, message, event.start, event.end)


def find_too_much(subject: Subject, motion: ClipMotion, limits: Limits) -> Iterator[Finding]:
    """Find captions with more phases, or more movements, than the clip has time for."""
    if not motion.duration:
        return
    phases = {clause.phase for clause in subject.analysis.clauses if clause.phase}
    moving = [event for event in subject.facial if event.phase not in (None, "begin")]
    if len(phases) > 1 and motion.duration / len(phases) < limits["seconds_a_phase"]:
        message = f"It tells of {len(phases)} phases; the clip lasts {motion.duration:.1f} s."
        yield Finding(WARNING, message)
    elif len(moving) > 3 and len(moving) / motion.duration > limits["movements_a_second"]:
        message = f"It tells of {len(moving)} movements after the beginning; the clip lasts {motion.duration:.1f} s."
        yield Finding(WARNING, message)


def find_cuts(subject: Subject, motion: ClipMotion, limits: Limits) -> Iterator[Finding]:
    """Find clips that are cut together from several shots."""
    if motion.cuts and motion.cuts >= limits["cuts"]:
        times = "once" if motion.cuts == 1 else f"{motion.cuts} times"
        yield Finding(WARNING, f"The clip's shot changes {times}; the caption may be of one shot only.")


CHECKS = (
    Check(
        "still-clip",
        "Movement on a still clip",
        "Many movements are told, and the pictures of the clip hardly differ.",
        "Nods, blinks, frowns and turns, on a clip that is one picture.",
        Family.CLIP,
        find_still,
        kind=Kind.CLIP,
        limits={"motion": 0.05, "still_share": 0.9, "events": 3},
    ),
    Check(
        "moving-clip",
        "No change on a moving clip",
        "Nothing changes, says the caption, and the pictures of the clip differ a lot.",
        "There is no change in her expression, on a clip of wild laughter.",
        Family.CLIP,
        find_moving,
        kind=Kind.CLIP,
        limits={"motion": 1.5, "times_mean": 1.5, "still_share": 0.5},
    ),
    Check(
        "too-much-for-clip",
        "More than the clip has time for",
        "More phases, or more movements, than can be seen in so short a clip.",
        "Four phases on a clip of half a second.",
        Family.CLIP,
        find_too_much,
        kind=Kind.CLIP,
        limits={"seconds_a_phase": 0.25, "movements_a_second": 8},
    ),
    Check(
        "several-shots",
        "Several shots",
        "The clip is cut together from several shots, so that “the face” may be another one after each cut.",
        "A clip with two cuts.",
        Family.CLIP,
        find_cuts,
        kind=Kind.CLIP,
        limits={"cuts": 1},
    ),
)
