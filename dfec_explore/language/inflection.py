"""Forms of English verbs, so that a synonym in the lexicon is one line."""

from dataclasses import dataclass, replace

VOWELS = "aeiou"


@dataclass(frozen=True, slots=True)
class VerbForms:
    """The forms of one verb; of a verb with particles ("fall back") each form carries them."""

    base: str
    third: str
    ing: str
    past: str
    participle: str
    shy: bool = False
    """Whether the verb counts only with its part in its own clause."""


def inflect(entry: str) -> VerbForms:
    """Spell out a verb entry of the lexicon.

    Args:
        entry: the base form ("lift"; "drop*" doubles its last letter; of "pouch out" the first word is inflected), or
            all forms separated by ``|`` in the order base, third person, -ing, past, participle (which may be left out
            where it is the past).

    Raises:
        ValueError: the entry has neither one form nor four or five.
    """
    if entry.endswith("!"):
        return replace(inflect(entry[:-1]), shy=True)
    forms = [form.strip() for form in entry.split("|")]
    if len(forms) == 1:
        return _regular(forms[0])
    if len(forms) not in (4, 5) or not all(forms):
        raise ValueError(f"{entry!r} needs one form, or four or five separated by |")
    base, third, ing, past = forms[:4]
    return VerbForms(base, third, ing, past, forms[-1])


def _with_particles(verb: VerbForms, particles: str) -> VerbForms:
    return VerbForms(
        verb.base + particles,
        verb.third + particles,
        verb.ing + particles,
        verb.past + particles,
        verb.participle + particles,
    )


def _regular(entry: str) -> VerbForms:
    entry, _, particles = entry.partition(" ")
    if particles:
        return _with_particles(_regular(entry), f" {particles}")
    base = entry.rstrip("*")
    stem = base + base[-1] if entry.endswith("*") else base
    third = base + "s"
    if base.endswith(("s", "x", "z", "ch", "sh")):
        third = base + "es"
    elif base.endswith("y") and base[-2] not in VOWELS:
        third, past = base[:-1] + "ies", base[:-1] + "ied"
        return VerbForms(base, third, base + "ing", past, past)
    if base.endswith("e"):
        ing = base + "ing" if base.endswith("ee") else base[:-1] + "ing"
        return VerbForms(base, third, ing, base + "d", base + "d")
    return VerbForms(base, third, stem + "ing", stem + "ed", stem + "ed")
