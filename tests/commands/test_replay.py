"""``python -m qualcode replay --csv``: small invented tables in three languages, and bad ones."""

import csv
import io
import json

import pytest

from qualcode.commands import DONE, MISSPELT, NO_FILE, REFUSED, main

THEMES = {
    "fi": {
        "jonot": ["jono on pitkä", "jonossa seistään kauan", "jonot kasvavat", "jonoon jää"],
        "hinnat": ["hinta on korkea", "hinnat nousevat", "hintaan ei ole varaa", "kallis hinta"],
    },
    "sv": {
        "köer": ["kön är lång", "köerna växer hela tiden", "man står i kö", "kötiden är för lång"],
        "priser": ["priset är högt", "priserna stiger", "det höga priset", "priset är för dyrt"],
    },
    "en": {
        "queues": ["the queue is long", "queues are growing", "stuck in the queue", "queuing"],
        "prices": ["the price is high", "prices are rising", "a high price", "the price hurts"],
    },
}
BOOK = """
id: aiheet
name_fi: Aiheet
name_en: Topics
codes:
  - id: jono
    label_fi: Jonot
    label_en: Queues
    definition_fi: Jonottaminen ja odottaminen.
    definition_en: Queuing and waiting.
  - id: hinta
    label_fi: Hinnat
    label_en: Prices
    definition_fi: Maksut ja hinta.
    definition_en: Fees and the price.
  - id: kohtelu
    label_fi: Kohtelu
    label_en: Treatment
    definition_fi: Miten ihmistä kohdellaan.
    definition_en: How people are treated.
"""


def rows_of(language):
    return [(text, group) for group, texts in THEMES[language].items() for text in texts]


def as_csv(header, rows, delimiter=",", encoding="utf-8"):
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter).writerows([header, *rows])
    return out.getvalue().encode(encoding)


@pytest.fixture
def run(tmp_path, capsys):
    def command(data, *options, orders="2"):
        (tmp_path / "valmis.csv").write_bytes(data)
        table = ["--csv", str(tmp_path / "valmis.csv"), "--engine", "tfidf", "--orders", orders]
        code = main(["replay", *table, *options])
        out, err = capsys.readouterr()
        return code, out, err

    return command


@pytest.fixture
def figures(run):
    def command(data, *options):
        code, out, _ = run(data, *options, "--json")
        assert code == DONE
        return json.loads(out)

    return command


@pytest.mark.parametrize("language", THEMES)
def test_a_table_tells_its_figures_in_any_of_three_languages(figures, language):
    found = figures(
        as_csv(("text", "group"), rows_of(language)), "--text", "text", "--group", "group"
    )
    assert found["language"] == language and found["language_guessed"]
    for name in ("top1", "top3", "new_group_auc", "blind_ari", "names_known_ari"):
        assert isinstance(found[name], float), name
    # Two groups: among three offered the right one always is, once it exists.
    assert found["top3"] == 1.0
    assert found["groups"] == 2 and found["rows"]["used_for_groups"] == 8
    assert found["codes"] is None
    low, high = found["intervals"]["top1"]
    assert low <= found["top1"] <= high


def test_the_same_table_gives_the_same_figures(figures):
    data = as_csv(("t", "g"), rows_of("fi"))
    first, second = (figures(data, "--text", "t", "--group", "g") for _ in range(2))
    assert {**first, "seconds": 0} == {**second, "seconds": 0}


def test_several_codes_in_a_cell_by_semicolon_or_bar(figures):
    rows = [(text, f"{group}; muu" if n % 2 else f"{group}|muu") for n, (text, group) in
            enumerate(rows_of("fi") * 3)]  # fmt: skip
    found = figures(as_csv(("t", "k"), rows), "--text", "t", "--codes", "k")
    assert found["frame"]["codes"] == 3
    assert set(found["codes"]) == {"0", "10", "25", "50"}
    assert set(found["codes"]["10"]) >= {"hit@1", "recall@3", "mAP"}
    assert found["codes"]["10"]["recall@3"] == 1.0
    assert found["top1"] is None and found["blind_ari"] is None
    assert found["intervals"] is None and found["course"] is None
    assert found["rows"]["codes_divided_by"] == ";|"


