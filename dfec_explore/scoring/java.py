"""Java, which two programs that come with pycocoevalcap need: the PTB tokenizer and METEOR."""

import os
import shutil
import subprocess
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

TOKENIZER_JAR = Path("tokenizer", "stanford-corenlp-3.4.1.jar")
METEOR_JAR = Path("meteor", "meteor-1.5.jar")
START_SECONDS = 20


@lru_cache(maxsize=1)
def java_program() -> str | None:
    """The Java program, or None where there is none that runs."""
    home = os.environ.get("JAVA_HOME")
    program = shutil.which("java", path=str(Path(home, "bin"))) if home else None
    program = program or shutil.which("java")
    if program is None:
        return None
    try:
        # macOS has a program of this name that only says that there is no Java.
        subprocess.run([program, "-version"], capture_output=True, check=True, timeout=START_SECONDS)
    except (OSError, subprocess.SubprocessError):
        return None
    return program


def jar(name: Path) -> Path | None:
    """A program for Java inside pycocoevalcap, or None where it cannot be run."""
    found = find_spec("pycocoevalcap")
    if java_program() is None or found is None or not found.submodule_search_locations:
        return None
    for folder in found.submodule_search_locations:
        if (path := Path(folder, name)).is_file():
            return path
    return None
