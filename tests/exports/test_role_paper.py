"""The guide and form of a role map as Word files, opened again and read."""

from __future__ import annotations

import io
import json

import docx
import pytest
from docx.oxml.ns import qn

from qualcode.domain.discussions import Company
from qualcode.domain.role_maps import Role, RoleMap
from qualcode.domain.role_traits import Step
from qualcode.exports.role_paper import write
from qualcode.readers.role_map_yaml import shipped_role_map_frames
from qualcode.workbench import discussing, role_mapping, role_pairing, role_papers
from qualcode.workbench.role_guides import Reader, reader_of
from qualcode.workbench.role_mapping import RoleDraft
from tests.builders import a_study


@pytest.fixture
def bench():
    return a_study()


def roles_of(bench, role_map):
    with bench.store.reading() as rows:
        return rows.find(Role, map_id=role_map.id)


def opened(paper):
    return docx.Document(io.BytesIO(write(paper)))


def words(document):
    """Everything that is printed, tables within tables too."""
    return [
        "".join(run.text or "" for run in paragraph.iter("{*}t"))
        for paragraph in document.element.body.iter("{*}p")
    ]


def own_map(bench, group="asiakas"):
    drafts = [
        RoleDraft("Tekijä", True, ("Valitsee", "Ratkaisee"), "Päättää omasta arjestaan."),
        RoleDraft("Kokeilija"),
    ]
    return role_mapping.start(bench, "Keksitty kartta", group, drafts)


def from_frame(bench, frame):
    drafts = [
        RoleDraft(r.name("fi"), r.central, r.descriptors("fi"), r.description("fi"), r.sources)
        for r in frame.roles
    ]
    return role_mapping.start(bench, frame.title("fi"), frame.actor_group, drafts, frame.key)


def test_the_form_has_five_boxes_a_role_and_lines_for_a_pen(bench):
    role_map = own_map(bench)
    paper = role_papers.blank_paper(
        bench, role_map, roles_of(bench, role_map), Reader.CLIENT, "fi", guide=False
    )
    document = opened(paper)
    told = words(document)
    boxes = [text for text in told if text.startswith("☐")]
    assert boxes == ["☐ +++", "☐ ++", "☐ +", "☐ −", "☐ − −"] * 2
    assert told.count("sopivasti kehittynyt rooli (tavoite)") == 2
    styles = [style.get(qn("w:val")) for style in document.element.body.iter(qn("w:pStyle"))]
    assert styles.count(document.styles["Pen line"].style_id) == 2 * 7 + 6
    section = document.sections[0]
    assert (round(section.page_width.cm, 1), round(section.page_height.cm, 1)) == (21.0, 29.7)


def test_the_guide_alone_has_the_map_the_scale_and_the_steps(bench):
    role_map = own_map(bench)
    paper = role_papers.blank_paper(
        bench, role_map, roles_of(bench, role_map), Reader.CLIENT, "en", form=False
    )
    document = opened(paper)
    told = words(document)
    assert document.core_properties.language == "en-GB"
    assert "Agree when you talk the next time." in told
    assert [text for text in told if text.startswith("☐")] == [
        "☐ +++", "☐ ++", "☐ +", "☐ −", "☐ − −",
    ]  # fmt: skip
    (picture,) = document.inline_shapes
    assert picture._inline.docPr.get("descr") == (
        "Keksitty kartta: Tekijä (Valitsee, Ratkaisee); Kokeilija."
    )


def test_a_workers_guide_speaks_of_flexibility_and_a_clients_of_the_life_situation(bench):
    worker, client = own_map(bench, "työntekijä"), own_map(bench)
    assert (reader_of(worker), reader_of(client)) == (Reader.WORKER, Reader.CLIENT)
    for role_map, wanted in ((worker, "joustettava"), (client, "elämäntilanteen")):
        paper = role_papers.blank_paper(
            bench, role_map, roles_of(bench, role_map), reader_of(role_map), "fi", form=False
        )
        assert any(wanted in text for text in words(opened(paper)))


def test_chosen_roles_alone_are_on_the_form(bench):
    role_map = own_map(bench)
    [trying] = [role for role in roles_of(bench, role_map) if role.name == "Kokeilija"]
    paper = role_papers.blank_paper(bench, role_map, [trying], Reader.CLIENT, "fi", guide=False)
    assert [role.name for role in paper.roles] == ["Kokeilija"]


@pytest.mark.parametrize("frame", shipped_role_map_frames(), ids=lambda frame: frame.key)
def test_a_map_of_a_frame_is_printed_in_both_languages_but_for_own_words(bench, frame):
    role_map = from_frame(bench, frame)
    roles = roles_of(bench, role_map)
    for language in ("fi", "en"):
        paper = role_papers.blank_paper(bench, role_map, roles, reader_of(role_map), language)
        assert {role.name for role in paper.roles} == {r.name(language) for r in frame.roles}
        assert {role.description for role in paper.roles} == {
            r.description(language) for r in frame.roles
        }
        steps = frame.usage.steps_fi if language == "fi" else frame.usage.steps_en
        assert paper.guide[-1].texts == steps
        assert len(words(opened(paper))) > 100