def test_definitions_are_matched_by_id_or_label_in_either_language(figures, tmp_path):
    (tmp_path / "kirja.yaml").write_text(BOOK, encoding="utf-8")
    rows = [("odottaminen venyy", "jono"), ("maksut ovat isoja", "PRICES"), ("ei aukea", "muu")]
    found = figures(
        as_csv(("t", "k"), rows * 2),
        *("--text", "t", "--codes", "k", "--definitions", str(tmp_path / "kirja.yaml")),
    )
    # The codebook's third code is offered too, as it would be in a study.
    assert found["frame"] == {"codes": 4, "without_definition": ["muu"], "unused": 1}


def test_a_definition_helps_where_the_name_does_not(figures, tmp_path):
    (tmp_path / "kirja.yaml").write_text(BOOK, encoding="utf-8")
    rows = [("odottaminen", "jono"), ("odottaminen taas", "jono"), ("maksut", "hinta")]
    columns = ("--text", "t", "--codes", "k", "--language", "fi")
    bare = figures(as_csv(("t", "k"), rows), *columns)
    defined = figures(
        as_csv(("t", "k"), rows), *columns, "--definitions", str(tmp_path / "kirja.yaml")
    )
    assert defined["codes"]["0"]["hit@1"] > bare["codes"]["0"]["hit@1"]


def test_excels_finnish_file_is_read_as_it_is(figures):
    data = as_csv(("Pelkistys", "Luokka"), rows_of("fi"), delimiter=";", encoding="cp1252")
    found = figures(data, "--text", "pelkistys", "--group", "LUOKKA")
    assert (found["encoding"], found["delimiter"]) == ("cp1252", ";")
    assert found["rows"]["read"] == 8


def test_main_groups(figures):
    rows = [(f"{text} {n}", f"{group} {n}", group)
            for text, group in rows_of("fi") for n in (1, 2)]  # fmt: skip
    found = figures(as_csv(("t", "g", "m"), rows), "--text", "t", "--group", "g", "--main", "m")
    assert isinstance(found["main_ari"], float)


def test_empty_cells_and_repeated_texts_are_counted(run):
    rows = [*rows_of("fi"), ("", "jonot"), ("jono on pitkä", "jonot"), ("tyhjä luokka", "")]
    code, out, err = run(
        as_csv(("t", "g"), rows), "--text", "t", "--group", "g", "--json", "--language", "fi"
    )
    found = json.loads(out)
    assert code == DONE
    assert found["rows"] == {
        "read": 11,
        "without_text": 1,
        "used_for_groups": 9,
        "used_for_codes": 0,
        "codes_divided_by": None,
        "repeated_texts": 1,
    }
    assert found["without_repeated_texts"]["top3"] <= 1
    assert "Jätettiin pois rivejä, joilla ei ole tekstiä: 1" in err
    assert "sarake ”g” on tyhjä: 1" in err


def test_groups_of_one_member(figures):
    rows = [(f"{text} {n}", f"ryhmä {n}") for n, (text, _) in enumerate(rows_of("fi"))]
    found = figures(as_csv(("t", "g"), rows), "--text", "t", "--group", "g")
    assert found["groups_of_one"] == 8
    # Every item needs a new group: there is nothing to be found among the earlier ones.
    assert found["top1"] is None and found["new_group_auc"] is None
    assert found["names_known_ari"] is not None


def test_a_table_for_a_person(run):
    code, out, err = run(
        as_csv(("t", "g"), rows_of("fi")), "--text", "t", "--group", "g", "--language", "fi"
    )
    assert code == DONE
    assert "kolmen ensimmäisen joukossa" in out and "100 %" in out
    assert "Kysyttyjä sijoituksia" in err


