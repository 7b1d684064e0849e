"""A study takes codebooks into use, edits them and lets go of them, and never loses a coding."""

from __future__ import annotations

from dataclasses import replace
from itertools import count
from pathlib import Path

import pytest

from qualcode.domain.approaches import Approach
from qualcode.domain.categories import Level
from qualcode.domain.codes import PALETTE, Code, Codebook, Origin
from qualcode.domain.coding import Coding
from qualcode.domain.decisions import Act
from qualcode.domain.definitions import tells_what_belongs
from qualcode.domain.documents import Document, Respondent, Source, SourceKind
from qualcode.domain.errors import (
    ChangedMeanwhile,
    DuplicateName,
    EmptyName,
    NewCodesNotAllowed,
    StillInUse,
    UnknownRow,
)
from qualcode.readers.codebook_yaml import read_codebook, read_codebook_file, shipped_codebooks
from qualcode.store.memory import MemoryStore
from qualcode.store.opening import create
from qualcode.workbench import (
    categorising,
    codebook_files,
    codebook_rules,
    codebooks,
    coding,
    history,
    studies,
)
from qualcode.workbench.bench import Workbench

ARKI = """
id: arki
version: {version}
name_fi: Arki
name_en: Everyday life
theory_source: Keksitty 2020
kind: tree
codes:
  - id: koti
    label_fi: {koti}
    definition_fi: {maaritelma}
    shortcut: 1
  - id: ruoka
    parent: koti
    label_fi: Ruoka
    definition_fi: Ruoan hankkiminen ja laittaminen.
{more}"""
SIIVOUS = """  - id: siivous
    parent: koti
    label_fi: Siivous
"""


def arki(version=1, koti="Koti", maaritelma="Mitä kotona tehdään.", more=""):
    text = ARKI.format(version=version, koti=koti, maaritelma=maaritelma, more=more)
    return read_codebook(text, "arki.yaml")


@pytest.fixture(params=["memory", "sqlite"])
def bench(request, tmp_path):
    store = MemoryStore() if request.param == "memory" else create(tmp_path / "s.qualcode")
    ids = count(1)
    bench = Workbench(
        store, "Aino", "fi", lambda: "2026-01-01T10:00:00+00:00", lambda: f"n{next(ids)}"
    )
    studies.start(bench, "Keksitty tutkimus", Approach.THEORY_GUIDED)
    with bench.act(Act.IMPORT) as work:
        work.put(Source("src", "keksitty.csv", "d", SourceKind.SURVEY, "", ""))
        for number in (1, 2):
            work.put(Respondent(f"r{number}", "src", f"Vastaaja {number}", "asiakas"))
            work.put(
                Document(
                    f"d{number}",
                    "src",
                    "Ruoka oli hyvää ja koti siisti.",
                    respondent_id=f"r{number}",
                )
            )
    yield bench
    store.close()


def labels(bench):
    return [code.label("fi") for code in codebooks.codes_in_use(bench)]


def rows(bench, cls, **equals):
    with bench.store.reading() as reading:
        return reading.find(cls, **equals)


def decisions(bench):
    return history.log(bench).rows


# --- taking into use ---------------------------------------------------------------------------


def test_a_codebook_taken_is_in_use_with_its_codes_in_tree_order(bench):
    codebook = codebooks.take(bench, arki(more=SIIVOUS))
    assert codebook.in_use
    branch = codebooks.code_tree(bench)[0]
    assert [(row.code.key, row.depth) for row in branch.rows] == [
        ("koti", 0),
        ("ruoka", 1),
        ("siivous", 1),
    ]
    assert decisions(bench)[0].act is Act.TAKE_CODEBOOK


def test_all_51_shipped_codebooks_can_be_in_use_together(bench):
    cards = codebooks.library()
    assert len(cards) == 51
    for card in cards:
        codebooks.take(bench, read_codebook_file(card.path))
    tree = codebooks.code_tree(bench)
    assert sum(len(branch.rows) for branch in tree) == 278 + 11
    assert [branch.codebook.position for branch in tree] == list(range(51))


