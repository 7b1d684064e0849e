"""``python -m qualcode find``: words in any form, in their context, from the command line."""

import json

import pytest

from qualcode.bootstrap import create_store
from qualcode.commands import DONE, REFUSED, main
from tests.builders import a_respondent, a_study, an_answer, bring_in


@pytest.fixture
def study(tmp_path):
    store = create_store(tmp_path / "haku.qualcode")
    bench = a_study(store)
    bring_in(
        bench,
        a_respondent("v1", "asiakas"),
        a_respondent("v2", "työntekijä"),
        an_answer("Palveluiden hakeminen on vaikeaa.", "d1", "v1", position=1),
        an_answer("Lapsiperhepalvelu auttoi.", "d2", "v2", position=2),
    )
    store.close()
    return tmp_path / "haku.qualcode"


@pytest.fixture
def run(study, capsys):
    def command(*arguments):
        code = main(["find", *arguments, "--study", str(study), "--language", "fi"])
        out, err = capsys.readouterr()
        return code, out, err

    return command


def test_lines_with_the_words_in_one_column(run):
    code, out, _ = run("palvelu")
    first, second, total = out.splitlines()
    assert code == DONE
    assert first.startswith("V1") and second.startswith("V2")
    assert first.index("Palveluiden") == second.index("Lapsiperhepalvelu")
    assert total == "Löytyi: 2"


def test_json_tells_where_the_words_are(run):
    code, out, _ = run("palvelu", "--json", "--where", "answers", "--actor-group", "työntekijä")
    found = json.loads(out)
    assert code == DONE
    assert found["totals"] == {"document": 1}
    assert [(hit["id"], hit["spans"]) for hit in found["hits"]] == [("d2", [[0, 17]])]


def test_exactly_and_by_a_pattern(run):
    assert json.loads(run("palvelu", "--how", "exact", "--json")[1])["hits"] == []
    hits = json.loads(run("^p.*iden", "--how", "regex", "--json")[1])["hits"]
    assert [hit["id"] for hit in hits] == ["d1"]


def test_a_pattern_that_cannot_be_read_is_refused(run):
    code, _, err = run("(", "--how", "regex")
    assert code == REFUSED
    assert "(" in err
