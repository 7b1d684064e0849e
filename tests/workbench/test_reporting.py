"""The report of a small invented study: 3 clients and 2 workers."""

import io
from dataclasses import replace

import docx
import openpyxl
import pytest

from qualcode.domain.categories import Category, Level
from qualcode.domain.codes import Codebook
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
from qualcode.domain.quotes import ChosenQuote
from qualcode.exports.report import Heading, Paragraph, QuoteSection, untraceable
from qualcode.store.views import ExpressionQuery, ReductionQuery
from qualcode.workbench import categorising, coding, reducing, reporting, studies
from qualcode.workbench.quoting import checking, choosing, rules
from qualcode.workbench.quoting.rules import QuoteRules
from qualcode.workbench.reporting import Choices, Section
from tests import report_builders


@pytest.fixture
def bench():
    return report_builders.small_study()


def table(report, key):
    return next(table for table in report.tables() if table.key == key)


def values(table):
    return [tuple(cell.value for cell in row.cells) for row in table.rows]


def test_every_number_of_the_whole_report_can_be_followed_to_its_evidence(bench):
    report = reporting.report(bench, "fi", list(Section))
    assert untraceable(report) == []
    assert all(
        e in report.traces
        for t in report.tables()
        for r in t.rows
        for c in r.cells
        for e in c.evidence
    )


def test_the_category_table_counts_people_and_mentions_of_each_group(bench):
    found = table(reporting.report(bench, "fi", [Section.CATEGORIES]), "categories")
    assert [c.group for c in found.columns[2:]] == ["asiakas"] * 2 + ["työntekijä"] * 2 + [
        "Kaikki"
    ] * 2
    by_name = {row[0]: row[1:] for row in values(found)}
    assert by_name["Oma päätösvalta"] == ("pääluokka", 3, 3, 1, 1, 4, 4)
    assert by_name["Oma valinta"] == ("alaluokka", 2, 2, 0, 0, 2, 2)
    assert by_name["saa valita auttajan"] == ("pelkistys", 2, 2, 0, 0, 2, 2)
    assert by_name["Yhteinen kieli"] == ("alaluokka", 0, 0, 0, 0, 0, 0)
    assert [row.level for row in found.rows[:4]] == [0, 1, 2, 3]


def one_group(bench, without):
    """Leaves the clients the only named actor group; ``without`` people lose theirs."""
    with bench.act(Act.IMPORT) as work:
        for person in work.rows.find(Respondent, actor_group="työntekijä"):
            work.put(replace(person, actor_group="" if without else "asiakas"))


def test_a_single_actor_group_has_its_own_numbers_beside_those_of_all(bench):
    one_group(bench, without=True)
    found = table(reporting.report(bench, "fi", [Section.CATEGORIES]), "categories")
    assert [c.group for c in found.columns[2:]] == ["asiakas"] * 2 + ["Kaikki"] * 2
    by_name = {row[0]: row[2:] for row in values(found)}
    assert by_name["Oma päätösvalta"] == (3, 3, 4, 4)
    assert by_name["kertoo vaihtoehdot"] == (0, 0, 1, 1)


def test_a_single_actor_group_of_everybody_needs_no_column_of_all(bench):
    one_group(bench, without=False)
    found = table(reporting.report(bench, "fi", [Section.CATEGORIES]), "categories")
    assert [c.group for c in found.columns[2:]] == ["asiakas"] * 2
    assert {row[0]: row[2:] for row in values(found)}["Oma päätösvalta"] == (4, 4)