def test_new_codes_get_colours_the_study_does_not_use_yet(bench):
    codebooks.take(bench, arki())
    other = read_codebook(
        "id: muu\nname_fi: Muu\ncodes:\n"
        + "".join(f"  - {{id: k{n}, label_fi: K{n}}}\n" for n in range(11)),
        "muu.yaml",
    )
    codebooks.take(bench, other)
    colours = [code.colour for code in codebooks.codes_in_use(bench)]
    assert colours == [*PALETTE, PALETTE[0]]


def test_a_colour_of_the_file_is_kept_and_a_shortcut_goes_to_whoever_has_it_first(bench):
    codebooks.take(bench, arki())
    other = read_codebook(
        "id: muu\nname_fi: Muu\ncodes:\n"
        "  - {id: a, label_fi: A, colour: '#123456', shortcut: 1}\n"
        "  - {id: b, label_fi: B, shortcut: 2}\n",
        "muu.yaml",
    )
    codebooks.take(bench, other)
    found = {code.key: code for code in codebooks.codes_in_use(bench)}
    assert (found["a"].colour, found["a"].shortcut) == ("#123456", "")
    assert (found["koti"].shortcut, found["b"].shortcut) == ("1", "2")


def test_codes_of_a_codebook_without_shortcuts_get_the_keys_nobody_has(bench):
    codebooks.take(bench, arki())
    codes = "".join(f"  - {{id: k{n}, label_fi: K{n}}}\n" for n in range(10))
    codebooks.take(bench, read_codebook(f"id: muu\nname_fi: Muu\ncodes:\n{codes}", "muu.yaml"))
    found = {code.key: code.shortcut for code in codebooks.codes_in_use(bench)}
    assert (found["koti"], found["ruoka"]) == ("1", ""), "arki names its shortcuts itself"
    assert [found[f"k{n}"] for n in range(10)] == [*"23456789", "", ""]


def test_a_key_taken_from_a_code_does_not_come_back_with_the_codebook(bench):
    book = "id: muu\nname_fi: Muu\ncodes:\n  - {id: a, label_fi: A}\n"
    codebooks.take(bench, read_codebook(book, "muu.yaml"))
    [a] = codebooks.codes_in_use(bench)
    codebooks.edit_code(bench, replace(a, shortcut=""))
    codebooks.take(bench, read_codebook(book + "  - {id: b, label_fi: B}\n", "muu.yaml"))
    assert [code.shortcut for code in codebooks.codes_in_use(bench)] == ["", ""]


def test_taking_the_same_again_brings_what_is_missing_and_leaves_edits_alone(bench):
    codebooks.take(bench, arki())
    koti, ruoka = codebooks.codes_in_use(bench)
    coding.code(bench, "d1", 0, 5, ruoka.id)
    codebooks.edit_code(bench, replace(koti, label_fi="Koti ja piha", colour="#A3324E"))
    codebooks.take(bench, arki(more=SIIVOUS))
    assert labels(bench) == ["Koti ja piha", "Ruoka", "Siivous"]
    assert codebooks.codes_in_use(bench)[0].colour == "#A3324E"
    assert len(rows(bench, Coding)) == 1


def test_taking_the_very_same_again_leaves_no_row_in_the_log(bench):
    codebooks.take(bench, arki())
    before = len(decisions(bench))
    codebooks.take(bench, arki())
    assert len(decisions(bench)) == before


def test_a_newer_version_brings_its_words_and_says_which(bench):
    codebooks.take(bench, arki())
    koti, _ruoka = codebooks.codes_in_use(bench)
    coding.code(bench, "d1", 0, 5, koti.id)
    codebooks.edit_code(bench, replace(koti, colour="#A3324E", origin=Origin.BOTH, shortcut="7"))
    newer = arki(2, koti="Kotona", more=SIIVOUS)
    uptake = codebooks.compare(bench, newer)
    assert uptake.newer and [code.key for code in uptake.new] == ["siivous"]
    assert [(c.field, c.before, c.after) for c in uptake.changed] == [
        ("label_fi", "Koti", "Kotona")
    ]
    taken = codebooks.take(bench, newer)
    assert taken.version == 2
    after = codebooks.codes_in_use(bench)[0]
    assert (after.id, after.label_fi) == (koti.id, "Kotona")
    assert (after.colour, after.origin, after.shortcut) == ("#A3324E", Origin.BOTH, "7")
    assert decisions(bench)[0].summary["changes"] == ["koti.label_fi: Koti → Kotona"]
    assert len(rows(bench, Coding)) == 1


