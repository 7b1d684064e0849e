"""Whatever is done, a file answers as memory does; whatever is saved is loaded."""

from __future__ import annotations

import dataclasses
import shutil
import types
import typing
from enum import Enum

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qualcode.domain.documents import Provenance, normalise
from qualcode.domain.errors import QualcodeError
from qualcode.store.kinds import KINDS, from_row, to_row
from qualcode.store.memory import MemoryStore
from qualcode.store.opening import open_study
from qualcode.store.views import (
    AnswerQuery,
    AnswerState,
    ExpressionQuery,
    Facet,
    GroupBy,
    Order,
    OrderBy,
    ReductionQuery,
    among,
)
from qualcode.workbench import (
    categorising,
    coding,
    history,
    reducing,
    role_mapping,
    segment_acts,
)
from tests.builders import (
    a_bench,
    a_respondent,
    a_study,
    an_answer,
    an_item,
    bring_in,
    code_whole,
    everything,
    with_codes,
)

SLOWLY = settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)

# --- saved = loaded -------------------------------------------------------------------------

texts = st.text(max_size=30).map(normalise)
names = texts.filter(str.strip)


def values(hint):
    """Any value of a field's type that a domain value may hold."""
    origin = typing.get_origin(hint)
    if origin in (typing.Union, types.UnionType):
        return st.one_of(*(values(arg) for arg in typing.get_args(hint)))
    if hint is type(None):
        return st.none()
    if origin is tuple:
        return st.lists(texts, max_size=3).map(tuple)
    if isinstance(hint, type) and issubclass(hint, Enum):
        return st.sampled_from(hint)
    if hint is Provenance:
        rows = st.none() | st.integers(0, 10**6)
        return st.builds(Provenance, texts, texts, rows, texts)
    if hint is bool:
        return st.booleans()
    if hint is int:
        return st.integers(0, 2**31 - 1)
    if hint is float:
        return st.floats(-1e6, 1e6)
    if hint is str:
        return names
    nested = "LevelNames" in str(hint) or "dict[str, dict" in str(hint)
    return st.dictionaries(names, st.dictionaries(names, texts) if nested else texts, max_size=3)


def entities(kind):
    """Any value of the kind that names no other row."""
    hints = typing.get_type_hints(kind.cls)
    fields = {f.name: values(hints[f.name]) for f in dataclasses.fields(kind.cls)}
    for name in kind.references:
        if name != "id" and type(None) in typing.get_args(hints[name]):
            fields[name] = st.none()
    if kind.name == "segment":
        spans = st.tuples(st.integers(0, 10**6), st.integers(1, 10**6))
        return st.builds(
            lambda span, id, document: kind.cls(id, document, span[0], span[0] + span[1]),
            spans,
            names,
            names,
        )
    if kind.name == "role_placement":
        fields["category_id"] = names
    return st.fixed_dictionaries(fields).map(lambda filled: kind.cls(**filled))


@pytest.mark.parametrize("kind", KINDS.values(), ids=lambda kind: kind.name)
@SLOWLY
@given(data=st.data())
def test_a_row_gives_the_value_back(kind, data):
    entity = data.draw(entities(kind))
    assert from_row(kind.cls, to_row(entity)) == entity


ALONE = [
    kind
    for kind in KINDS.values()
    if not any(
        type(None) not in typing.get_args(typing.get_type_hints(kind.cls)[name])
        for name in kind.references
    )
    and kind.name != "role_placement"
]


@pytest.mark.parametrize("kind", ALONE, ids=lambda kind: kind.name)
@SLOWLY
@given(data=st.data())
def test_saved_is_loaded_on_every_store(store, kind, data):
    entity = data.draw(entities(kind))
    with store.writing() as rows:
        rows.put(entity)
    with store.reading() as rows:
        assert rows.get(kind.cls, entity.id) == entity


# --- the same acts, the same answers --------------------------------------------------------

ANSWERS = ["Äiti lohduttaa 👩‍👧 aina", "Apua SAI heti.", "ei 50% riitä_", "Lisää omaa aikaa"]
WORDINGS = ["äiti lohduttaa", "Apua saatiin", "apua saatiin.", "oma aika"]
few = st.integers(0, 3)