@pytest.mark.parametrize(
    ("data", "options", "said"),
    [
        (as_csv(("t", "g"), rows_of("fi")), ("--text", "teksti", "--group", "g"), "t, g"),
        (b"", ("--text", "t", "--group", "g"), "tyhjä"),
        (b"t,g\n", ("--text", "t", "--group", "g"), "otsikkorivin alla"),
        (as_csv(("t", "g"), [("a", "x"), ("b", "x"), ("c", "x")]), ("--text", "t", "--group", "g"),
         "joka rivillä sama arvo (x)"),
        (as_csv(("t", "g"), [("a", "x"), ("A", "y"), ("a", "z")]), ("--text", "t", "--group", "g"),
         "kaikki tekstit ovat samoja"),
        (as_csv(("t", "g"), [("a", ""), ("b", "y"), ("", "z")]), ("--text", "t", "--group", "g"),
         "vähintään 3"),
        (b"PK\x03\x04" + bytes(40), ("--text", "t", "--group", "g"), "valmis.csv"),
    ],
)  # fmt: skip
def test_a_table_that_tells_nothing_says_why(run, data, options, said):
    code, out, err = run(data, *options, "--language", "fi", "--json")
    assert code == NO_FILE
    assert out == ""
    assert said in err


def test_a_missing_file_and_a_missing_column_are_told(run, tmp_path, capsys):
    data = as_csv(("t", "g"), rows_of("fi"))
    assert main(["replay", "--csv", str(tmp_path / "ei.csv"), "--text", "t", "--group", "g"]) == 4
    assert "ei.csv" in capsys.readouterr().err
    assert run(data, "--text", "t")[0] == MISSPELT
    code, _, err = run(data, "--text", "t", "--group", "g", "--engine", "tuntematon")
    assert code == REFUSED and "tfidf" in err


def test_at_least_one_order_is_needed(run):
    code, _, _ = run(as_csv(("t", "g"), rows_of("fi")), "--text", "t", "--group", "g")
    assert code == DONE
    with pytest.raises(SystemExit):
        run(as_csv(("t", "g"), rows_of("fi")), "--text", "t", "--group", "g", orders="0")


@pytest.mark.parametrize(
    "options, told",
    [
        (("--group", "g"), ""),
        (("--group", "g", "--shuffled", "2"), "--shuffled"),
        (("--group", "g", "--main", "g"), ""),
        (("--codes", "g", "--main", "g"), "--main"),
    ],
)
def test_options_that_change_nothing_are_told(run, options, told):
    data = as_csv(("t", "g"), rows_of("fi"))
    code, _, err = run(data, "--text", "t", *options, "--language", "fi")
    assert code == DONE
    assert ("eivät tässä muuta mitään" in err) is bool(told)
    assert told in err


def test_options_of_a_table_are_told_when_a_study_is_meant(tmp_path, capsys):
    main(["replay", "--study", str(tmp_path / "ei.qualcode"), "--text", "t", "--orders", "3"])
    assert "--text, --orders" in capsys.readouterr().err


@pytest.mark.parametrize("between", [",", " / ", "\t", "list"])
def test_codes_divided_by_another_sign_are_told_apart_and_that_is_told(run, between):
    def cell(*codes):
        return str(list(codes)) if between == "list" else between.join(codes)

    rows = [(text, cell(group, "muu") if n % 2 else cell(group)) for n, (text, group) in
            enumerate(rows_of("fi") * 3)]  # fmt: skip
    data = as_csv(("t", "k"), rows, delimiter=";")
    _, out, err = run(data, "--text", "t", "--codes", "k", "--language", "fi", "--json")
    found = json.loads(out)
    assert found["frame"]["codes"] == 3
    assert found["rows"]["codes_divided_by"] == {" / ": "/", "\t": "tab"}.get(between, between)
    assert "Saman solun koodien erottimena oli" in err