def test_a_text_set_aside_later_leaves_every_count_and_is_told_as_set_aside(bench):
    coding.set_aside(bench, ["d0", "d6"], True)
    report = reporting.report(bench, "fi", list(Section))
    by_name = {row[0]: row[1:] for row in values(table(report, "categories"))}
    assert by_name["Oma valinta"] == ("alaluokka", 1, 1, 0, 0, 1, 1)
    with bench.store.reading() as rows:
        (own,) = rows.reductions(ReductionQuery(text="saa valita auttajan"), 0, 9).rows
    assert (own.respondents, own.expressions) == by_name["saa valita auttajan"][-2:]
    # The study's only coding without a reduction was in d6, which is told of as set aside.
    assert not any(t.key == "without_reduction" for t in report.tables())
    aside = {row[0] for row in values(table(report, "set_aside"))}
    assert {"Sain itse valita, kuka minua auttaa.", "en tiedä"} <= aside
    assert untraceable(report) == []


def test_the_example_climbs_from_words_to_the_main_category_and_role(bench):
    found = table(reporting.report(bench, "fi", [Section.EXAMPLE]), "analysis_example")
    assert [c.title for c in found.columns] == [
        "Teema",
        "Alkuperäisilmaus",
        "Pelkistetty ilmaus",
        "Alaluokka",
        "Pääluokka",
        "Rooli",
        "Päärooli",
    ]
    first = values(found)[0]
    assert first[:5] == (
        "valinnanvapaus",
        "Sain itse valita, kuka minua auttaa.",
        "saa valita auttajan",
        "Oma valinta",
        "Oma päätösvalta",
    )
    assert first[6] == "Päättäjä"


def test_a_short_example_shows_every_end_of_the_chain_and_says_that_it_is_short(bench):
    chosen = Choices(example_rows=4)
    found = table(reporting.report(bench, "fi", [Section.EXAMPLE], chosen), "analysis_example")
    assert len(found.rows) == 4
    assert {row[3] for row in values(found)} == {
        "Oma valinta",
        "Tuettu valinta",
        "Kuulluksi tuleminen",
        "",
    }
    assert "4 riviä kaikkiaan 7" in found.note


def test_summary_tables_put_themes_against_results_for_each_group(bench):
    report = reporting.report(bench, "fi", [Section.SUMMARY])
    assert [t.caption for t in report.tables()] == [
        "Tulokset teemoittain: asiakas",
        "Tulokset teemoittain: työntekijä",
    ]
    assert values(report.tables()[0]) == [
        ("valinnanvapaus", "Oma päätösvalta", 3, 3),
        ("osallisuus", "Kohtaaminen", 1, 1),
    ]


def test_quotes_stand_under_their_category_and_do_not_tell_who_spoke(bench):
    report = reporting.report(bench, "fi", [Section.QUOTES])
    own = next(
        b for b in report.blocks if isinstance(b, QuoteSection) and b.heading == "Oma valinta"
    )
    assert [(q.text, q.source) for q in own.quotes] == [
        ("Sain itse valita, kuka minua auttaa.", "asiakas 1"),
        ("Valitsin naapurikunnan yrityksen.", "asiakas 2"),
    ]
    assert own.counts == "Alaluokka: 2 vastaajaa, 2 mainintaa."
    assert "1111-2" not in str(report)


def test_identifiers_are_printed_only_when_asked_for_and_then_warned_of(bench):
    report = reporting.report(bench, "fi", [Section.QUOTES], Choices(respondent_labels=True))
    sources = {q.source for b in report.blocks if isinstance(b, QuoteSection) for q in b.quotes}
    assert "asiakas, 1111-2" in sources
    assert any(isinstance(b, Paragraph) and "poista ne" in b.text for b in report.blocks)


def test_when_quotes_are_cut_different_people_are_heard_first(bench):
    with bench.store.reading() as rows:
        own = next(c for c in rows.find(Category) if c.name == "Oma valinta")
    extra = reducing.reduce(bench, "d0", 0, 8, "sai itse")
    categorising.place(bench, [extra.id], own.id)
    report = reporting.report(bench, "fi", [Section.QUOTES], Choices(quotes_each=2))
    section = next(
        b for b in report.blocks if isinstance(b, QuoteSection) and b.heading == "Oma valinta"
    )
    assert {q.source for q in section.quotes} == {"asiakas 1", "asiakas 2"}
    assert section.note == "Luokasta jätettiin tässä tulostamatta 1 ilmaus."