def test_a_newer_version_without_a_text_or_a_code_takes_nothing_away(bench):
    codebooks.take(bench, arki(more=SIIVOUS))
    newer = arki(2, maaritelma="''")
    assert [code.key for code in codebooks.compare(bench, newer).absent] == ["siivous"]
    codebooks.take(bench, newer)
    assert labels(bench) == ["Koti", "Ruoka", "Siivous"]
    assert codebooks.codes_in_use(bench)[0].definition_fi == "Mitä kotona tehdään."


def test_words_of_the_same_version_come_only_when_asked_for(bench):
    codebooks.take(bench, arki())
    codebooks.take(bench, arki(koti="Kotona"))
    assert labels(bench)[0] == "Koti"
    codebooks.take(bench, arki(koti="Kotona"), replace_texts=True)
    assert labels(bench)[0] == "Kotona"


def test_an_older_version_is_refused_with_what_to_do(bench):
    codebooks.take(bench, arki(3))
    with pytest.raises(codebooks.OlderCodebook, match=r"has version 3.*version 1.*to 4"):
        codebooks.take(bench, arki(1, koti="Vanha"))
    assert labels(bench)[0] == "Koti"


def test_a_code_found_while_reading_is_met_again_by_its_label(bench):
    """A code of the study saved in a file and renamed there by key still is the same code."""
    codebooks.take(bench, arki())
    found = coding.add_code(bench, "Siivous", "codebook:arki", parent_id="code:arki/koti")
    coding.code(bench, "d1", 0, 5, found.id)
    more = SIIVOUS.replace("id: siivous", "id: siivous_kotona")
    codebooks.take(bench, arki(2, more=more))
    assert [c.id for c in codebooks.codes_in_use(bench)] == [
        "code:arki/koti",
        "code:arki/ruoka",
        found.id,
    ]


def test_undo_takes_back_a_whole_uptake(bench):
    codebooks.take(bench, arki())
    before = codebooks.codes_in_use(bench)
    codebooks.take(bench, arki(2, koti="Kotona", more=SIIVOUS))
    history.undo(bench)
    assert codebooks.codes_in_use(bench) == before
    history.undo(bench)
    assert codebooks.code_tree(bench) == [] and rows(bench, Code) == []
    history.redo(bench)
    assert codebooks.codes_in_use(bench) == before


# --- out of use --------------------------------------------------------------------------------


def test_a_codebook_nothing_uses_goes_altogether(bench):
    codebooks.take(bench, arki())
    codebooks.drop(bench, "codebook:arki")
    assert rows(bench, Codebook) == [] and rows(bench, Code) == []


def test_a_used_codebook_is_hidden_and_its_codings_stay(bench):
    codebooks.take(bench, arki())
    coding.code(bench, "d1", 0, 5, "code:arki/ruoka")
    coding.code(replace(bench, coder="Pekka"), "d1", 0, 5, "code:arki/ruoka")
    codebooks.drop(bench, "codebook:arki")
    assert codebooks.codes_in_use(bench) == []
    assert len(rows(bench, Coding)) == 2
    hidden = codebooks.code_tree(bench, in_use=False)
    assert [(branch.codebook.key, branch.codings) for branch in hidden] == [("arki", 2)]
    assert sum(row.count.mentions for branch in hidden for row in branch.rows) == 1
    codebooks.bring_back(bench, "codebook:arki")
    assert labels(bench) == ["Koti", "Ruoka"]


def test_a_category_made_of_a_code_keeps_its_codebook(bench):
    codebooks.take(bench, arki())
    categorising.take_codes(bench, ["code:arki/koti"], Level.MAIN_CATEGORY)
    codebooks.drop(bench, "codebook:arki")
    assert not rows(bench, Codebook)[0].in_use


