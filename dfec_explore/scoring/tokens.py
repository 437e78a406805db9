"""Captions as the words that BLEU, ROUGE-L, CIDEr and METEOR count: PTB tokens in lower case, without punctuation."""

import re
import subprocess
from collections.abc import Iterable, Sequence
from typing import Literal

from dfec_explore.scoring.java import TOKENIZER_JAR, jar, java_program
from dfec_explore.scoring.ptb import ptb_tokens

Tokenizer = Literal["ptb-java", "ptb-rules"]

PUNCTUATION = frozenset(
    ["''", "'", "``", "`", "-LRB-", "-RRB-", "-LCB-", "-RCB-", ".", "?", "!", ",", ":", "-", "--", "...", ";"]
)
"""Tokens that pycocoevalcap leaves out. It names the brackets in capitals, though the tokenizer writes them small:
so brackets stay, here as there."""

_SPACE = re.compile(r"\s+")
SECONDS = 600
"""Time for one run of the Java tokenizer; 10,000 captions take some seconds."""


def available_tokenizer() -> Tokenizer:
    """The tokenizer that this machine has: Stanford's where Java is there, else our own of the same rules."""
    return "ptb-rules" if jar(TOKENIZER_JAR) is None else "ptb-java"


def tokenize(captions: Sequence[str], tokenizer: Tokenizer | None = None) -> list[str]:
    """Cut captions into tokens.

    Args:
        captions: any text.
        tokenizer: which one; by default the one that is available.

    Returns:
        For each caption its tokens, joined by single spaces, as pycocoevalcap takes them.

    Raises:
        RuntimeError: the Java tokenizer was asked for and does not run.
    """
    # A line for each caption: whatever ends a line in Java or Python must not stand in one.
    lines = [_SPACE.sub(" ", caption.replace("\0", " ")).strip() for caption in captions]
    if (tokenizer or available_tokenizer()) == "ptb-java":
        return [_joined(line.split(" ")) for line in _by_java(lines)]
    return [_joined(ptb_tokens(line)) for line in lines]


def _joined(tokens: Iterable[str]) -> str:
    return " ".join(token for token in tokens if token and token not in PUNCTUATION)


def _by_java(lines: Sequence[str]) -> list[str]:
    program, path = java_program(), jar(TOKENIZER_JAR)
    if program is None or path is None:
        raise RuntimeError("The PTB tokenizer of pycocoevalcap needs Java, and none was found.")
    command = [program, "-Dfile.encoding=UTF-8", "-cp", str(path), "edu.stanford.nlp.process.PTBTokenizer"]
    done = subprocess.run(
        [*command, "-preserveLines", "-lowerCase", "-encoding", "UTF-8"],
        input="".join(f"{line}\n" for line in lines).encode("utf-8", "replace"),
        capture_output=True,
        check=False,
        timeout=SECONDS,
    )
    tokenized = done.stdout.decode("utf-8", "replace").split("\n")[:-1]
    if done.returncode or len(tokenized) != len(lines):
        said = done.stderr.decode("utf-8", "replace")[-300:]
        raise RuntimeError(f"The PTB tokenizer gave {len(tokenized)} lines for {len(lines)} captions: {said}")
    return tokenized
