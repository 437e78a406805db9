"""What importing the room costs, and what it does for spaCy."""

import subprocess
import sys

import pytest


def run(code: str) -> str:
    """What a fresh process prints."""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return done.stdout.strip()


@pytest.mark.parametrize("module", ["dfec_explore.language", "dfec_explore.query", "dfec_explore.index.build"])
def test_reading_an_index_does_not_wait_for_spacy_to_be_imported(module: str) -> None:
    assert run(f"import sys, {module}; print('spacy' in sys.modules)") == "False"


@pytest.mark.parametrize(
    "imports",
    ["import spacy, dfec_explore.language", "import dfec_explore.language, spacy", "import spacy"],
    ids=["spacy first", "language first", "by its entry point"],
)
def test_the_component_is_there_in_anybodys_pipeline(imports: str) -> None:
    code = f"{imports}; nlp = spacy.blank('en'); nlp.add_pipe('facial_actions'); nlp.add_pipe('person_facts'); "
    code += "doc = nlp('She blinks.'); print([span.label_ for span in doc.spans['facial_actions']])"
    assert run(code) == "['blink']"


def test_a_name_that_the_room_does_not_have_is_an_attribute_error() -> None:
    code = "import dfec_explore.language as l; print(hasattr(l, 'parse'), callable(l.analyse))"
    assert run(code) == "False True"
