"""The engine of last resort, held to scikit-learn's."""

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer

from benchmarks.suggestion_quality import SHIPPED
from qualcode.nlp.embedding import Embedder
from qualcode.nlp.tfidf import CharTfidf

TEXTS = [
    line for line in SHIPPED.read_text(encoding="utf-8").splitlines() if line[:1] not in ("#", "@")
]


def test_the_similarities_are_those_of_scikit_learn():
    ours = CharTfidf(most=10**6).embed(TEXTS)
    theirs = TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 5)).fit_transform(TEXTS)
    assert np.allclose(ours @ ours.T, (theirs @ theirs.T).toarray(), atol=1e-5)


def test_it_says_that_it_compares_spelling_only():
    assert isinstance(CharTfidf(), Embedder)
    assert "spelling only" in CharTfidf.warning
    assert not CharTfidf.lasting


def test_only_the_commonest_sequences_are_kept():
    assert CharTfidf(most=100).embed(TEXTS).shape == (len(TEXTS), 100)


def test_unfitted_each_call_stands_for_itself_and_fitted_it_keeps_its_columns():
    engine = CharTfidf()
    assert engine.embed(TEXTS[:3]).shape != engine.embed(TEXTS[:9]).shape
    assert engine.dimensions == 0
    engine.fit(TEXTS)
    assert engine.embed(["aivan uusi teksti"]).shape == (1, engine.dimensions)
    assert np.array_equal(engine.embed(TEXTS[:3]), engine.embed(TEXTS[:9])[:3])


def test_empty_texts_are_zero_and_no_texts_are_no_error():
    rows = CharTfidf().embed(["apua", "", "  "])
    assert np.allclose(np.linalg.norm(rows, axis=1), [1, 0, 0])
    assert len(CharTfidf().embed([])) == 0