def test_all_answers_stand_as_written_by_question_and_actor_group(bench):
    report = reporting.report(bench, "fi", [Section.ANSWERS])
    clients, workers = report.tables()
    assert clients.caption == "Vastaukset sellaisinaan (asiakas, tekstejä 6)"
    assert [row.cells[1].value for row in clients.rows][:2] == [
        "Sain itse valita, kuka minua auttaa.",
        "Valitsin naapurikunnan yrityksen.",
    ]
    assert [row.cells[0].joined for row in clients.rows][:2] == [False, True]
    assert workers.rows[-1].cells[1].value == "Kuunteleminen vie aikaa 🙂 mutta kannattaa."
    assert not any("1111-2" in str(cell.value) for row in clients.rows for cell in row.cells)
    assert untraceable(report) == []
    assert Section.ANSWERS not in reporting.USUAL


def with_consent(bench, *refusing):
    """Everybody has said yes to being quoted but those with these labels."""
    with bench.act(Act.IMPORT) as work:
        for person in work.rows.find(Respondent):
            said = "ei" if person.label in refusing else "kyllä"
            work.put(replace(person, background={**person.background, "lupa": said}))
    rules.set_rules(bench, QuoteRules(consent="lupa", consented=("kyllä",)))


def in_excel(report):
    """Everything that the workbook says, sheet by sheet."""
    book = openpyxl.load_workbook(io.BytesIO(reporting.as_excel(report)))
    return {
        sheet.title: "\n".join(str(v) for row in sheet.values for v in row if v is not None)
        for sheet in book
    }


def test_who_has_not_consented_is_left_out_of_the_answers_and_that_is_told(bench):
    with_consent(bench, "2222-3")
    report = reporting.report(
        bench, "fi", [Section.ANSWERS, Section.CATEGORIES], Choices(data=True)
    )
    [told] = [b.text for b in report.blocks if isinstance(b, Paragraph)]
    sheets = in_excel(report)
    whole = "\n".join(sheets.values())
    assert "Sain itse valita, kuka minua auttaa." in whole
    assert "Valitsin naapurikunnan yrityksen." not in whole
    assert "jätetty pois" in told and told in sheets["Sisällys"]
    assert "jätetty pois" in sheets["Aineisto"]


PARTS_WITH_WORDS = [Section.ANSWERS, Section.EXAMPLE, Section.CHAIN, Section.QUOTES]


@pytest.mark.parametrize("section", PARTS_WITH_WORDS)
def test_no_part_of_the_report_prints_words_of_who_has_not_consented(bench, section):
    said = "Valitsin naapurikunnan yrityksen."
    choices = Choices(quotes_each=None, only_chosen=False)
    before = reporting.as_html(reporting.report(bench, "fi", [section], choices)).decode()
    with_consent(bench, "2222-3")
    after = reporting.as_html(reporting.report(bench, "fi", [section], choices)).decode()
    assert said in before
    assert said not in after


def test_what_was_set_aside_is_told_in_the_words_of_one_who_may_be_quoted(bench):
    with bench.store.reading() as rows:
        texts = rows.find(Document)
        people = {p.id: p.label for p in rows.find(Respondent)}
    [mine] = [d for d in texts if d.text == "Valitsin naapurikunnan yrityksen."]
    with bench.act(Act.SET_ASIDE) as work:
        work.put(replace(mine, set_aside=True))
    with_consent(bench, people[mine.respondent_id])
    shown = reporting.as_html(reporting.report(bench, "fi", [Section.LEFT_OUT])).decode()
    assert mine.text not in shown
    assert "[jätetty pois: ei suostumusta lainaamiseen]" in shown