acts = st.lists(
    st.one_of(
        st.tuples(st.just("code"), few, few, few),
        st.tuples(st.just("code_many"), few, few),
        st.tuples(st.just("uncode"), few),
        st.tuples(st.just("stretch"), few, few, few),
        st.tuples(st.just("stretch_link"), few, few),
        st.tuples(st.just("split_coding"), few, few),
        st.tuples(st.just("merge_codings"), few, few),
        st.tuples(st.just("recode"), few, few, few),
        st.tuples(st.just("code_spans"), few, few, few),
        st.tuples(st.just("aside"), few, st.booleans()),
        st.tuples(st.just("reduce"), few, few, few),
        st.tuples(st.just("unlink"), few),
        st.tuples(st.just("reword"), few, few),
        st.tuples(st.just("merge_reductions"), few, few),
        st.tuples(st.just("split_reduction"), few, few),
        st.tuples(st.just("add_code"), few),
        st.tuples(st.just("add"), st.integers(1, 4), few),
        st.tuples(st.just("place"), few, few, few),
        st.tuples(st.just("move"), few, few),
        st.tuples(st.just("merge"), few, few),
        st.tuples(st.just("split"), few, few),
        st.tuples(st.just("remove"), few),
        st.tuples(st.just("derive"), few, few),
        st.tuples(st.just("undo")),
        st.tuples(st.just("redo")),
        st.tuples(st.just("other coder"), few, few),
    ),
    max_size=25,
)


def some(store, cls_name, n):
    """The id of the nth row of a kind, by a rule both stores share."""
    with store.reading() as rows:
        ids = sorted(entity.id for entity in rows.find(KINDS[cls_name].cls))
    return ids[n % len(ids)] if ids else "poissa"


def do(bench, other, act):
    """One act; an error is an answer too."""
    name, *n = act
    store = bench.store

    def row(kind, i):
        return some(store, kind, n[i])

    document = f"d{n[0] + 1}" if n and isinstance(n[0], int) else ""
    match name:
        case "code":
            coding.code(bench, document, n[1], n[1] + 4, f"c{n[2] % 3 + 1}")
        case "other coder":
            coding.code(other, document, n[1], n[1] + 4, "c1")
        case "code_many":
            code_whole(bench, ["d1", document], f"c{n[1] % 3 + 1}")
        case "uncode":
            coding.uncode(bench, row("coding", 0))
        case "stretch":
            segment_acts.stretch(bench, row("coding", 0), n[1], n[1] + n[2] + 1)
        case "stretch_link":
            segment_acts.stretch_link(bench, row("reduction_link", 0), n[1], n[1] + 4)
        case "split_coding":
            cut = n[1] + 1
            segment_acts.split(bench, row("coding", 0), [(n[1], cut), (cut, cut + 1)])
        case "merge_codings":
            segment_acts.merge(bench, [row("coding", 0), row("coding", 1)])
        case "recode":
            segment_acts.recode(bench, [row("coding", 0), row("coding", 1)], f"c{n[2] % 3 + 1}")
        case "code_spans":
            spans = [segment_acts.Span("d1", n[1], n[1] + 3), segment_acts.Span(document, 0, 2)]
            segment_acts.code_spans(bench, f"c{n[2] % 3 + 1}", spans)
        case "aside":
            coding.set_aside(bench, [document], n[1])
        case "reduce":
            reducing.reduce(bench, document, n[1], n[1] + 4, WORDINGS[n[2]])
        case "unlink":
            reducing.unlink(bench, row("reduction_link", 0))
        case "reword":
            id = row("reduction", 0)
            with store.reading() as rows:
                now = rows.get(KINDS["reduction"].cls, id)
            reducing.reword(bench, id, WORDINGS[n[1]], now.wording if now else "")
        case "merge_reductions":
            reducing.merge(bench, row("reduction", 0), [row("reduction", 1)])
        case "split_reduction":
            link = row("reduction_link", 0)
            with store.reading() as rows:
                now = rows.get(KINDS["reduction_link"].cls, link)
            reducing.split(bench, now.reduction_id if now else "", WORDINGS[n[1]], [link])
        case "add_code":
            coding.add_code(bench, f"Uusi {n[0]}")
        case "add":
            categorising.add(bench, f"Luokka {n[0]} {n[1]}", categorising.Level(n[0]))
        case "place":
            before = some(store, "reduction", n[2])
            categorising.place(bench, [row("reduction", 0)], row("category", 1), before)
        case "move":
            categorising.move(bench, [row("category", 0)], row("category", 1))
        case "merge":
            categorising.merge(bench, row("category", 0), [row("category", 1)])
        case "split":
            categorising.split(bench, row("category", 0), f"Osa {n[1]}", [row("reduction", 1)])
        case "remove":
            categorising.remove(bench, [row("category", 0)])
        case "derive":
            role_mapping.derive(bench, "Kartta", "", row("category", 0), [row("category", 1)])
        case "undo":
            history.undo(bench)
        case "redo":
            history.redo(bench)


