"""The words a group is told by."""

from qualcode.analysis.keywords import keywords


def test_a_word_of_every_group_names_none_of_them():
    groups = [
        [("palvelu", "jono"), ("palvelu", "jono", "pitkä")],
        [("palvelu", "maksu"), ("palvelu", "maksu", "kallis")],
    ]
    first, second = keywords(groups, count=1)
    assert (first, second) == (("jono",), ("maksu",))


def test_a_word_of_one_expression_counts_for_less():
    ((first, *_),) = keywords([[("tuki", "outo"), ("tuki",), ("tuki", "apu")]])
    assert first == "tuki"


def test_of_equally_telling_words_the_most_typical_text_gives_the_name():
    assert keywords([[("zeta",), ("alfa",)], [("muu",)]], count=1)[0] == ("zeta",)


def test_stems_are_shown_as_written_each_form_once():
    forms = {"jono": "jonot", "jonot": "jonot"}
    assert keywords([[("jono", "jonot"), ("maksu",)], [("apu",)]], forms)[0] == ("jonot", "maksu")


def test_no_groups_and_wordless_groups_are_no_error():
    assert keywords([]) == []
    assert keywords([[(), ()], [("apu",)]]) == [(), ("apu",)]