def test_a_codebook_brought_back_gives_way_on_shortcuts_taken_meanwhile(bench):
    codebooks.take(bench, arki())
    coding.code(bench, "d1", 0, 5, "code:arki/koti")
    codebooks.drop(bench, "codebook:arki")
    text = "id: muu\nname_fi: Muu\ncodes:\n  - {id: a, label_fi: A, shortcut: 1}\n"
    codebooks.take(bench, read_codebook(text, "muu.yaml"))
    codebooks.bring_back(bench, "codebook:arki")
    held = [code.key for code in codebooks.codes_in_use(bench) if code.shortcut == "1"]
    assert held == ["a"]


def test_a_code_found_while_reading_brings_its_hidden_codebook_back(bench):
    found = coding.add_code(bench, "Pelko")
    coding.code(bench, "d1", 0, 5, found.id)
    codebooks.drop(bench, coding.DATA_CODEBOOK)
    coding.add_code(bench, "Toivo")
    assert labels(bench) == ["Pelko", "Toivo"]


# --- editing -----------------------------------------------------------------------------------


def test_a_code_edited_in_two_windows_keeps_both_when_they_touched_different_fields(bench):
    codebooks.take(bench, arki())
    seen = codebooks.codes_in_use(bench)[0]
    codebooks.edit_code(bench, replace(seen, rule_fi="Vain oma koti."), seen)
    codebooks.edit_code(bench, replace(seen, label_fi="Kotona"), seen)
    after = codebooks.codes_in_use(bench)[0]
    assert (after.label_fi, after.rule_fi) == ("Kotona", "Vain oma koti.")


def test_a_text_changed_in_another_window_is_not_overwritten(bench):
    codebooks.take(bench, arki())
    seen = codebooks.codes_in_use(bench)[0]
    codebooks.edit_code(bench, replace(seen, label_fi="Kotona"), seen)
    with pytest.raises(ChangedMeanwhile, match=r"“Kotona”.*“Koti ja piha”"):
        codebooks.edit_code(bench, replace(seen, label_fi="Koti ja piha"), seen)
    assert labels(bench)[0] == "Kotona"


def test_a_shortcut_belongs_to_one_code_at_a_time(bench):
    codebooks.take(bench, arki())
    _koti, ruoka = codebooks.codes_in_use(bench)
    codebooks.edit_code(bench, replace(ruoka, shortcut="1"), ruoka)
    assert [code.shortcut for code in codebooks.codes_in_use(bench)] == ["", "1"]
    history.undo(bench)
    assert [code.shortcut for code in codebooks.codes_in_use(bench)] == ["1", ""]


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"colour": "red; background:url(x)"}, codebook_rules.NotAColour),
        ({"shortcut": "12"}, codebook_rules.NotAShortcut),
        ({"parent_id": "code:arki/ruoka"}, codebook_rules.CodeUnderItself),
        ({"parent_id": "code:arki/koti"}, codebook_rules.CodeUnderItself),
        ({"parent_id": "code:elsewhere/x"}, codebook_rules.CodeUnderItself),
        ({"label_fi": "ruoka"}, DuplicateName),
        ({"id": "code:arki/none"}, UnknownRow),
        ({"label_fi": "  "}, EmptyName),
    ],
)
def test_a_code_that_will_not_do_is_refused_and_nothing_changes(bench, changes, error):
    codebooks.take(bench, arki())
    before = codebooks.codes_in_use(bench)
    with pytest.raises(error):
        codebooks.edit_code(bench, replace(before[0], **changes))
    assert codebooks.codes_in_use(bench) == before


def test_a_used_code_is_not_removed(bench):
    codebooks.take(bench, arki())
    assert codebooks.users_of(bench, "code:arki/koti") == 1  # its subcode
    with pytest.raises(StillInUse):
        coding.remove_code(bench, "code:arki/koti")
    coding.remove_code(bench, "code:arki/ruoka")
    coding.remove_code(bench, "code:arki/koti")
    assert codebooks.codes_in_use(bench) == []


