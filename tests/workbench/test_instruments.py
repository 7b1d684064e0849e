"""Forms of the study: every act can be undone and is told in the log. All invented."""

from __future__ import annotations

from dataclasses import replace

import pytest

from qualcode.domain.decisions import Act
from qualcode.domain.documents import (
    ClosedAnswer,
    ClosedState,
    Document,
    Item,
    ItemKind,
    Respondent,
    Source,
    SourceKind,
)
from qualcode.domain.errors import (
    ChangedMeanwhile,
    EmptyName,
    ItemsBoundTwice,
    StillInUse,
    UnknownRow,
)
from qualcode.domain.form_changes import Changed
from qualcode.domain.instruments import AskedAs, FormItem, ItemLink, Stage, is_background
from qualcode.domain.rounds import Gathering, Sending
from qualcode.exports.report import Heading
from qualcode.readers.forms import FormItemRow, FormRow
from qualcode.texts import gettext_for
from qualcode.workbench import form_links, history, instruments, rounds, verbal_answers
from qualcode.workbench.messages import act_sentence
from tests.builders import SOURCE, a_respondent, a_study, an_item, bring_in, everything

SCALE = tuple(
    f"{n} = {word} mieltä" for n, word in enumerate(("eri", "eri eikä samaa", "samaa"), 1)
)
FORM = FormRow(
    "Keksitty kysely",
    (
        FormItemRow("Sain tietoa", AskedAs.LIKERT5, "1", "Tieto", "tieto", SCALE),
        FormItemRow("Kuvaile miten", follows=0),
        FormItemRow("Millainen roolisi on?", AskedAs.OPEN, "2", "Rooli", "rooli"),
    ),
    "asiakas",
    stated=2,
)


@pytest.fixture
def bench():
    return a_study()


def numbers(bench, form):
    return [item.title for item in instruments.sheet(bench, form.id).items]


def last_told(bench):
    with bench.store.reading() as rows:
        decision = next(d for d in rows.decisions(0, 9).rows if d.act not in (Act.UNDO, Act.REDO))
    return act_sentence(decision, gettext_for("fi"))


def undone_and_done_again(bench, act):
    """The act carried out; undoing it leaves the study as it was, doing it again as it became."""
    before = everything(bench.store)
    result = act()
    after = everything(bench.store)
    assert before != after
    history.undo(bench)
    assert everything(bench.store) == before
    history.redo(bench)
    assert everything(bench.store) == after
    return result


def test_a_form_comes_in_with_its_ties(bench):
    [form] = undone_and_done_again(bench, lambda: instruments.define(bench, [FORM]))
    sheet = instruments.sheet(bench, form.id)
    assert sheet.items[1].follows == sheet.items[0].id
    assert instruments.as_row(bench, form.id) == FORM
    [card] = instruments.cards(bench)
    assert (card.questions, card.numbered, card.warnings) == (3, 2, 1)
    with pytest.raises(EmptyName):
        instruments.define(bench, [replace(FORM, name="  ")])


def test_questions_are_added_moved_changed_and_removed(bench):
    [form] = instruments.define(bench, [FORM])
    first, follow_up, last = instruments.sheet(bench, form.id).items
    new = FormItem("", form.id, "", "Mitä muuta?", AskedAs.OPEN)
    undone_and_done_again(bench, lambda: instruments.add_item(bench, new, after=first.id))
    assert numbers(bench, form)[:2] == ["1 Sain tietoa", "Mitä muuta?"]
    assert last_told(bench) == "lisäsi kysymyksen ”Mitä muuta?” lomakkeeseen ”Keksitty kysely”"
    undone_and_done_again(bench, lambda: instruments.move_item(bench, last.id, -5))
    assert numbers(bench, form)[0] == "2 Millainen roolisi on?"
    undone_and_done_again(
        bench, lambda: instruments.edit_item(bench, replace(last, number="3", options=(" a ", "")))
    )
    assert instruments.sheet(bench, form.id).item(last.id).options == ("a",)
    undone_and_done_again(bench, lambda: instruments.remove_item(bench, first.id))
    assert instruments.sheet(bench, form.id).item(follow_up.id).follows is None


