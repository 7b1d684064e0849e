"""Role maps in use, in the report: counter-roles, kinds and comments, and never a discussion."""

from __future__ import annotations

import pytest

from qualcode.domain.role_maps import Role
from qualcode.domain.role_traits import TYPES, Step, Trait
from qualcode.exports import excel, word
from qualcode.workbench import (
    discussing,
    reporting,
    role_coding,
    role_commenting,
    role_mapping,
    role_pairing,
)
from qualcode.workbench.reporting import Section
from qualcode.workbench.role_mapping import RoleDraft
from tests.builders import a_bench, a_study


@pytest.fixture
def bench():
    bench = a_study()
    drafts = [RoleDraft("Tekijä", True), RoleDraft("Kokeilija")]
    role_mapping.start(bench, "Asiakas", "asiakas", drafts)
    role_mapping.start(bench, "Työntekijä", "työntekijä", [RoleDraft("Vallanjakaja", True)])
    return bench


def roles(bench):
    with bench.store.reading() as rows:
        return {role.name: role for role in rows.find(Role)}


def report_of(bench):
    return reporting.report(bench, "fi", [Section.ROLE_MAPS])


def tables(bench):
    return {table.key: table for table in report_of(bench).tables()}


def texts(table):
    return [tuple(cell.text("fi") for cell in row.cells) for row in table.rows]


def test_nothing_said_makes_no_table(bench):
    assert [key for key in tables(bench) if key.startswith(("role_rel", "role_com"))] == []


def test_a_pair_stands_in_the_tables_of_both_maps(bench):
    role = roles(bench)
    role_pairing.pair(bench, role["Kokeilija"].id, role["Vallanjakaja"].id, "lupa erehtyä")
    found = tables(bench)
    assert texts(found["role_relations_1"]) == [("Kokeilija", "Vallanjakaja: lupa erehtyä")]
    assert texts(found["role_relations_2"]) == [("Vallanjakaja", "Kokeilija: lupa erehtyä")]


def test_where_coders_differ_it_is_told_how_many_see_it(bench):
    role = roles(bench)["Kokeilija"]
    role_coding.set_traits(bench, role.id, tuple(Trait), [Trait.SOCIAL, Trait.UNDERDEVELOPED])
    role_coding.set_traits(a_bench(bench.store, "Olli"), role.id, TYPES, [Trait.SOCIAL])
    assert texts(tables(bench)["role_relations_1"]) == [
        ("Kokeilija", "sosiaalinen", "alikehittynyt − (1/2)")
    ]


def test_comments_stand_by_role_those_on_the_whole_map_first(bench):
    role = roles(bench)["Kokeilija"]
    role_commenting.comment(bench, role.map_id, role.id, "Lisää rohkeutta", "Verkosto", "31.1.2019")
    role_commenting.comment(bench, role.map_id, None, "Selkeä kartta")
    assert texts(tables(bench)["role_comments_1"]) == [
        ("Koko kartta", "Selkeä kartta", ""),
        ("Kokeilija", "Lisää rohkeutta", "Verkosto\n31.1.2019"),
    ]


def test_a_discussion_is_in_no_report(bench):
    role = roles(bench)["Kokeilija"]
    made = discussing.start(bench, role.map_id, "Salanimi-8", "2026-01-15", roles=[role.id])
    talk = discussing.talks_of(bench, [made.id])[made.id][0]
    discussing.mark(bench, talk.id, Step.MISSING)
    discussing.write(bench, talk.id, "examples", "en uskaltanut")
    report = reporting.report(bench, "fi", list(Section))
    for secret in ("Salanimi-8", "en uskaltanut", "puuttuva"):
        assert secret not in str(report)
    assert word.write(report) and excel.write(report)