@pytest.mark.parametrize(
    "cells",
    [
        ["Apu/arki", "Apu/raha", "Tuki/arki", "Tuki/raha"],
        ["Työ, kiire", "Työ, palkka", "Koti, kiire", "Koti, palkka"],
        ["1,5", "2,5", "3,5", "1,2"],
    ],
)
def test_paths_and_labels_with_a_sign_stay_whole_and_the_sign_can_be_told(run, cells):
    rows = [(text, cells[n % 4]) for n, (text, _) in enumerate(rows_of("fi"))]
    data = as_csv(("t", "k"), rows, delimiter=";")
    options = ("--text", "t", "--codes", "k", "--language", "fi", "--json")
    _, out, err = run(data, *options)
    assert json.loads(out)["frame"]["codes"] == 4
    assert f"luettiin yhdeksi koodiksi: {len(rows)}" in err
    sign = "/" if "/" in cells[0] else ","
    _, out, err = run(data, *options, "--divided-by", sign)
    found = {part.strip() for cell in cells for part in cell.split(sign)}
    assert json.loads(out)["frame"]["codes"] == len(found)
    assert "luettiin yhdeksi" not in err


@pytest.mark.parametrize(
    "book, said",
    [
        ("Teema1: {kiire: Liikaa työtä., raha: Ei riitä.}\n", "rivi 1: koodeja ei löytynyt"),
        ("kiire: a\nkiire: b\n", "kiire"),
        ("- {definition: jotain}\n", "ei ole nimeä"),
    ],
)
def test_definitions_that_are_not_such_are_refused_with_their_line(run, tmp_path, book, said):
    (tmp_path / "kirja.yaml").write_text(book, encoding="utf-8")
    code, _, err = run(
        as_csv(("t", "k"), rows_of("fi")),
        *("--text", "t", "--codes", "k", "--definitions", str(tmp_path / "kirja.yaml")),
        *("--language", "fi"),
    )
    assert code == NO_FILE and "kirja.yaml, rivi" in err and said in err


def test_a_misspelt_field_of_a_definition_is_told(run, tmp_path):
    (tmp_path / "kirja.yaml").write_text("- {id: jonot, defintion: Odotus.}\n", encoding="utf-8")
    _, _, err = run(
        as_csv(("t", "k"), rows_of("fi")),
        *("--text", "t", "--codes", "k", "--definitions", str(tmp_path / "kirja.yaml")),
        *("--language", "fi"),
    )
    assert "kirja.yaml: rivi 1" in err and "”definition”" in err
    (tmp_path / "kirja.yaml").write_text("- {id: jonot, seed_lines: 1-2}\n", encoding="utf-8")
    _, _, err = run(
        as_csv(("t", "k"), rows_of("fi")),
        *("--text", "t", "--codes", "k", "--definitions", str(tmp_path / "kirja.yaml")),
    )
    assert "seed_lines" not in err, "a field of one's own is no mistake"


def test_what_too_few_texts_are_left_for_is_there_without_figures(run):
    rows = [(text, group) for text, group in rows_of("fi")] * 2
    data = as_csv(("t", "k"), rows)
    _, out, err = run(data, "--text", "t", "--codes", "k", "--language", "fi", "--json")
    at = json.loads(out)["codes"]["50"]
    assert at["judged"] == 0 and at["mAP"] is None and at["intervals"]["mAP"] is None
    assert "50" in next(line for line in err.splitlines() if "liian vähän koodien" in line)
    _, out, _ = run(data, "--text", "t", "--codes", "k", "--language", "fi")
    assert not any(line.strip().startswith("50") for line in out.splitlines())


