"""A tiny finished grouping and a tiny coding, replayed and worked out by hand."""

import pytest

from qualcode.analysis import replay, replay_codes, replay_figures
from qualcode.analysis.code_scores import CodeWords
from qualcode.analysis.replay import FinishedGrouping
from qualcode.analysis.replay_codes import CodeLook, FinishedCoding
from qualcode.analysis.replay_offers import Offered
from tests.analysis.tiny import expressions

# Two things said of queues, two of money, and a queue that the analyst put under money.
TEXTS = ("jono kauan", "odotus jono", "maksu kallis", "hinta kallis", "jonotus viive")
GROUPS = ("queues", "queues", "prices", "prices", "prices")
NAMES = {"queues": "jono", "prices": "hinta"}


@pytest.fixture
def done():
    named = expressions(*NAMES.values())
    names = type(named)(tuple(NAMES), named.texts, named.vectors, named.stems)
    return FinishedGrouping(expressions(*TEXTS), names, GROUPS, "tiny")


def test_a_group_is_offered_from_its_first_member_on(done):
    looks = replay.placing(done, range(5))
    # Before the first placement there is no group; "maksu kallis" needs one that is not there yet.
    assert [(look.item, look.before, look.rank) for look in looks] == [
        (1, 1, 1.0),
        (2, 2, None),
        (3, 3, 1.0),
        (4, 4, 2.0),
    ]


def test_what_comes_later_is_not_known(done):
    """In another order the money comes first, and then the first queue is new."""
    looks = replay.placing(done, [2, 0, 1])
    assert [(look.item, look.rank) for look in looks] == [(0, None), (1, 1.0)]


def test_all_names_known_nothing_is_new(done):
    looks = replay.placing(done, range(5), names_known=True)
    assert [look.rank for look in looks] == [1.0, 1.0, 1.0, 1.0, 2.0]


def test_the_figures_of_the_tiny_grouping(done):
    found = replay_figures.of_placing(replay.placing(done, range(5)))
    assert found.first.value == pytest.approx(2 / 3, abs=1e-4)
    assert found.three.value == 1.0
    assert found.reciprocal.value == pytest.approx((1 + 1 + 1 / 2) / 3, abs=1e-4)
    # The one that needed a new group had a lower best score than the three that did not.
    assert found.new_group.value == 1.0
    # Both groups of like size: the middle of the ranks 1 and 2 is not the first.
    assert found.by_size_first.value == pytest.approx(1 / 3, abs=1e-4)


def test_looks_at_some_places_see_what_was_placed_at_the_others(done):
    (look,) = replay.placing(done, range(5), looks=[3])
    assert (look.item, look.before, look.rank) == (3, 3, 1.0)


def test_a_wording_placed_before_is_told_apart():
    names = expressions("jono", "hinta")
    names = type(names)(("q", "p"), names.texts, names.vectors, names.stems)
    items = expressions("jono kauan", "Jono kauan.", "hinta kallis")
    looks = replay.placing(FinishedGrouping(items, names, ("q", "q", "p"), "tiny"), range(3))
    assert [look.seen for look in looks] == [True, False]
    found = replay_figures.of_placing(looks)
    assert found.first.value == 1.0
    assert found.unseen_first is None


def test_an_item_that_is_worded_like_a_name_does_not_find_itself(done):
    items = expressions(*TEXTS, "Jono")
    rest = FinishedGrouping(items, done.names, (*GROUPS, "queues"), "tiny").without_names()
    assert rest.items.texts == TEXTS
    assert rest.group_of == GROUPS


def test_placing_by_names_alone(done):
    assert replay.by_name_alone(done) == ["queues", "queues", "prices", "prices", "queues"]


def test_one_giant_group_and_a_group_of_one():
    names = expressions("jono", "hinta")
    names = type(names)(("q", "p"), names.texts, names.vectors, names.stems)
    items = expressions(*["jono kauan"] * 11, "hinta kallis")
    done = FinishedGrouping(items, names, ("q",) * 11 + ("p",), "tiny")
    found = replay_figures.of_placing(replay.placing(done, range(12)))
    assert found.first.value == 1.0
    assert 0 <= replay.blind(done).left_out <= 1


def test_places_are_spread_along_the_whole_way():
    import numpy as np

    places = replay.spread(1000, 10, np.random.default_rng(0))
    assert [place // 100 for place in places] == list(range(10))
    assert replay.spread(3, 10, np.random.default_rng(0)) == [0, 1, 2]


# --- codes --------------------------------------------------------------------------------------

CODES = tuple(CodeWords(id, name) for id, name in (("q", "jono"), ("p", "hinta"), ("l", "kuulla")))


@pytest.fixture
def coded():
    words = expressions(*(code.name for code in CODES))
    words = type(words)(("q", "p", "l"), words.texts, words.vectors, words.stems)
    return FinishedCoding(
        expressions("jono kauan", "hinta jono", "kuulla huomata", "maksu raha"),
        CODES,
        words,
        words,
        (frozenset("q"), frozenset("qp"), frozenset("l"), frozenset("q")),
        "tiny",
    )


def test_codes_known_by_their_words_alone(coded):
    looks = replay_codes.coding(coded, range(4), 0, range(4))
    # "maksu raha" is about money, but the analyst heard queues: second or third, never first.
    assert [look.hit for look in looks] == [1.0, 1.0, 1.0, 0.0]
    # Three codes in all, so three offered hold them all.
    assert [look.recall for look in looks] == [1.0] * 4
    assert looks[1].precision == 1.0
    assert looks[3].reciprocal < 1


def test_only_texts_coded_before_teach(coded):
    first = coded.after([0, 1]).scores("r3")
    again = coded.after([0, 1]).scores("r3")
    assert first.tolist() == again.tolist()
    figures = replay_figures.of_coding(replay_codes.coding(coded, [3, 2, 1, 0], 2, [2, 3]), 2)
    assert (figures.learnt, figures.judged) == (2, 2)


def test_what_would_have_stood_on_the_screen_is_told_with_whether_it_was_right(done):
    third = replay.placing(done, range(5))[2]
    assert [(one.rank, one.right) for one in third.offered] == [(1, True), (2, False)]
    assert third.offered[0].percent > 0


def a_look(before, percent, right):
    offered = (Offered(1, percent, right), Offered(2, percent - 10, not right))
    return CodeLook(before, before, 0.0, 0.0, 0.0, 0.0, offered)


def test_a_chance_is_learned_from_the_decisions_before_it_and_never_from_its_own():
    """A score of 90 that is right every second time: bare it lies by .4, learned hardly."""
    looks = [a_look(n, 90, n % 2 == 0) for n in range(200)]
    found = replay_figures.of_coding(looks, 0).chances
    assert found.bare > 0.3
    assert found.learned < 0.06
    # Nothing is told of the first fifteen looks: thirty offers have to be decided on first.
    assert found.offers == 2 * 185


def test_each_order_begins_without_knowing_anything():
    looks = [a_look(n, 90, True) for n in range(20)]
    assert replay_figures.of_coding([*looks, *looks], 0).chances.offers == 2 * 2 * 5
    assert replay_figures.of_coding(looks[:15], 0).chances is None