def test_a_code_moves_among_its_siblings_and_its_subcodes_follow(bench):
    codebooks.take(bench, arki(more=SIIVOUS + "  - {id: piha, label_fi: Piha}\n"))
    codebooks.move_code(bench, "code:arki/siivous", -1)
    assert labels(bench) == ["Koti", "Siivous", "Ruoka", "Piha"]
    codebooks.move_code(bench, "code:arki/piha", -1)
    assert labels(bench) == ["Piha", "Koti", "Siivous", "Ruoka"]
    codebooks.move_code(bench, "code:arki/piha", -5)
    assert labels(bench) == ["Piha", "Koti", "Siivous", "Ruoka"]
    history.undo(bench)
    assert labels(bench) == ["Koti", "Siivous", "Ruoka", "Piha"]


def test_codebooks_move_among_those_in_use(bench):
    for key in ("a", "b", "c"):
        text = f"id: {key}\nname_fi: {key}\ncodes:\n  - {{id: x, label_fi: {key}}}\n"
        codebooks.take(bench, read_codebook(text, "x.yaml"))
    codebooks.move_codebook(bench, "codebook:c", -2)
    assert labels(bench) == ["c", "a", "b"]


def test_a_codebook_of_ones_own_starts_empty_and_grows(bench):
    own = codebooks.new_codebook(bench, "  Oma  kirja ")
    assert (own.name_fi, own.key) == ("Oma kirja", "oma_kirja")
    coding.add_code(bench, "Pelko", own.id, origin=Origin.THEORY)
    assert [code.origin for code in codebooks.codes_in_use(bench)] == [Origin.THEORY]
    with pytest.raises(DuplicateName):
        codebooks.new_codebook(bench, "oma kirja")
    with pytest.raises(EmptyName):
        codebooks.edit_codebook(bench, replace(own, name_fi=" "))
    changed = codebooks.edit_codebook(bench, replace(own, theory_source="Keksitty 2020"))
    assert changed.theory_source == "Keksitty 2020"


def test_a_strict_frame_takes_no_codes_of_its_own_but_can_be_edited(bench):
    codebooks.take(bench, arki())
    studies.edit(bench, approach=Approach.THEORY_DRIVEN, strict_frame=True)
    with pytest.raises(NewCodesNotAllowed):
        coding.add_code(bench, "Pelko", "codebook:arki")
    with pytest.raises(NewCodesNotAllowed):
        codebooks.new_codebook(bench, "Oma")
    koti = codebooks.codes_in_use(bench)[0]
    changed = codebooks.edit_code(bench, replace(koti, origin=Origin.BOTH))
    assert changed.origin is Origin.BOTH


# --- theory without data, counts ------------------------------------------------------------------


def test_what_theory_has_but_the_data_does_not(bench):
    codebooks.take(bench, arki(more=SIIVOUS + "  - {id: piha, label_fi: Piha}\n"))
    coding.add_code(bench, "Pelko")  # found in the data: no theory to be without data
    assert [c.key for c in codebooks.theory_without_data(bench)] == [
        "koti",
        "ruoka",
        "siivous",
        "piha",
    ]
    coding.code(bench, "d1", 0, 5, "code:arki/ruoka")
    # The heading above a code with data is not empty.
    assert [c.key for c in codebooks.theory_without_data(bench)] == ["siivous", "piha"]
    codebooks.drop(bench, "codebook:arki")
    assert codebooks.theory_without_data(bench) == []


def test_counts_tell_mentions_from_respondents(bench):
    codebooks.take(bench, arki())
    coding.code(bench, "d1", 0, 5, "code:arki/ruoka")
    coding.code(bench, "d1", 6, 10, "code:arki/ruoka")
    coding.code(bench, "d2", 0, 5, "code:arki/ruoka")
    row = codebooks.code_tree(bench)[0].rows[1]
    assert (row.count.mentions, row.count.respondents) == (3, 2)


# --- as a file ---