def test_a_text_set_aside_that_holds_an_edited_quote_is_not_printed_unedited(bench):
    with bench.store.reading() as rows:
        found = rows.expressions(ExpressionQuery(), 0, 99).rows
    [row] = [one for one in found if one.text == "Valitsin naapurikunnan yrityksen."]
    choosing.choose(bench, [row.segment_id])
    with bench.store.reading() as rows:
        [quote] = rows.find(ChosenQuote)
        text = rows.get(Document, row.document_id)
    checking.edit(bench, row.segment_id, "Valitsin [---] yrityksen.", "", quote)
    with bench.act(Act.SET_ASIDE) as work:
        work.put(replace(text, set_aside=True))
    made = reporting.report(bench, "fi", [Section.LEFT_OUT], Choices(data=True, appendix=True))
    shown = reporting.as_html(made).decode() + "\n".join(in_excel(made).values())
    assert "naapurikunnan" not in shown
    assert "[jätetty pois: sanat ovat muokatussa sitaatissa]" in shown


def test_an_edited_quote_is_not_told_to_be_as_it_was_written(bench):
    with bench.store.reading() as rows:
        found = rows.expressions(ExpressionQuery(), 0, 99).rows
    [row] = [one for one in found if one.text == "Valitsin naapurikunnan yrityksen."]
    choosing.choose(bench, [row.segment_id])
    checking.check(bench, [row.segment_id])
    told = {}
    for printed in ("", "Valitsin [---] yrityksen."):
        if printed:
            with bench.store.reading() as rows:
                [quote] = rows.find(ChosenQuote)
            checking.edit(bench, row.segment_id, printed, "", quote)
            checking.check(bench, [row.segment_id])
        report = reporting.report(bench, "fi", [Section.QUOTES])
        told[printed] = next(b.text for b in report.blocks if isinstance(b, Paragraph))
    assert "[Hakasulkeissa]" not in told[""]
    assert "[Hakasulkeissa] oleva on jätetty pois tai muutettu" in told["Valitsin [---] yrityksen."]


def test_without_being_asked_for_no_answer_stands_behind_the_tables_in_excel(bench):
    sheets = in_excel(reporting.report(bench, "fi", [Section.CATEGORIES]))
    assert list(sheets) == ["Sisällys", "Taulukko 1"]
    assert "Sain itse valita" not in "\n".join(sheets.values())


def test_an_edited_quote_stands_edited_among_the_data_behind_the_numbers(bench):
    with bench.store.reading() as rows:
        found = rows.expressions(ExpressionQuery(), 0, 99).rows
    [row] = [one for one in found if one.text == "Valitsin naapurikunnan yrityksen."]
    choosing.choose(bench, [row.segment_id])
    with bench.store.reading() as rows:
        [quote] = rows.find(ChosenQuote)
    checking.edit(bench, row.segment_id, "Valitsin [---] yrityksen.", "", quote)
    # Another coder's part of the same sentence would tell what was cut out.
    other = reducing.reduce(bench, row.document_id, row.start + 9, row.end, "valitsee yrityksen")
    with bench.store.reading() as rows:
        own = next(c for c in rows.find(Category) if c.name == "Oma valinta")
    categorising.place(bench, [other.id], own.id)
    made = reporting.report(bench, "fi", [Section.CATEGORIES], Choices(data=True, appendix=True))
    sheets = in_excel(made)
    assert "Valitsin [---] yrityksen." in sheets["Aineisto"]
    assert "naapurikunnan" not in "\n".join(sheets.values())
    assert "naapurikunnan" not in reporting.as_html(made).decode()
    assert "muokattu" in sheets["Sisällys"]


def test_the_answers_tell_that_identifiers_are_removed_before_publishing(bench):
    report = reporting.report(bench, "fi", [Section.ANSWERS], Choices(respondent_labels=True))
    [warned] = [b.text for b in report.blocks if isinstance(b, Paragraph)]
    assert "poista ne" in warned
    assert warned in in_excel(report)["Sisällys"]


