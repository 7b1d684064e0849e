"""Self-assessment discussions: a profile role by role, confidential, in the person's own order."""

from __future__ import annotations

import ast
from dataclasses import replace
from pathlib import Path

import pytest

import qualcode
from qualcode.domain.discussions import Company, Discussion, NoPerson, agreed
from qualcode.domain.errors import QualcodeError
from qualcode.domain.role_maps import Role
from qualcode.domain.role_traits import Step
from qualcode.workbench import discussing, erasing, history, role_mapping
from qualcode.workbench.messages import act_sentence
from qualcode.workbench.role_mapping import RoleDraft
from tests.builders import a_study, everything

NAMES = ("Päättäjä", "Uskaltaja", "Kumppani")


@pytest.fixture
def bench():
    bench = a_study()
    role_mapping.start(
        bench, "Asiakas", "asiakas", [RoleDraft(name, name == "Kumppani") for name in NAMES]
    )
    return bench


def ids(bench):
    with bench.store.reading() as rows:
        return {role.name: role.id for role in rows.find(Role)}


def a_map(bench):
    with bench.store.reading() as rows:
        return rows.find(Role)[0].map_id


def begun(bench, *roles, day="2026-01-15", **told):
    chosen = [ids(bench)[name] for name in roles]
    return discussing.start(bench, a_map(bench), "A1", day, roles=chosen, **told)


def talked(bench, discussion):
    return discussing.talks_of(bench, [discussion.id])[discussion.id]


def test_one_or_two_roles_are_discussed_in_the_order_the_person_wants(bench):
    made = begun(bench, "Uskaltaja", "Päättäjä")
    assert [talk.role_name for talk in talked(bench, made)] == ["Uskaltaja", "Päättäjä"]


def test_without_a_choice_all_are_discussed_the_central_role_first(bench):
    made = begun(bench)
    assert [talk.role_name for talk in talked(bench, made)] == ["Kumppani", "Päättäjä", "Uskaltaja"]


def test_roles_can_be_turned_and_added_and_what_was_said_stays(bench):
    made = begun(bench, "Uskaltaja", "Päättäjä")
    discussing.mark(bench, talked(bench, made)[0].id, Step.DEVELOPING)
    role = ids(bench)
    discussing.choose_roles(bench, made.id, [role["Kumppani"], role["Uskaltaja"]])
    assert [(talk.role_name, talk.step) for talk in talked(bench, made)] == [
        ("Kumppani", None),
        ("Uskaltaja", Step.DEVELOPING),
    ]


def test_a_mark_is_set_changed_and_taken_away(bench):
    (talk,) = talked(bench, begun(bench, "Uskaltaja"))
    for step in (Step.OVERDEVELOPED, Step.APPROPRIATE, None):
        discussing.mark(bench, talk.id, step)
        with bench.store.reading() as rows:
            assert rows.get(type(talk), talk.id).step is step


def test_whoever_is_alone_has_no_companion(bench):
    made = begun(bench, company=Company.WORKER, companion="T2")
    assert made.companion == "T2"
    discussing.edit(bench, made.id, company=Company.ALONE)
    assert discussing.discussions(bench)[0].companion == ""


def test_a_person_needs_a_pseudonym(bench):
    with pytest.raises(NoPerson):
        discussing.start(bench, a_map(bench), "  ", "2026-01-15")


def test_two_fields_written_in_two_windows_both_stay(bench):
    (talk,) = talked(bench, begun(bench, "Uskaltaja"))
    discussing.write(bench, talk.id, "examples", "soitin itse")
    discussing.write(bench, talk.id, "plan", "soitan ensi viikolla ")
    (kept,) = talked(bench, discussing.discussions(bench)[0])
    assert (kept.examples, kept.plan) == ("soitin itse", "soitan ensi viikolla")


def test_the_log_names_neither_the_person_nor_their_words(bench):
    made = begun(bench, "Uskaltaja", company=Company.CLOSE_ONE, companion="sisko")
    (talk,) = talked(bench, made)
    discussing.mark(bench, talk.id, Step.MISSING)
    discussing.write(bench, talk.id, "examples", "en uskalla")
    discussing.close(bench, made.id, "next_day", "2026-04-15")
    told = " ".join(
        act_sentence(decision, str) + str(dict(decision.summary))
        for decision in history.log(bench).rows
    )
    assert "“Uskaltaja”" in told
    for secret in ("A1", "sisko", "en uskalla", "missing", "2026-04-15"):
        assert secret not in told


def test_who_only_reviews_erases_nobody(bench):
    begun(bench, "Uskaltaja")
    with pytest.raises(QualcodeError):
        erasing.erase_person(replace(bench, reviewing=True), "A1")
    assert [one.person for one in discussing.discussions(bench)] == ["A1"]


def test_a_removed_discussion_comes_back_whole(bench):
    made = begun(bench, "Uskaltaja", "Päättäjä")
    discussing.mark(bench, talked(bench, made)[1].id, Step.APPROPRIATE)
    before = everything(bench.store)
    discussing.remove(bench, made.id)
    assert discussing.discussions(bench) == []
    history.undo(bench)
    assert everything(bench.store) == before


def test_a_discussion_outlives_its_map(bench):
    made = begun(bench, "Uskaltaja")
    role_mapping.remove_map(bench, made.map_id)
    (kept,) = discussing.discussions(bench)
    assert kept.map_title == "Asiakas"
    assert [talk.role_name for talk in talked(bench, kept)] == ["Uskaltaja"]


def of(id, day, person="A1", next_day=""):
    return Discussion(id, "m", "Asiakas", person, day, next_day=next_day)


def test_a_date_agreed_is_reminded_of_until_the_next_discussion():
    first = of("1", "2026-01-01", next_day="2026-02-01")
    other = of("2", "2026-01-05", "B", next_day="2026-01-20")
    assert agreed([first, other]) == [other, first]
    assert agreed([first, other, of("3", "2026-02-03")]) == [other]


SUMMING = {"sum", "mean", "fmean", "median", "average", "avg", "cumsum", "nansum"}


def test_no_code_that_knows_the_steps_sums_or_averages_anything():
    """The scale is a profile: ``+++`` is no better than ``++``, and nothing adds up over roles."""
    knowing, summing = [], []
    for path in Path(qualcode.__path__[0]).rglob("*.py"):
        tree = ast.parse(path.read_text("utf-8"))
        names = {n.name for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)
                 for n in node.names}  # fmt: skip
        if not names & {"Step", "RoleTalk", "TARGET"}:
            continue
        knowing.append(path.stem)
        called = {
            getattr(node.func, "attr", getattr(node.func, "id", ""))
            for node in ast.walk(tree)
            if isinstance(node, ast.Call)
        }
        summing += [(path.name, name) for name in called & SUMMING]
    assert {"discussing", "kinds"} <= set(knowing)
    assert summing == []
