"""Members that another category draws more than their own."""

from qualcode.analysis.doubts import doubts
from qualcode.analysis.placing import NamedGroup, NamedGroups
from tests.analysis.tiny import expressions, study

NAMES = {"queue": "jonotus", "money": "lasku", "listening": "kuunnella"}


def groups(**members):
    words = expressions(*(NAMES[id] for id in members), prefix="c")
    names = type(words)(tuple(members), words.texts, words.vectors, words.stems)
    named = [NamedGroup(id, NAMES[id], tuple(ids)) for id, ids in members.items()]
    return NamedGroups(study(), named, names, engine="tiny")


def some(money_in_queue=("r7",)):
    return groups(
        queue=["r0", "r1", "r2", "r3", *money_in_queue],
        money=["r5", "r6", "r8"],
        listening=["r10", "r11"],
    )


def test_the_member_of_another_theme_is_doubted_and_the_category_nearer_to_it_named():
    (doubt,) = doubts(some(), "queue")
    assert doubt.subject_id == "r7" and doubt.elsewhere.target_id == "money"
    assert doubt.margin > 0 and doubt.elsewhere.score > doubt.own_score
    assert doubt.elsewhere.reasons, "why it is nearer there"


def test_where_every_member_is_nearest_nothing_is_doubted():
    assert doubts(some(()), "queue") == []
    assert doubts(some(), "money") == []


def test_a_category_turned_down_for_the_reduction_is_not_named():
    assert doubts(some(), "queue", {("r7", "money")}) == []
    assert doubts(some(), "queue", {("r0", "money")})


def test_the_only_category_draws_everything_as_well_as_any():
    assert doubts(groups(queue=["r0", "r1", "r7"]), "queue") == []


def test_the_clearest_doubt_comes_first():
    found = doubts(some(("r5", "r7")), "queue")
    assert len(found) == 2
    assert found[0].margin >= found[1].margin
