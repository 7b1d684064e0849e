"""Suggestions of odd material: nothing stops, nothing is lost, and nobody is offered nonsense.

Real engines: likeness of spelling, and the Finnish word vectors where they are installed. Invented
texts.
"""

from __future__ import annotations

import importlib.util
import unicodedata

import pytest

from qualcode.analysis.grouping import Piles
from qualcode.domain.categories import Level
from qualcode.domain.coding import ReducedExpression
from qualcode.domain.decisions import Act
from qualcode.domain.errors import EmptyWording
from qualcode.nlp import registry
from qualcode.nlp.registry import EngineChoice
from qualcode.store.memory import MemoryStore
from qualcode.workbench import categorising, coding, suggesting
from qualcode.workbench.suggesting import Span
from tests.builders import a_study, with_answers, with_codes

PLAIN = (
    "jono on pitkä", "puhelinjono kestää", "odotus venyy", "vastausta odotetaan kauan",
    "rahat eivät riitä", "maksut ovat kovat", "lasku yllätti", "tuki ei kata menoja",
)  # fmt: skip
DECOMPOSED = unicodedata.normalize("NFD", "päätös jäi myöhään")
ODD = {
    "nothing but marks": (".", "-", "?!", "…"),
    "one word": ("jono",),
    "a single short word each": ("jono", "raha", "apu", "kiire", "tuki"),
    "five thousand words": (" ".join(["jono", "venyy", "taas"] * 1667), *PLAIN),
    "emoji only": ("😀", "😀😀", "🎉", "👍🏽", "👨‍👩‍👧"),
    "emoji among words": ("😀", "🎉", *PLAIN),
    "mixed languages": (
        *PLAIN, "kön är lång", "pengarna räcker inte", "the queue is long", "очередь длинная",
        "الانتظار طويل", "等待時間が長い",
    ),
    "decomposed letters": (DECOMPOSED, unicodedata.normalize("NFC", DECOMPOSED), *PLAIN),
    "the same four hundred times": ("en tiedä",) * 400,
    "the same four hundred times among others": (*("en tiedä",) * 400, *PLAIN),
    "three reductions": PLAIN[:3],
    "only function words": ("se on niin", "ja sitten", "kun se oli", "että jos", "no niin"),
    "only numbers": ("1", "12", "2024", "3,5", "100 %"),
    "control characters": ("jono\u0000venyy", "raha\u200bloppui", "a\u202eb", "tuki\ttuli"),
}  # fmt: skip


@pytest.fixture(params=["tfidf", "floret"])
def engine(request, monkeypatch):
    if request.param == "floret":
        for package in ("spacy_fi_experimental_web_md", "wordfreq", "mmh3"):
            if importlib.util.find_spec(package) is None:
                pytest.skip(f"no {package}")
    monkeypatch.setattr(registry, "best_available", lambda *_: EngineChoice(request.param, "", ""))
    return request.param


@pytest.fixture
def bench():
    return a_study(MemoryStore())


def reductions(bench, texts):
    """Rows as an import from another program may bring them: any text, any number of times."""
    made = [ReducedExpression(f"r{n}", text) for n, text in enumerate(texts)]
    with bench.act(Act.REDUCE) as work:
        work.add(made)
    return [one.id for one in made]


def check(grouping, ids):
    offered = [id for group in grouping.groups for id in group.member_ids]
    assert len(offered) == len(set(offered))
    assert sorted([*offered, *grouping.left_out]) == sorted(ids)
    for group in grouping.groups:
        assert 0 <= group.cohesion <= 1
        assert group.joins or len(group.member_ids) > 1


@pytest.mark.parametrize("odd", ODD)
def test_groups_are_formed_or_everything_is_left_out(bench, engine, odd):
    ids = reductions(bench, ODD[odd])
    for piles in Piles:
        check(suggesting.suggest_groups(bench, piles=piles, engine=engine), ids)


