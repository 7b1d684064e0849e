"""What stands behind the roles of a map."""

from qualcode.domain.categories import Category
from qualcode.domain.coding import ReducedExpression
from qualcode.domain.role_maps import Role, RoleMap
from qualcode.workbench import history, role_mapping
from qualcode.workbench.role_evidence import evidence_of, figure_of
from tests import report_builders


def study():
    bench = report_builders.small_study()
    with bench.store.reading() as rows:
        [role_map] = rows.find(RoleMap)
        roles = {role.name: role for role in rows.find(Role)}
        categories = {row.name: row.id for row in rows.find(Category)}
        reductions = {row.wording: row.id for row in rows.find(ReducedExpression)}
    return bench, role_map, roles, categories, reductions


def test_a_role_has_the_people_and_expressions_of_what_it_is_linked_to():
    bench, role_map, roles, *_ = study()
    evidence = evidence_of(bench, role_map.id)
    central = evidence[roles["Päättäjä"].id]
    assert (central.respondents, central.mentions) == (2, 2)
    assert [link.name for link in central.links] == ["Oma valinta"]
    assert evidence[roles["Kumppani"].id].segment_ids == ()


def test_linking_many_is_one_step_and_twice_changes_nothing():
    bench, role_map, roles, categories, reductions = study()
    role_id = roles["Kumppani"].id
    chosen = [categories["Kohtaaminen"]], [reductions["saa tietoa palveluista"]]
    assert role_mapping.link_many(bench, [role_id], *chosen) == 2
    revision = history.log(bench).total
    assert role_mapping.link_many(bench, [role_id], *chosen) == 0
    assert history.log(bench).total == revision
    evidence = evidence_of(bench, role_map.id)[role_id]
    assert (evidence.respondents, evidence.mentions) == (3, 3)
    history.undo(bench)
    assert evidence_of(bench, role_map.id)[role_id].mentions == 0


def test_a_category_is_given_to_several_roles_in_one_step():
    bench, role_map, roles, categories, _ = study()
    ids = [roles["Kumppani"].id, roles["Päättäjä"].id]
    before = history.log(bench).total
    assert role_mapping.link_many(bench, ids, [categories["Kohtaaminen"]], []) == 2
    assert history.log(bench).total == before + 1
    evidence = evidence_of(bench, role_map.id)
    assert [link.name for link in evidence[ids[0]].links] == ["Kohtaaminen"]
    assert "Kohtaaminen" in [link.name for link in evidence[ids[1]].links]


def test_a_category_and_its_reduction_both_linked_count_once():
    bench, role_map, roles, _, reductions = study()
    role_mapping.link(bench, roles["Päättäjä"].id, reduction_id=reductions["saa valita auttajan"])
    assert evidence_of(bench, role_map.id)[roles["Päättäjä"].id].mentions == 2


def test_the_figure_has_the_central_role_in_the_middle():
    _, _, roles, *_ = study()
    figure = figure_of(list(roles.values()), "Kartta", chosen=roles["Kumppani"].id)
    assert figure.central.name == "Päättäjä"
    assert [shape.name for shape in figure.roles] == ["Kumppani"]
