"""The figures by which a sentence model of one's own is judged."""

import sys
from subprocess import run

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import spearmanr

from qualcode.nlp.model_trial import _agreement


@given(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5)), min_size=2))
def test_agreement_is_spearmans_correlation_ties_included(pairs):
    one, other = np.array(pairs, dtype=np.float64).T
    found = _agreement(one, other)
    if len(set(one)) == 1 or len(set(other)) == 1:
        assert found is None
    else:
        assert abs(found - spearmanr(one, other).statistic) < 0.001


def test_the_helper_process_starts_without_the_large_library_of_statistics():
    seen = "import sys, qualcode.nlp.worker_process; sys.exit('scipy.stats' in sys.modules)"
    assert run([sys.executable, "-c", seen], check=False).returncode == 0
