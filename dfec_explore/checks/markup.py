"""What is no sentence: tags, entities, Markdown, escapes, slots of a template, a chat's small talk."""

import re
from collections.abc import Iterator

from dfec_explore.checks.check import ERROR, WARNING, Check, Family, Finding, Limits
from dfec_explore.checks.subject import Subject, quoted
from dfec_explore.checks.word_lists import word_list

MARKUP = re.compile(
    r"</?[A-Za-z!][^<>\n]{0,200}>"  # a tag
    r"|&(?:#\d{1,6}|#[xX][0-9a-fA-F]{1,5}|[A-Za-z][A-Za-z0-9]{1,30});"  # an entity
    r"|&(?:nbsp|amp|quot|lt|gt|apos)\b"
    r"|\*\*[^*\n]+\*\*|(?<!\w)\*[^*\s][^*\n]*\*(?!\w)|(?<!\w)__?[^_\s][^_\n]*__?(?!\w)|~~[^~\n]+~~"  # emphasis
    r"|```|`[^`\n]+`|^[ \t]*#{1,6}[ \t]|^[ \t]*[-*+•][ \t]+(?=\S)|^[ \t]*>[ \t]|^[ \t]*\d{1,2}[.)][ \t]+(?=[A-Z])"
    r"|!?\[[^\]\n]*\]\([^)\n]*\)|\|[ \t]*:?-{2,}|^\s*\|.*\|\s*$"  # links, tables
    r"|\\[nrtbfv\"'/\\](?![a-z]{2})|\\[ux][0-9a-fA-F]{2,4}|\\(?:text|emph|begin|item)\w*\b"  # escapes
    r"|https?://\S+|www\.\S+"
    r"|<!--|-->|<br|</|/>",
    re.MULTILINE,
)
SLOT = re.compile(
    r"\{\{.*?\}\}|\$?\{[^{}\n]{0,60}\}|\{%.*?%\}|<%.*?%>"
    r"|\[\s*(?:insert|your|name|subject|person|man|woman|man/woman|actor|emotion|action|object|color|colour|describe"
    r"|description|caption|placeholder|fill|blank|mask|unk|pad|eos|bos|sep|cls|sic|todo|tbd|xxx|age|gender|direction"
    r"|left/right|video|image|clip|inaudible|redacted|[A-Z][A-Z_ ]{1,40})\b[^\]\n]{0,60}\]"
    r"|<\s*/?\s*(?:insert|name|subject|person|emotion|action|caption|placeholder|blank|mask|unk|pad|eos|bos|s|sep|cls"
    r"|image|video|start|end)[^<>\n]{0,40}>"
    r"|<\|[^|\n]{1,40}\|>|\[/?INST\]|_{3,}|\.{4,}\s*\S|(?<![\w])%(?:s|d|\(\w+\)s)"
    r"|\b(?:lorem ipsum|TODO|TBD|FIXME|XXX+|PLACEHOLDER|N/A|NaN|undefined)\b"
    r"|\b(?:he/she|she/he|his/her|her/his|him/her|s/he)\b",
    re.IGNORECASE,
)
MARKUP_FIRST = re.compile(r"[<>&*_~`#|\\\[]|https?:|www\.|(?:^|\n)[ \t]*[-+•\d]")
SLOT_FIRST = re.compile(r"[{}\[<%_/]|\.{4}")
SLOT_WORDS = ("lorem", "undefined", "placeholder", "todo", "tbd", "fixme", "xxx", "nan")
"""What text without any markup or slot has not, and is found fast."""
CHAT_FIRST = word_list("chat_first")
UPPER_ONLY = re.compile(r"^(?:todo|tbd|fixme|xxx+|nan|undefined|n/a|placeholder)$", re.IGNORECASE)
CHAT = re.compile(
    r"\b(?:as an ai\b|as a language model|i(?:'m| am) (?:sorry|unable|not able)|i (?:cannot|can't|can not) |"
    r"sure[,!] here|certainly[,!]|here(?:'s| is) (?:a|the|your) (?:caption|description|revised|rewritten)|"
    r"here are (?:the|some)|let me know if|i hope this|the (?:revised|rewritten|corrected|translated) (?:caption|text)|"
    r"note:|(?:output|answer|response|caption|description|assistant|user|human|gpt|system|translation)\s*:)",
)


def find_markup(subject: Subject, limits: Limits) -> Iterator[Finding]:
    """Find tags, entities, Markdown, escapes and addresses."""
    if MARKUP_FIRST.search(subject.text) and (found := MARKUP.search(subject.text)):
        yield Finding(ERROR, f"{quoted(found.group().strip())} is markup, no text.", *found.span())


def find_slots(subject: Subject, limits: Limits) -> Iterator[Finding]:
    """Find slots of a template that nobody filled."""
    lower = subject.lower
    if not (SLOT_FIRST.search(lower) or any(word in lower for word in SLOT_WORDS)):
        return
    for found in SLOT.finditer(subject.text):
        piece = found.group()
        if UPPER_ONLY.match(piece) and not (piece.isupper() or piece == "NaN"):
            continue
        yield Finding(ERROR, f"{quoted(piece)} is a slot of a template that was not filled.", *found.span())
        return


def find_chat(subject: Subject, limits: Limits) -> Iterator[Finding]:
    """Find what a writing assistant says around a caption."""
    if not subject.vocabulary.isdisjoint(CHAT_FIRST) and (found := CHAT.search(subject.lower)):
        yield Finding(WARNING, f"{quoted(found.group())} speaks to the reader, not of the clip.", *found.span())


CHECKS = (
    Check(
        "markup",
        "Markup",
        "HTML tags and entities, Markdown, escapes such as \\n, addresses: traces of where the text was copied from.",
        "His <b>mouth</b> opens &amp; closes.",
        Family.TEXT,
        find_markup,
    ),
    Check(
        "template-slot",
        "Unfilled template",
        "A slot of a template that was never filled, or a word that stands for one (TODO, his/her).",
        "At the beginning, {action}, then he blinks.",
        Family.TEXT,
        find_slots,
    ),
    Check(
        "chat-remnant",
        "Remnant of a chat",
        "Words of a writing assistant or a form around the caption, such as “Here is the revised caption:”.",
        "Sure, here is the caption: She smiles.",
        Family.TEXT,
        find_chat,
    ),
)
