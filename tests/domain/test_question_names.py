"""How a question is shown by its number and text."""

from __future__ import annotations

from qualcode.domain.documents import question_name


def test_a_question_has_its_number_before_its_text_and_a_bare_column_name_once():
    assert question_name("3.1", "Millaista tukea saat?") == "3.1 Millaista tukea saat?"
    assert question_name("q3", "q3") == "q3"
    assert question_name("", "Millaista tukea saat?") == "Millaista tukea saat?"
    assert question_name("4", "") == "4"