def test_role_maps_have_a_figure_a_table_and_what_is_outside(bench):
    report = reporting.report(bench, "fi", [Section.ROLE_MAPS])
    assert [f.caption for f in report.figures()] == ["Asiakkaan roolikartta"]
    assert report.figures()[0].alt.endswith(
        "Päättäjä (valitsee, ratkaisee); Kumppani (tasavertainen)."
    )
    roles = values(table(report, "roles_1"))
    assert roles[0][0] == "Päättäjä\n(keskeinen rooli)"
    assert (roles[0][-2:], roles[1][-2:]) == ((2, 2), (0, 0))
    assert values(table(report, "outside_1")) == [
        ("Tuettu valinta", 1, 1),
        ("Kuulluksi tuleminen", 1, 1),
        ("Pelkistykset, joilla ei ole luokkaa", 1, 1),
    ]


def test_what_is_left_out_is_told(bench):
    report = reporting.report(bench, "fi", [Section.LEFT_OUT])
    assert values(table(report, "without_place")) == [("saa tietoa palveluista", 1, 1)]
    assert values(table(report, "without_reduction"))[0][0] == "Kuuntelemin"
    assert values(table(report, "set_aside")) == [("en tiedä", 1)]
    assert table(report, "set_aside").note == "Aineiston 8 tekstistä 1 on sivussa."


def test_the_way_down_from_a_number_to_the_answers(bench):
    report = reporting.report(bench, "fi", [Section.CATEGORIES])
    row = next(r for r in table(report, "categories").rows if r.cells[0].value == "Oma päätösvalta")
    page = reporting.behind(bench, report, row.cells[6].evidence, 1, 2)
    assert page.total == 4
    assert [one.text for one in page.rows] == [
        "Valitsin naapurikunnan yrityksen.",
        "=en osannut valita yksin",
    ]
    assert (page.rows[0].speaker, page.rows[0].question) == (
        "asiakas 2",
        "1 Mitä pääsit valitsemaan?",
    )


def test_codes_are_the_themes_when_asked(bench):
    with bench.store.reading() as rows:
        book = rows.find(Codebook)[0].id
    report = reporting.report(bench, "fi", [Section.CHAIN], Choices(themes_from=book))
    themes = {row[1]: row[0] for row in values(table(report, "analysis_chain"))}
    assert themes["Kuunteleminen vie aikaa 🙂 mutta kannattaa."] == "toive"
    assert themes["Minua kuunneltiin ensimmäistä kertaa."] == ""


def test_an_english_report_of_a_finnish_study_has_english_words(bench):
    report = reporting.report(bench, "en", [Section.CATEGORIES, Section.QUOTES])
    assert (report.language, report.material_language) == ("en", "fi")
    assert Heading("Categories", 1) in report.blocks
    assert table(report, "categories").columns[1].title == "Level"
    assert values(table(report, "categories"))[0][1] == "main category"


def test_only_the_sections_asked_for_are_made_and_in_the_printed_order(bench):
    report = reporting.report(bench, "fi", ["role_maps", "categories"])
    headings = [b.text for b in report.blocks if isinstance(b, Heading) and b.level == 1]
    assert headings == ["Luokat", "Roolikartat"]


def test_an_empty_study_says_that_there_is_nothing_yet():
    bench = report_builders.bench()
    studies.start(bench, "Tyhjä")
    report = reporting.report(bench, "fi")
    assert report.blocks == (Paragraph("Raportoitavaa ei ole vielä."),)
    assert docx.Document(io.BytesIO(reporting.as_word(report))).paragraphs[0].text == "Tyhjä"