@pytest.mark.parametrize(
    "book",
    [
        "jono: Pitkä odottaminen.\nhinta: Maksut.\n",
        "codes:\n  jono: {label: Jono, definition: Pitkä odottaminen.}\n  hinta:\n",
        "- {name: Jono, description: Pitkä odottaminen.}\n- hinta\n",
        "- Jono: Pitkä odottaminen.\n- hinta: Maksut.\n",
        "title: Koodit\njono: Pitkä odottaminen.\nhinta: Maksut.\n",
        # The twin of another codebook could never be right.
        "codebooks:\n- codes: [{id: jono}, {id: hinta}]\n- codes: [{id: jono}]\n",
        "codes:\n- {label_sv: Jono, definition_sv: Kö.}\n- {label_sv: Hinta}\n",
        "codebooks:\n- id: outo\n  codes: [{id: x, label_fi: Jokin}, {id: y, label_fi: Muu}]\n"
        "- id: tuttu\n  codes: [{id: jono, label_fi: Odotus}, {id: hinta, label_en: Price}]\n",
    ],
)
def test_definitions_of_any_usual_shape_are_found(figures, tmp_path, book):
    """Of several codebooks those count of which the table uses something."""
    (tmp_path / "kirja.yaml").write_text(book, encoding="utf-8")
    rows = [("odottaminen venyy", "jono"), ("maksut ovat isoja", "Hinta"), ("taas jonossa", "jono")]
    found = figures(
        as_csv(("t", "k"), rows),
        *("--text", "t", "--codes", "k", "--definitions", str(tmp_path / "kirja.yaml")),
        *("--language", "sv"),
    )
    assert found["frame"] == {"codes": 2, "without_definition": [], "unused": 0}


def test_definitions_without_codes_say_how_to_write_them(run, tmp_path):
    (tmp_path / "kirja.yaml").write_text("codes: []\n", encoding="utf-8")
    code, _, err = run(
        as_csv(("t", "k"), rows_of("fi")),
        *("--text", "t", "--codes", "k", "--definitions", str(tmp_path / "kirja.yaml")),
        *("--language", "fi"),
    )
    assert code == NO_FILE and "kirja.yaml, rivi 1: koodeja ei löytynyt" in err


def test_a_codebook_about_something_else_is_left_out_and_that_is_told(run, tmp_path):
    (tmp_path / "kirja.yaml").write_text(BOOK, encoding="utf-8")
    data = as_csv(("t", "k"), [(text, f"{group}-x") for text, group in rows_of("fi")])
    _, out, err = run(
        data,
        *("--text", "t", "--codes", "k", "--definitions", str(tmp_path / "kirja.yaml")),
        *("--language", "fi", "--json"),
    )
    assert json.loads(out)["frame"]["unused"] == 0
    assert "Yhtäkään koodia ei ole tiedostossa kirja.yaml" in err


def test_signs_alone_are_different_texts(figures):
    rows = [
        ("😀", "ilo"),
        ("🎉", "ilo"),
        ("👍", "ilo"),
        ("😭", "suru"),
        ("💔", "suru"),
        ("☹", "suru"),
    ]
    found = figures(as_csv(("t", "g"), rows), "--text", "t", "--group", "g")
    assert found["rows"]["repeated_texts"] == 0 and found["without_repeated_texts"] is None
    assert found["names_known_ari"] is not None


def test_what_a_reader_should_know_of_the_groups_is_told(run):
    rows = [("a on", "muut", "työ"), ("b on", "muut", "koti"), ("c on", "muut", "työ"),
            ("d on", "oma", "koti")]  # fmt: skip
    options = ("--text", "t", "--group", "g", "--language", "fi")
    _, _, err = run(as_csv(("t", "g", "m"), rows), *options, "--main", "m")
    assert "“muut” (työ, koti)" in err
    _, _, err = run(as_csv(("t", "g"), [(text, text.upper()) for text, *_ in rows]), *options)
    assert "vain yksi teksti" in err


def test_a_row_wider_than_the_header_is_told(run):
    data = b"t;g\na on;x\nb on;x;y\nc on;y\nd on;y\n"
    code, _, err = run(data, "--text", "t", "--group", "g", "--language", "fi")
    assert code == DONE and "rivi 3, sarake C: Rivillä on soluja 3" in err


def test_one_column_cannot_be_text_and_group(run):
    data = as_csv(("t", "g"), rows_of("fi"))
    code, _, err = run(data, "--text", "t", "--group", "T", "--language", "fi")
    assert code == NO_FILE and "”t”" in err
