"""Word metrics equal those of the field's reference implementation, on the same tokens."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pycocoevalcap.bleu.bleu import Bleu
from pycocoevalcap.cider.cider import Cider
from pycocoevalcap.rouge.rouge import Rouge

from dfec_explore.scoring import read_references, tokenize
from dfec_explore.scoring.java import METEOR_JAR, jar
from dfec_explore.scoring.meteor import meteor_scores
from dfec_explore.scoring.ngrams import bleu, bleu_counts, cider_scores, rouge_l_scores

needs_java = pytest.mark.skipif(jar(METEOR_JAR) is None, reason="there is no Java")
CAPTION = st.lists(
    st.sampled_from(["she", "opens", "her", "eyes", "mouth", "and", "blinks", "slightly"]), min_size=1, max_size=12
)
PAIRS = st.lists(
    st.tuples(CAPTION, st.lists(st.sampled_from(["she", "opens", "her", "eyes", "he"]), max_size=9)), min_size=2
)


def dicts(texts: list[str]) -> dict[int, list[str]]:
    return {place: [text] for place, text in enumerate(texts)}


@settings(max_examples=40, deadline=None)
@given(PAIRS)
def test_scoring_bleu_rouge_and_cider_are_those_of_pycocoevalcap(pairs: list[tuple[list[str], list[str]]]) -> None:
    references = [" ".join(reference) for reference, _ in pairs]
    predictions = [" ".join(prediction) for _, prediction in pairs]
    gts, res = dicts(references), dicts(predictions)
    assert cider_scores(references, predictions) == pytest.approx(Cider().compute_score(gts, res)[1], abs=1e-6)
    assert rouge_l_scores(references, predictions) == pytest.approx(Rouge().compute_score(gts, res)[1], abs=1e-6)
    corpus, each = Bleu(4).compute_score(gts, res, verbose=0)
    counts = bleu_counts(references, predictions)
    assert bleu(counts.sum(axis=0)) == pytest.approx(corpus, abs=1e-6)
    assert bleu(counts) == pytest.approx(np.array(each).T, abs=1e-6)


@needs_java
def test_scoring_meteor_is_that_of_pycocoevalcap() -> None:
    from pycocoevalcap.meteor.meteor import Meteor

    references = ["she slowly opens her eyes", "he frowns and turns his head", "she smiles"]
    predictions = ["her eyes open slowly", "", "he laughs ||| and smiles"]
    reference = Meteor()
    total, each = reference.compute_score(dicts(references), dicts([p.replace("|||", "") for p in predictions]))
    for stream in (reference.meteor_p.stdout, reference.meteor_p.stderr):
        stream.close()
    found, totals = meteor_scores(references, predictions, {"all": [0, 1, 2], "first": [0], "none": []})
    assert found == pytest.approx(np.array(each), abs=1e-6)
    assert totals == {"all": pytest.approx(total, abs=1e-6), "first": pytest.approx(each[0], abs=1e-6)}


@needs_java
@pytest.mark.data
def test_scoring_tokens_of_both_tokenizers_are_those_of_pycocoevalcap_on_the_test_set(test_data: Path) -> None:
    from pycocoevalcap.tokenizer.ptbtokenizer import PTBTokenizer

    captions = [reference.caption for reference in read_references(test_data / "dfec" / "test.json")]
    tokenized = PTBTokenizer().tokenize({n: [{"caption": caption}] for n, caption in enumerate(captions)})
    wanted = [tokenized[n][0] for n in range(len(captions))]
    assert tokenize(captions, "ptb-java") == wanted
    assert tokenize(captions, "ptb-rules") == wanted


@needs_java
@settings(max_examples=10, deadline=None)
@given(st.lists(st.text(max_size=40), min_size=1, max_size=20))
def test_scoring_tokens_one_line_for_each_caption_whatever_stands_in_it(captions: list[str]) -> None:
    assert len(tokenize(captions, "ptb-java")) == len(captions)


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("She's half-open; don't, can't, cannot!", "she 's half-open do n't ca n't can not"),
        ("a 20-year-old's 3.5 or 1/2 (twice)...", "a 20-year-old 's 3.5 or 1/2 -lrb- twice -rrb-"),
        ("Mr. Smith -- e.g. a “quoted” word", "mr. smith e.g. a quoted word"),
        ("50% of it\nand\u2028more", "50 % of it and more"),
        ("...", ""),
    ],
)
def test_scoring_tokens_by_rules_without_java(text: str, tokens: str) -> None:
    assert tokenize([text], "ptb-rules") == [tokens]


@needs_java
def test_scoring_tokens_by_java_where_rules_were_worked_out() -> None:
    texts = [
        "She's half-open; don't, can't, cannot!",
        "a 20-year-old's 3.5 or 1/2 (twice)...",
        "50% of it\nand\u2028more",
    ]
    assert tokenize(texts, "ptb-java") == tokenize(texts, "ptb-rules")