def test_both_maps_of_the_model_study_become_papers(bench, gold):
    told = json.loads((gold / "rolemaps.json").read_text("utf-8"))
    for one in told["maps"]:
        drafts = [
            RoleDraft(
                role["name_fi"],
                role.get("central", False),
                tuple(role["descriptors"]),
                role["summary_fi"],
                tuple(role["sources"]),
            )
            for role in one["roles"]
        ]
        role_map = role_mapping.start(bench, one["title"], "", drafts)
        paper = role_papers.blank_paper(
            bench, role_map, roles_of(bench, role_map), Reader.CLIENT, "fi"
        )
        assert paper.roles[0].name == drafts[0].name
        printed = words(opened(paper))
        assert all(any(text.startswith(draft.name) for text in printed) for draft in drafts)
        signs = [paper.steps[step][0].replace("−", "-") for step in reversed(Step)]
        assert signs == [step["symbol"] for step in told["usage_instructions"]["scale"]]


def test_a_filled_discussion_has_its_ticks_words_and_profile_and_says_it_is_confidential(bench):
    role_map = own_map(bench)
    role = {role.name: role.id for role in roles_of(bench, role_map)}
    made = discussing.start(
        bench, role_map.id, "A1", "2026-11-28", Company.WORKER, "T2", roles=[role["Kokeilija"]]
    )
    talk = discussing.talks_of(bench, [made.id])[made.id][0]
    discussing.mark(bench, talk.id, Step.DEVELOPING)
    discussing.write(bench, talk.id, "examples", "Kokeilin \x07kerran.\nOnnistui.")
    discussing.close(bench, made.id, "next_day", "2027-02-01")
    found = discussing.discussions(bench)
    document = opened(role_papers.filled_paper(bench, found[0], found, "fi"))
    told = words(document)
    assert [text for text in told if text.startswith("☒")] == ["☒ +"]
    assert {"Kokeilin kerran.", "Onnistui.", "1.2.2027"} <= set(told)
    assert "Suunnitelma" not in told  # nothing was written of it
    assert len(document.inline_shapes) == 1
    foot = "".join(paragraph.text for paragraph in document.sections[0].footer.paragraphs)
    assert "Luottamuksellinen" in foot


def test_the_change_is_printed_when_there_has_been_a_discussion_before(bench):
    role_map = own_map(bench)
    for day in ("2026-01-01", "2026-03-01"):
        discussing.start(bench, role_map.id, "A1", day)
    found = discussing.discussions(bench)
    assert len(role_papers.filled_paper(bench, found[0], found, "fi").profiles) == 2
    assert len(role_papers.filled_paper(bench, found[1], found, "fi").profiles) == 1


def test_the_counter_role_stands_on_both_papers(bench):
    client, worker = own_map(bench), own_map(bench, "työntekijä")
    mine, theirs = roles_of(bench, client)[0], roles_of(bench, worker)[0]
    role_pairing.pair(bench, mine.id, theirs.id)
    for role_map, other in ((client, theirs), (worker, mine)):
        paper = role_papers.blank_paper(
            bench, role_map, roles_of(bench, role_map), Reader.CLIENT, "fi"
        )
        assert f"Vastarooli: {other.name}" in [role.note for role in paper.roles]


def test_a_map_that_is_gone_leaves_its_discussions_printable(bench):
    role_map = own_map(bench)
    discussing.start(bench, role_map.id, "A1", "2026-01-01")
    role_mapping.remove_map(bench, role_map.id)
    with bench.store.reading() as rows:
        assert rows.count(RoleMap) == 0
    found = discussing.discussions(bench)
    assert "Kokeilija" in words(opened(role_papers.filled_paper(bench, found[0], found, "fi")))


def test_no_scale_is_cut_by_the_end_of_a_page_and_a_long_text_may_go_on(bench):
    role_map = own_map(bench)
    made = discussing.start(bench, role_map.id, "A1", "2026-11-28")
    talk = discussing.talks_of(bench, [made.id])[made.id][0]
    discussing.write(bench, talk.id, "examples", "Keksitty kertomus. " * 200)
    found = discussing.discussions(bench)
    document = opened(role_papers.filled_paper(bench, found[0], found, "fi"))
    [roles] = [table for table in document.tables if len(table.columns) == 1]
    whole = [row._tr.trPr is not None for row in roles.rows]
    scales = [row.cells[0].tables[0].rows[0]._tr.trPr for row in roles.rows]
    assert sorted(whole) == [False, True]
    assert all(scale.find(qn("w:cantSplit")) is not None for scale in scales)
