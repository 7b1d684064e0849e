"""What several components say is said by each of them: no word of its own takes its place."""

from __future__ import annotations

import pytest

from qualcode.ui.components import codebook_words, offer_words, saving_words, segment_marker
from qualcode.ui.components.category_board import board_texts


def test_the_board_keeps_the_words_of_saving():
    assert saving_words.TEXTS.items() <= board_texts("en", "subcategory").items()


@pytest.mark.parametrize("shared", [codebook_words, offer_words, saving_words])
def test_the_marker_keeps_the_words_of_its_parts(shared):
    assert shared.TEXTS.items() <= segment_marker.WORDS.items()