def test_a_saved_version_reads_back_the_same_and_no_file_is_written_over(bench, tmp_path):
    codebooks.take(bench, arki())
    coding.add_code(bench, "Siivous", "codebook:arki", parent_id="code:arki/koti")
    first = codebook_files.save_version(bench, "codebook:arki", tmp_path / "omat")
    second = codebook_files.save_version(bench, "codebook:arki", tmp_path / "omat")
    assert [first.name, second.name] == ["arki.v2.yaml", "arki.v3.yaml"]
    assert rows(bench, Codebook)[0].version == 3
    uptake = codebooks.compare(bench, read_codebook_file(second))
    assert (uptake.new, uptake.changed, uptake.absent) == ((), (), ())
    assert read_codebook_file(first).codebook.version == 2
    assert [card.key for card in codebooks.library(tmp_path / "omat")[-2:]] == ["arki", "arki"]


def test_a_shipped_codebook_saved_into_its_own_folder_is_a_new_file(bench, tmp_path):
    card = next(card for card in shipped_codebooks() if card.key == "swot")
    copy = tmp_path / "swot.yaml"
    copy.write_bytes(card.path.read_bytes())
    before = copy.read_bytes()
    codebooks.take(bench, read_codebook_file(copy))
    assert codebook_files.save_version(bench, "codebook:swot", tmp_path).name == "swot.v2.yaml"
    assert copy.read_bytes() == before


def test_a_folder_that_cannot_be_written_is_told_and_the_study_stays(bench, tmp_path):
    codebooks.take(bench, arki())
    blocked = tmp_path / "tiedosto"
    blocked.write_text("not a folder")
    with pytest.raises(codebook_files.CannotSaveCodebook, match="tiedosto"):
        codebook_files.save_version(bench, "codebook:arki", blocked / "omat")
    assert rows(bench, Codebook)[0].version == 1


def test_a_codebook_as_text_for_another_study(bench):
    codebooks.take(bench, arki())
    again = read_codebook(codebook_files.as_yaml(bench, "codebook:arki"), "arki.yaml")
    assert [code.key for code in again.codes] == ["koti", "ruoka"]
    assert again.codes[1].parent_id == again.codes[0].id
    with pytest.raises(UnknownRow):
        codebook_files.as_yaml(bench, "codebook:none")


# --- definitions ---


@pytest.mark.parametrize(
    ("definition", "label", "tells"),
    [
        ("", "Arki", False),
        ("...", "Arki", False),
        ("Arki", "Arki", False),
        ("Kaikki arkeen liittyvät maininnat", "Arkeen liittyvä", False),
        ("Asiakkaiden ilmaukset valinnanvapaudesta.", "Asiakas: valinnanvapaus", False),
        ("Everything related to freedom of choice.", "Freedom of choice", False),
        ("Työntekijän lähijohto.", "Esimies", True),
        ("Vaikeastakin puhutaan ääneen.", "Puheeksi ottaminen", True),
        ("Asiakas kohdataan kiireettä.", "Kohtaaminen", True),
        ("Muutos tapahtuu hitaasti.", "Hitaus", True),
    ],
)
def test_a_definition_must_say_more_than_its_label(definition, label, tells):
    assert tells_what_belongs(definition, label) is tells


def test_shipped_definitions_tell_what_belongs_but_for_four_result_headings():
    thin = [
        (card.key, code.key)
        for card in shipped_codebooks()
        for code in read_codebook_file(card.path).codes
        if not tells_what_belongs(code.definition_fi, code.label_fi)
    ]
    assert {key for key, _ in thin} == {"tulosluokat_000"} and len(thin) == 4


# --- the documentation ---


def test_the_example_of_the_docs_is_a_codebook_without_anything_to_remark(bench):
    docs = Path(__file__).parents[2] / "docs" / "codebooks.md"
    example = docs.read_text(encoding="utf-8").split("```yaml\n")[1].split("```")[0]
    file = read_codebook(example, "arjen_tuki.yaml")
    assert file.problems == ()
    codebooks.take(bench, file)
    assert labels(bench) == ["Koti", "Ruoka", "Yksinolo"]
