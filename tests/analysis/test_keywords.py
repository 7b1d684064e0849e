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


def test_two_readings_of_one_word_are_told_as_the_likelier_one():
    stems = [("tuki", "tukea", "koti"), ("tuki", "tukea", "raha")]
    heads = [("tuki", "tuki", "koti"), ("tuki", "tuki", "raha")]
    elsewhere = [("tuki", "jono"), ("tuki", "maksu")]
    (first, _) = keywords([stems, elsewhere], heads=[heads, elsewhere])
    assert keywords([stems, elsewhere])[0][:2] == ("tukea", "tuki"), "the rarer one counts for more"
    assert first == ("tuki", "koti", "raha")


def test_a_word_that_is_said_for_itself_too_is_told():
    stems = [("tuki", "tukea"), ("tukea",)]
    assert keywords([stems, [("apu",)]], heads=[[("tuki", "tuki"), ("tukea",)], [("apu",)]])[0] == (
        "tukea",
        "tuki",
    )


def test_what_many_compounds_have_in_common_is_told_and_the_part_of_one_is_not():
    many = [("kotipalvelu", "palvelu"), ("vammaispalvelu", "palvelu")]
    one = [("päiväkoti", "koti"), ("päiväkoti", "koti")]
    told = keywords(
        [many, one],
        heads=[
            [("kotipalvelu",) * 2, ("vammaispalvelu",) * 2],
            [("päiväkoti",) * 2, ("päiväkoti",) * 2],
        ],
    )
    assert told == [("palvelu", "kotipalvelu", "vammaispalvelu"), ("päiväkoti",)]