def test_two_windows_do_not_overwrite_each_other(bench):
    [form] = instruments.define(bench, [FORM])
    seen = instruments.sheet(bench, form.id).items[0]
    instruments.edit_item(bench, replace(seen, text="Sain apua"), seen)
    instruments.edit_item(bench, replace(seen, number="7"), seen)
    assert numbers(bench, form)[0] == "7 Sain apua"
    with pytest.raises(ChangedMeanwhile):
        instruments.edit_item(bench, replace(seen, text="Sain neuvoja"), seen)


def test_two_windows_do_not_overwrite_each_others_settings_of_a_form(bench):
    [seen] = instruments.define(bench, [FORM])
    instruments.edit(bench, replace(seen, cover_letter="Hyvä vastaaja"), seen)
    kept = instruments.edit(bench, replace(seen, note="Postitettu"), seen)
    assert (kept.cover_letter, kept.note) == ("Hyvä vastaaja", "Postitettu")
    with pytest.raises(ChangedMeanwhile):
        instruments.edit(bench, replace(seen, cover_letter="Arvoisa vastaaja"), seen)


def test_a_new_version_keeps_what_is_the_same_and_tells_what_changed(bench):
    [form] = instruments.define(bench, [FORM])
    new = undone_and_done_again(
        bench, lambda: instruments.new_version(bench, form.id, Stage.TESTED)
    )
    assert (new.version, new.stage, new.family) == (2, Stage.TESTED, form.id)
    assert instruments.as_row(bench, new.id) == replace(FORM, stage=Stage.TESTED)
    assert instruments.changes_between(bench, form.id, new.id) == []
    first = instruments.sheet(bench, new.id).items[0]
    instruments.edit_item(bench, replace(first, text="Sain riittävästi tietoa"))
    [change] = instruments.changes_between(bench, form.id, new.id)
    assert (change.kind, change.fields) == (Changed.EDITED, ("text",))
    assert numbers(bench, form)[0] == "1 Sain tietoa"
    assert [card.form.version for card in instruments.cards(bench)] == [2, 1]
    instruments.remove(bench, form.id)
    assert [card.form.version for card in instruments.cards(bench)] == [2]


# --- the material bound to a form ----------------------------------------------------------------


@pytest.fixture
def answered(bench):
    """A file of three people whose closed question was read without its options."""
    people = [
        Respondent(f"r{n}", "s", f"A{n}", "asiakas", {"alue": "Keksilä"}, n) for n in range(3)
    ]
    items = [
        Item("q1", "s", "Sain tietoa", ItemKind.LIKERT, options=("1", "3", "7"), position=0),
        Item("q2", "s", "Millainen roolisi on", ItemKind.OPEN, position=1),
        Item("q3", "s", "Aivan muuta", ItemKind.OPEN, position=2),
    ]
    answers = [
        ClosedAnswer("a0", "s", "q1", ClosedState.ANSWERED, "3", "3", "r0"),
        ClosedAnswer("a1", "s", "q1", ClosedState.ANSWERED, "7", "7", "r1"),
        ClosedAnswer("a2", "s", "q1", ClosedState.UNINTERPRETABLE, "", "en muista, ehkä 1", "r2"),
    ]
    source = Source("s", "kysely.xlsx", "d", SourceKind.SURVEY, "2026-01-01", "Maija")
    bring_in(bench, source, *people, *items, *answers)
    return bench


def test_the_likeliest_question_is_offered_and_nothing_is_bound_by_it(answered):
    [form] = instruments.define(answered, [FORM])
    before = everything(answered.store)
    offers = form_links.offers(answered, "s", form.id)
    assert [offer.asked.number if offer.asked else None for offer in offers] == ["1", "2", None]
    assert everything(answered.store) == before


@pytest.mark.parametrize(
    ("section", "is_one"),
    [
        ("1 Taustatiedot", True),
        ("1. TAUSTATIEDOT", True),
        ("Vastaajan taustatiedot", True),
        ("A. Taustakysymykset", True),
        ("Taustamuuttujat", True),
        ("2. Tausta", True),
        ("Background information", True),
        ("Bakgrundsfrågor", True),
        ("Taustayhteisön tuki", False),
        ("4 Taustalla vaikuttavat asiat", False),
        ("Taustaorganisaatio", False),
        ("Tausta ja tuki", False),
    ],
)
def test_background_questions_are_told_by_a_whole_word(section, is_one):
    asked = FormItem("a", "f", "a", "Sain tukea", AskedAs.SINGLE_CHOICE, section=section)
    assert is_background(asked) is is_one
    assert is_background(replace(asked, section="", theme=section)) is is_one