def test_word_and_excel_hold_the_same_numbers_as_the_report(bench):
    report = reporting.report(bench, "fi", [Section.CATEGORIES])
    expected = values(table(report, "categories"))
    [in_word] = docx.Document(io.BytesIO(reporting.as_word(report))).tables
    rows = [tuple(cell.text for cell in row.cells) for row in in_word.rows[2:]]
    assert rows == [tuple(str(value) for value in row) for row in expected]
    sheet = openpyxl.load_workbook(io.BytesIO(reporting.as_excel(report)))["Taulukko 1"]
    assert list(sheet.iter_rows(min_row=5, max_row=4 + len(expected), values_only=True)) == expected


def test_a_text_that_looks_like_a_formula_is_text_in_excel(bench):
    report = reporting.report(bench, "fi", [Section.CHAIN])
    sheet = openpyxl.load_workbook(io.BytesIO(reporting.as_excel(report)))["Taulukko 1"]
    [cell] = [c for row in sheet.iter_rows() for c in row if c.value == "=en osannut valita yksin"]
    assert (cell.data_type, cell.quotePrefix) == ("s", True)


# --- closed answers ------------------------------------------------------------------------------


def closed_study(answers, kind=ItemKind.LIKERT, options=("1", "2")):
    bench = report_builders.bench()
    studies.start(bench, "Suljetut")
    with bench.act(Act.IMPORT) as work:
        work.put(Source("s", "f.csv", "d", SourceKind.SURVEY, "", ""))
        people = dict.fromkeys(who for who, *_ in answers)
        work.add([Respondent(w, "s", w, "asiakas", {}, n) for n, w in enumerate(people)])
        items = dict.fromkeys(item for _, item, *_ in answers)
        work.add(
            [
                Item(i, "s", f"Kysymys {i}", kind, i, "Osa", options=options, position=n)
                for n, i in enumerate(items)
            ]
        )
        work.add(
            [
                ClosedAnswer(f"c{n}", "s", item, state, value, respondent_id=who)
                for n, (who, item, state, value) in enumerate(answers)
            ]
        )
    return bench


ANSWERED, MISSING = ClosedState.ANSWERED, ClosedState.MISSING


def test_closed_answers_of_respondents_are_counted_and_open_to_each_of_them():
    bench = closed_study(
        [("a", "1", ANSWERED, "2"), ("b", "1", ANSWERED, "2"), ("c", "1", MISSING, "")]
    )
    report = reporting.report(bench, "fi", [Section.CLOSED])
    [found] = report.tables()
    assert values(found) == [("1 Kysymys 1", 0, 2, 2, 1, 0)]
    page = reporting.behind(bench, report, found.rows[0].cells[2].evidence)
    assert [(one.text, one.speaker) for one in page.rows] == [
        ("2", "asiakas 1"),
        ("2", "asiakas 2"),
    ]


def test_a_question_with_answers_lost_is_warned_of():
    bench = closed_study(
        [
            (who, item, ANSWERED, "1")
            for who in "abc"
            for item in ("1", "2", "3")
            if (who, item) != ("c", "3")
        ]
    )
    [found] = reporting.report(bench, "fi", [Section.CLOSED]).tables()
    assert any("Tarkista kysymys 3" in warning for warning in found.warnings)
    assert "palautettua lomaketta" not in found.note


def test_shares_are_shown_beside_the_counts_only_when_asked():
    bench = closed_study([(str(n), "1", ANSWERED, "1" if n < 9 else "2") for n in range(12)])
    plain = reporting.report(bench, "fi", [Section.CLOSED]).tables()[0]
    shares = reporting.report(bench, "fi", [Section.CLOSED], Choices(shares=True)).tables()[0]
    assert [c.text("fi") for c in plain.rows[0].cells[1:4]] == ["9", "3", "12"]
    assert [c.text("fi") for c in shares.rows[0].cells[1:4]] == ["9 (75 %)", "3 (25 %)", "12"]
    assert not shares.warnings