def outcome(bench, other, act):
    try:
        do(bench, other, act)
    except QualcodeError as error:
        return type(error)
    return "done"


def all_answers(store):
    """Every view the store has, with every filter used at least once."""
    queries = [AnswerQuery(state=state) for state in AnswerState] + [
        AnswerQuery(text="ÄITI"),
        AnswerQuery(text="apua saatiin"),
        AnswerQuery(conditions=(among(Facet.CODE, "c1"),)),
        AnswerQuery(conditions=(among(Facet.CODER, "Pekka"),)),
        AnswerQuery(conditions=(among(Facet.ATTRIBUTE, "30", name="ikä"),)),
        AnswerQuery(AnswerState.CODED, (among(Facet.ACTOR_GROUP, "asiakas"),)),
        *(AnswerQuery(group_by=GroupBy(facet)) for facet in Facet),
        *(AnswerQuery(order=Order(by, descending=True)) for by in OrderBy),
    ]
    with store.reading() as rows:
        categories = [c.id for c in rows.find(KINDS["category"].cls)]
        return {
            "answers": [rows.answers(q, 0, 50) for q in queries],
            "pages": [rows.answers(AnswerQuery(), n, 2) for n in range(5)],
            "positions": [[rows.answer_position(q, f"d{n}") for n in range(5)] for q in queries],
            "reductions": [
                rows.reductions(q, 0, 50)
                for q in (
                    ReductionQuery(),
                    ReductionQuery(text="APU"),
                    ReductionQuery(placed=True),
                    ReductionQuery(placed=False),
                    *(ReductionQuery(category_id=id) for id in sorted(categories)),
                )
            ],
            "expressions": [
                rows.expressions(q, 0, 50)
                for q in (
                    ExpressionQuery(),
                    ExpressionQuery(code_id="c1"),
                    ExpressionQuery(document_ids=("d1",)),
                    ExpressionQuery(actor_group="asiakas"),
                )
            ],
            "codes": rows.code_counts(),
            "evidence": rows.evidence(),
            "progress": rows.progress(),
            "states": (rows.text_states(), rows.text_states(["d0", "d3"])),
            "attributes": rows.attribute_values(),
            "worded": [rows.worded(wording) for wording in WORDINGS],
            "log": rows.decisions(0, 50),
            "undo": [(rows.next_undo(who), rows.next_redo(who)) for who in ("Maija", "Pekka")],
            "turns": [(rows.undoable(who, 9), rows.redoable(who, 9)) for who in ("Maija", "Pekka")],
        }


@pytest.fixture
def pair(empty_file, tmp_path):
    """The same beginning in memory and in a file, as often as asked for."""
    opened = []

    def start():
        path = tmp_path / f"{len(opened)}.qualcode"
        shutil.copy(empty_file, path)
        file = open_study(path)
        opened.append(file)
        benches = [a_study(MemoryStore()), a_study(file)]
        for bench in benches:
            bring_in(
                bench,
                a_respondent("r1", background={"ikä": "30"}),
                an_item("q1", "Arki", position=1),
                *(
                    an_answer(text, f"d{n}", "r1" if n < 4 else None, "q1", n)
                    for n, text in enumerate(ANSWERS, start=1)
                ),
            )
            with_codes(bench, "Lohtu", "Apu", "Aika")
        return benches

    yield start
    for store in opened:
        store.close()


@pytest.mark.slow
@SLOWLY
@given(done=acts)
def test_a_file_answers_as_memory_does(pair, done):
    memory, file = pair()
    others = [a_bench(bench.store, "Pekka") for bench in (memory, file)]
    for act in done:
        assert outcome(memory, others[0], act) == outcome(file, others[1], act), act
    assert everything(memory.store) == everything(file.store)
    assert all_answers(memory.store) == all_answers(file.store)
    file.store.close()