def test_what_another_group_was_asked_is_not_offered(answered):
    [workers] = instruments.define(answered, [replace(FORM, actor_group="työntekijä")])
    with answered.store.reading() as rows:
        items = rows.find(Item, source_id="s")
    with answered.act(Act.IMPORT) as work:
        for item in items:
            work.put(replace(item, actor_group="asiakas"))
    assert {offer.asked for offer in form_links.offers(answered, "s", workers.id)} == {None}


def test_a_file_none_of_whose_questions_were_bound_is_of_no_form(answered):
    [form] = instruments.define(answered, [FORM])
    form_links.link(answered, "s", form.id, {"q1": None, "q2": None, "q3": None})
    instruments.remove(answered, form.id)
    assert instruments.cards(answered) == []


def test_binding_to_a_question_taken_out_meanwhile_is_refused_and_binds_nothing(answered):
    [form] = instruments.define(answered, [FORM])
    scale, _, role = instruments.sheet(answered, form.id).items
    instruments.remove_item(answered, role.id)
    with pytest.raises(UnknownRow):
        form_links.link(answered, "s", form.id, {"q1": scale.id, "q2": role.id})
    with answered.store.reading() as rows:
        assert not rows.find(ItemLink)


def test_an_answer_outside_the_wrong_form_counts_again_when_the_right_one_is_bound(bench):
    words = ("kyllä", "ei")
    wrong, right = instruments.define(
        bench,
        [
            FormRow(name, (FormItemRow("Sain tietoa", AskedAs.LIKERT5, options=options),))
            for name, options in (("Väärä", SCALE), ("Oikea", words))
        ],
    )
    with bench.act(Act.IMPORT) as work:
        work.add([replace(an_item("q"), kind=ItemKind.LIKERT), a_respondent("r")])
        work.add(
            [
                ClosedAnswer(id, SOURCE, "q", state, value, raw, respondent_id="r")
                for id, state, value, raw in (
                    ("a", ClosedState.ANSWERED, "kyllä", ""),
                    ("b", ClosedState.UNINTERPRETABLE, "", "ehkä"),
                )
            ]
        )
    for form in (wrong, right):
        item = instruments.sheet(bench, form.id).items[0]
        form_links.link(bench, SOURCE, form.id, {"q": item.id})
    with bench.store.reading() as rows:
        assert {a.id: a.value for a in rows.find(ClosedAnswer)} == {"a": "kyllä", "b": ""}
    verbal_answers.interpret(bench, "a", None)
    form_links.link(bench, SOURCE, right.id, {"q": item.id})
    with bench.store.reading() as rows:
        assert rows.get(ClosedAnswer, "a").state is ClosedState.UNINTERPRETABLE


def test_the_same_words_of_one_respondent_become_one_text(bench):
    with bench.act(Act.IMPORT) as work:
        work.add([replace(an_item("q"), kind=ItemKind.LIKERT), a_respondent("r")])
        work.add(
            [
                ClosedAnswer(
                    id, SOURCE, "q", ClosedState.UNINTERPRETABLE, "", "vaihtelee", respondent_id="r"
                )
                for id in ("a", "b")
            ]
        )
    assert len(verbal_answers.take_as_texts(bench, ["a", "b"])) == 1


def test_a_file_of_two_groups_is_bound_to_both_forms(answered):
    one, other = instruments.define(answered, [FORM, replace(FORM, name="Toinen")])
    scale = instruments.sheet(answered, one.id).items[0]
    role = instruments.sheet(answered, other.id).items[2]
    form_links.link(answered, "s", one.id, {"q1": scale.id, "q2": None})
    form_links.link(answered, "s", other.id, {"q1": None, "q2": role.id})
    with answered.store.reading() as rows:
        assert {link.id: link.asked_id for link in rows.find(ItemLink)} == {
            "q1": scale.id,
            "q2": role.id,
        }
        assert form_links.bound_sources(rows, one.id) == {"s"}
    form_links.unlink(answered, "s", one.id)
    with answered.store.reading() as rows:
        assert [link.id for link in rows.find(ItemLink)] == ["q2"]