def test_where_one_may_choose_many_people_are_counted_once():
    bench = closed_study(
        [("a", "1", ANSWERED, "1"), ("a", "1", ANSWERED, "2"), ("b", "1", ANSWERED, "2")],
        ItemKind.MULTIPLE_CHOICE,
    )
    report = reporting.report(bench, "fi", [Section.CLOSED])
    assert values(report.tables()[0]) == [("1 Kysymys 1", 1, 2, 2, 0, 0)]
    assert untraceable(report) == []


def test_many_options_stand_in_rows():
    options = tuple(f"vaihtoehto {n}" for n in range(9))
    bench = closed_study([("a", "1", ANSWERED, options[3])], ItemKind.CHOICE, options)
    [found] = reporting.report(bench, "fi", [Section.CLOSED]).tables()
    assert len(found.rows) == 9 + 3
    assert values(found)[3] == ("vaihtoehto 3", 1)


def test_results_are_of_the_highest_level_in_use_up_to_main_categories():
    bench = report_builders.small_study()
    for category in [
        c for c in categorising.tree(bench).categories.values() if c.level is Level.MAIN_CATEGORY
    ]:
        categorising.remove(bench, [category.id])
    report = reporting.report(bench, "fi", [Section.SUMMARY])
    assert {row[1] for row in values(report.tables()[0])} == {"Valinta", "Kuulluksi tuleminen"}


# --- quotes that somebody has chosen --------------------------------------------------------------


def chosen_study(bench, checked=True):
    """The first expression that is placed is chosen, edited, and checked."""
    with bench.store.reading() as rows:
        row = next(row for row in rows.evidence() if row.category_id)
        text = rows.expressions(ExpressionQuery(segment_ids=(row.segment_id,)), 0, 1).rows[0].text
    choosing.choose(bench, [row.segment_id])
    with bench.store.reading() as rows:
        seen = rows.get(ChosenQuote, row.segment_id)
    printed = f"[---] {text.split(' ', 1)[1]}"
    checking.edit(bench, row.segment_id, printed, "", seen)
    if checked:
        checking.check(bench, [row.segment_id])
    return printed


def quotes_of(report):
    return [q.text for b in report.blocks if isinstance(b, QuoteSection) for q in b.quotes]


def test_once_quotes_are_chosen_those_and_no_others_are_printed(bench):
    assert len(quotes_of(reporting.report(bench, "fi", [Section.QUOTES]))) > 1
    printed = chosen_study(bench)
    report = reporting.report(bench, "fi", [Section.QUOTES])
    assert quotes_of(report) == [printed]
    every = reporting.report(bench, "fi", [Section.QUOTES], Choices(only_chosen=False))
    assert len(quotes_of(every)) > 1


def test_a_quote_that_nobody_has_checked_is_not_printed_and_that_is_said(bench):
    chosen_study(bench, checked=False)
    report = reporting.report(bench, "fi", [Section.QUOTES])
    assert quotes_of(report) == []
    told = " ".join(b.text for b in report.blocks if isinstance(b, Paragraph))
    assert "1 valittua sitaattia ei ole tarkistettu" in told


def test_consent_taken_back_after_the_check_keeps_the_quote_out(bench):
    chosen_study(bench)
    rules.set_rules(bench, QuoteRules(consent="lupa", consented=("kyllä",)))
    report = reporting.report(bench, "fi", [Section.QUOTES])
    assert quotes_of(report) == []
    told = " ".join(b.text for b in report.blocks if isinstance(b, Paragraph))
    assert "ei ole antanut suostumusta" in told


def test_the_work_tells_how_far_it_is_and_can_be_broken_off(bench):
    told = []
    reporting.report(bench, "fi", on_progress=lambda done, whole: told.append((done, whole)))
    assert told == [(n, len(Section) + 1) for n in range(1, len(Section) + 1)]

    def stop(done, whole):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        reporting.report(bench, "fi", on_progress=stop)