@pytest.mark.parametrize("odd", ODD)
def test_they_are_grouped_around_placed_and_doubted(bench, engine, odd):
    ids = reductions(bench, ODD[odd])
    anchored = ("jono ja odotus", "odotusaika", "raha ja maksut", "hinta")
    anchors = [f"a{n}" for n in range(len(anchored))]
    with bench.act(Act.REDUCE) as work:
        work.add([ReducedExpression(*one) for one in zip(anchors, anchored, strict=True)])
    categorising.add(bench, "Odottaminen", Level.SUBCATEGORY, None, "odotus", anchors[:2])
    categorising.add(bench, "Raha", Level.SUBCATEGORY, None, "raha", anchors[2:])
    check(suggesting.suggest_groups(bench, around=True, engine=engine), ids)
    found = suggesting.suggest_places(bench, engine=engine)
    assert [one.suggestion.subject_id for one in found] == ids
    for one in found:
        assert all(c.score > 0 for c in one.suggestion.candidates)
        assert len(one.suggestion.candidates) <= 3
    compared = suggesting.places(bench, engine=engine)
    assert compared is not None
    compared.doubts("odotus")
    compared.unsure()
    suggesting.near_duplicates(bench, engine=engine)
    suggesting.near_categories(bench, engine=engine)


@pytest.mark.parametrize("texts", [("😀", "🎉"), (".", "—")])
def test_what_says_nothing_is_offered_no_place(bench, engine, texts):
    reductions(bench, texts)
    categorising.add(bench, "Odottaminen", Level.SUBCATEGORY)
    for found in suggesting.suggest_places(bench, engine=engine):
        assert found.suggestion.candidates == ()
        assert not found.new_group


def test_decomposed_letters_lie_where_composed_ones_do(bench, engine):
    ids = reductions(bench, ODD["decomposed letters"])
    pairs = suggesting.near_duplicates(bench, engine=engine)
    assert {ids[0], ids[1]} in [{pair.first_id, pair.second_id} for pair in pairs]


def test_one_giant_category_does_not_swallow_everything(bench, engine):
    giant = [f"jono {n} venyy ja odotus kestää" for n in range(300)]
    ids = reductions(bench, [*giant, *PLAIN[4:]])
    categorising.add(bench, "Jonottaminen", Level.SUBCATEGORY, None, "jono", ids[:290])
    categorising.add(bench, "Maksut ja menot", Level.SUBCATEGORY, None, "raha")
    found = suggesting.suggest_places(bench, [ids[-2]], engine=engine)[0]
    check(suggesting.suggest_groups(bench, around=True, engine=engine), ids[290:])
    nearest = [c.target_id for c in found.suggestion.candidates]
    assert not nearest or nearest[0] == "raha"


# --- codes -------------------------------------------------------------------------------------


def offered(bench, texts):
    """What is offered for each answer when all that is compared with has been made."""
    found = []
    for n, text in enumerate(texts, start=1):
        span = Span(f"d{n}", 0, len(text))
        now = suggesting.offers_for(bench, span)
        for _ in range(400):
            if now.going_on is None:
                break
            now = suggesting.offers_for(bench, span)
        assert now.going_on is None
        found.append(now.suggestion.candidates if now.suggestion else ())
    return found


CODES = pytest.mark.parametrize("engine", ["floret"], indirect=True)
"""Likeness of spelling suggests no codes at all, and says so."""


def test_an_empty_wording_cannot_come_to_be():
    with pytest.raises(EmptyWording):
        ReducedExpression("r", " \n")


@CODES
@pytest.mark.parametrize("count", [1, 500])
def test_a_codebook_of_one_code_and_of_five_hundred(bench, engine, count):
    labels = ["Jono ja odotus", *(f"Muu asia {n}" for n in range(1, count))]
    with_codes(bench, *labels)
    texts = ("jono ja odotus", "😀", "raha loppui kesken", "odotus", " ".join(PLAIN * 200))
    with_answers(bench, *texts)
    first, emoji, *_ = offered(bench, texts)
    assert first[0].label == "Jono ja odotus"
    assert len(first) == min(3, count)
    assert emoji == (), "nothing is said of an emoji"


@CODES
def test_the_first_coding_of_a_code_and_the_same_answer_again(bench, engine):
    with_codes(bench, "Jono", "Raha")
    texts = ("en tiedä", "en tiedä", "en tiedä")
    with_answers(bench, *texts)
    coding.code(bench, "d1", 0, len(texts[0]), "c2")
    found = offered(bench, texts)
    assert {c.label for c in found[1]} <= {"Jono", "Raha"}