def test_binding_takes_the_forms_options_and_tells_what_is_outside_the_scale(answered):
    [form] = instruments.define(answered, [FORM])
    scale, _, role = instruments.sheet(answered, form.id).items
    pairs = {"q1": scale.id, "q2": role.id, "q3": None}
    done = undone_and_done_again(answered, lambda: form_links.link(answered, "s", form.id, pairs))
    assert (done.bound, done.read_anew, done.not_options) == (2, 2, 1)
    with answered.store.reading() as rows:
        item = rows.get(Item, "q1")
        assert (item.number, item.section, item.theme) == ("1", "Tieto", "tieto")
        assert item.options == SCALE
        read, outside = rows.get(ClosedAnswer, "a0"), rows.get(ClosedAnswer, "a1")
        assert (read.value, read.raw) == ("3 = samaa mieltä", "3")
        assert (outside.state, outside.raw) == (ClosedState.UNINTERPRETABLE, "7")
        assert rows.count(ItemLink) == 2
        assert rows.get(Gathering, "s").instrument_id == form.id
    for act in (
        lambda: instruments.remove(answered, form.id),
        lambda: instruments.remove_item(answered, scale.id),
    ):
        with pytest.raises(StillInUse):
            act()
    undone_and_done_again(answered, lambda: form_links.unlink(answered, "s", form.id))
    instruments.remove(answered, form.id)


def test_a_second_closed_question_of_a_file_is_not_bound_to_the_same_one(bench):
    [form] = instruments.define(bench, [FORM])
    scale, _, role = instruments.sheet(bench, form.id).items
    with bench.act(Act.IMPORT) as work:
        work.add([replace(an_item(id, id), kind=ItemKind.LIKERT) for id in ("q1", "q2")])
        work.add([an_item(id, id) for id in ("t1", "t2")])
    texts = {"t1": role.id, "t2": role.id}
    for pairs in ({"q1": scale.id, "q2": scale.id}, {"q2": scale.id}):
        with pytest.raises(ItemsBoundTwice) as refused:
            form_links.link(bench, SOURCE, form.id, {**texts, **pairs})
        assert refused.value.values["questions"].endswith("Mitä q1?; 0 Mitä q2?")
        assert refused.value.values["question"] == "1 Sain tietoa"
        form_links.link(bench, SOURCE, form.id, {**texts, "q1": scale.id})
    form_links.link(bench, SOURCE, form.id, {"q1": None, "q2": scale.id})
    with bench.store.reading() as rows:
        assert {link.id for link in rows.find(ItemLink)} == {"t1", "t2", "q2"}


def test_a_verbal_answer_is_interpreted_or_taken_as_a_text_and_stays_as_written(answered):
    undone_and_done_again(answered, lambda: verbal_answers.interpret(answered, "a2", "1"))
    with answered.store.reading() as rows:
        found = rows.get(ClosedAnswer, "a2")
    assert (found.state, found.value, found.raw) == (
        ClosedState.ANSWERED,
        "1",
        "en muista, ehkä 1",
    )
    assert last_told(answered) == "tulkitsi vastauksen ”en muista, ehkä 1” vaihtoehdoksi ”1”"
    verbal_answers.interpret(answered, "a2", None)
    [text] = undone_and_done_again(answered, lambda: verbal_answers.take_as_texts(answered, ["a2"]))
    assert (text.text, text.respondent_id, text.item_id) == ("en muista, ehkä 1", "r2", "q1")
    with answered.store.reading() as rows:
        assert verbal_answers.taken(rows, rows.find(ClosedAnswer)) == {"a2"}
    assert verbal_answers.take_as_texts(answered, ["a2"]) == []
    with answered.store.reading() as rows:
        assert rows.count(Document) == 1


# --- rounds and sent forms -----------------------------------------------------------------------


def test_forms_that_came_back_are_counted_from_the_material_until_they_are_entered(answered):
    [line] = rounds.responses(answered)
    assert (line.actor_group, line.found, line.returned, line.rate) == ("asiakas", 3, 3, None)
    undone_and_done_again(
        answered, lambda: rounds.put_sending(answered, Sending("", "asiakas", sent=12))
    )
    [line] = rounds.responses(answered)
    assert (line.returned, line.rate, line.differs) == (3, 0.25, False)
    rounds.put_sending(answered, replace(line.sending, returned=4, note="yksi jäi matkalle"))
    [line] = rounds.responses(answered)
    assert (line.returned, line.rate, line.differs) == (4, 4 / 12, True)
    with pytest.raises(rounds.MoreReturnedThanSent):
        rounds.put_sending(answered, replace(line.sending, returned=13))
    undone_and_done_again(answered, lambda: rounds.remove_sending(answered, line.sending.id))


def test_who_spoke_in_a_workshop_returned_no_form(answered):
    workshop = Source("w", "tyopaja.csv", "w", SourceKind.WORKSHOP, "2026-01-02", "Maija")
    table = Respondent("w1", "w", "Pöytä 1", "asiakas", {"alue": "Keksilä"}, 0)
    bring_in(answered, workshop, table)
    [line] = rounds.responses(answered)
    assert line.found == 3
    rounds.put_sending(answered, Sending("", "asiakas", "Keksilä", sent=5))
    [line] = rounds.responses(answered)
    assert (line.found, line.rate) == (3, 0.6)


def test_a_pilot_is_found_among_the_background_of_the_respondents(answered):
    rounds.put_sending(answered, Sending("", "asiakas", "Keksilä", sent=5))
    rounds.put_sending(answered, Sending("", "asiakas", "Muualla", sent=5, note="jäi pois"))
    found = {line.sending.pilot: line.found for line in rounds.responses(answered)}
    assert found == {"Keksilä": 3, "Muualla": None}


def test_a_file_is_of_a_round_and_a_round_in_use_stays(answered):
    start = undone_and_done_again(answered, lambda: rounds.put_round(answered, "Alku", "2017"))
    rounds.put_round(answered, "Loppu")
    undone_and_done_again(answered, lambda: rounds.gathered_in(answered, "s", start.id))
    [line] = rounds.responses(answered)
    assert line.round == start
    with pytest.raises(StillInUse):
        rounds.remove_round(answered, start.id)
    with answered.store.reading() as rows:
        assert [r.name for r in rounds.rounds(rows)] == ["Alku", "Loppu"]


def test_a_file_goes_with_its_ties_and_comes_back_with_them(answered):
    from qualcode.workbench import importing

    [form] = instruments.define(answered, [FORM])
    scale = instruments.sheet(answered, form.id).items[0]
    form_links.link(answered, "s", form.id, {"q1": scale.id})
    undone_and_done_again(answered, lambda: importing.remove_source(answered, "s"))


def test_forms_told_to_be_sent_with_the_file_give_the_response_rate(answered):
    """Nobody enters the same number twice; what is entered later holds over it."""
    with answered.act(Act.IMPORT) as work:
        work.put(replace(work.require(Source, "s"), sent=12))
    [line] = rounds.responses(answered)
    assert (line.sent, line.returned, line.rate) == (12, 3, 0.25)
    rounds.put_sending(answered, Sending("", "asiakas", sent=6, note="yksi pilotti jäi pois"))
    [line] = rounds.responses(answered)
    assert (line.sent, line.rate) == (6, 0.5)


def test_a_number_told_with_a_file_of_two_groups_is_nobodys(answered):
    with answered.act(Act.IMPORT) as work:
        work.put(replace(work.require(Source, "s"), sent=12))
        work.put(Respondent("other", "s", "T1", "työntekijä", {}, 9))
    assert {line.actor_group: line.sent for line in rounds.responses(answered)} == {
        "asiakas": None,
        "työntekijä": None,
    }


def test_sent_and_returned_are_printed_of_a_survey_of_open_questions_too(bench):
    from qualcode.workbench import reporting

    rounds.put_sending(bench, Sending("", "asiakas", sent=12, returned=3))
    made = reporting.report(bench, "fi", [reporting.Section.CLOSED])
    assert [table.key for table in made.tables()] == ["returned"]
    headings = [block.text for block in made.blocks if isinstance(block, Heading)]
    assert headings == ["Aineiston keruu"]


def test_sent_and_returned_are_printed_above_the_tables_of_closed_answers(answered):
    from qualcode.workbench import reporting

    first = reporting.report(answered, "fi", [reporting.Section.CLOSED]).tables()[0]
    assert first.key != "returned"
    rounds.put_sending(answered, Sending("", "asiakas", sent=12, note="yksi pilotti jäi pois"))
    rounds.put_sending(answered, Sending("", "läheinen", "Keksilä", sent=4, returned=1))
    table = reporting.report(answered, "fi", [reporting.Section.CLOSED]).tables()[0]
    assert [[cell.value for cell in row.cells] for row in table.rows] == [
        ["asiakas", "", 12, 3, "25\u00a0%"],
        ["läheinen", "Keksilä", 4, 1, "25\u00a0%"],
        ["Yhteensä", "", 16, 4, "25\u00a0%"],
    ]
    assert table.note == "yksi pilotti jäi pois."
