"""Memos on pages: browsing, writing, changing, links, and what a memo may never do."""

from __future__ import annotations

from dataclasses import replace

import pytest
from streamlit.testing.v1 import AppTest

from qualcode.domain.memos import Memo
from qualcode.store.views import MemoQuery
from qualcode.ui import state
from qualcode.ui.memo_text import as_markdown
from qualcode.workbench import coding, history, memo_export, memos, reducing
from tests.builders import Clock
from tests.ui.reading_study import CODER, bench_of, make_study


@pytest.fixture
def bench(tmp_path, monkeypatch):
    path = make_study(tmp_path / "s.qualcode")
    for name, value in (("STUDY", str(path)), ("FOLDER", str(tmp_path)), ("CODER", CODER)):
        monkeypatch.setenv(f"QUALCODE_{name}", value)
    state.settings_of_run.clear()
    bench = replace(bench_of(path), clock=Clock())
    yield bench
    bench.store.close()
    state.settings_of_run.clear()


def memo_page():
    import streamlit as st

    from qualcode.ui import state
    from qualcode.ui.pages import codebooks_page, memos_page, reductions_page

    def show() -> None:
        memos_page.show(state.bench())

    def reductions() -> None:
        reductions_page.show(state.bench())

    def codebooks() -> None:
        codebooks_page.show(state.bench())

    def other() -> None:
        st.write(f"toinen sivu {dict(st.query_params)}")

    pages = {
        "muistiot": st.Page(show, url_path="muistiot", default=True),
        "koodikirjat": st.Page(codebooks, url_path="koodikirjat"),
        "pelkistykset": st.Page(reductions, url_path="pelkistykset"),
        "koodaus": st.Page(other, url_path="koodaus"),
    }
    chosen = st.navigation(list(pages.values()), position="hidden")
    state.remember_pages(pages)
    chosen.run()


def opened(**query):
    app = AppTest.from_function(memo_page, default_timeout=60)
    for name, value in query.items():
        app.query_params[name] = value
    app.run()
    assert not app.exception
    return app


def button(app, label, n=0):
    return [b for b in app.button if b.label == label][n]


def shown(app):
    return [m.value for m in app.markdown]


def the_memos(bench):
    with bench.store.reading() as rows:
        return [memo.text for memo in rows.memos(MemoQuery(), 0, 100).rows]


# --- the page --------------------------------------------------------------------------------


def test_an_empty_study_says_what_memos_are_for_and_takes_the_first(bench):
    app = opened()
    assert "Muistioita ei vielä ole" in app.info[0].value
    app.text_area[0].set_value("Ensimmäinen havainto")
    button(app, "Tallenna muistio").click().run()
    assert the_memos(bench) == ["Ensimmäinen havainto"]
    assert any("Ensimmäinen havainto" in text for text in shown(app))
    assert app.text_area[0].value == "", "the field is free for the next"
    button(app, "Kumoa").click().run()
    assert the_memos(bench) == []


def test_an_empty_memo_is_refused_in_words(bench):
    app = opened()
    app.text_area[0].set_value("   ")
    button(app, "Tallenna muistio").click().run()
    assert "Muistio tarvitsee sanoja" in app.error[0].value
    assert the_memos(bench) == []


def test_memos_are_filtered_by_kind_writer_and_words(bench):
    memos.write(bench, "code", "c0", "Koodista")
    memos.diary(replace(bench, coder="Pekka"), "Pekan päivä")
    memos.diary(bench, "Oma päivä")
    app = opened()
    texts = ["Oma päivä", "Pekan päivä", "Koodista"]
    assert [text for text in shown(app) if text in texts] == texts
    app.selectbox(key="filter:memos:kind").select("code").run()
    assert [text for text in shown(app) if text in texts] == ["Koodista"]
    app.selectbox(key="filter:memos:kind").select(None).run()
    app.selectbox(key="filter:memos:who").select("Pekka").run()
    assert [text for text in shown(app) if text in texts] == ["Pekan päivä"]
    app.text_input(key="filter:memos:text").set_value("ei tällaista").run()
    assert "Mikään muistio ei vastaa" in app.info[0].value


def test_a_memo_is_changed_where_it_stands(bench):
    memos.diary(bench, "Vanha")
    app = opened()
    button(app, "Muokkaa").click().run()
    field = next(area for area in app.text_area if area.value == "Vanha")
    field.set_value("Uusi")
    button(app, "Tallenna").click().run()
    assert the_memos(bench) == ["Uusi"]
    assert "Uusi" in shown(app)
    button(app, "Poista").click().run()
    assert the_memos(bench) == []
    button(app, "Kumoa").click().run()
    assert the_memos(bench) == ["Uusi"]


def test_two_windows_on_one_memo_lose_nothing(bench):
    memo = memos.diary(bench, "Vanha")
    app = opened()
    button(app, "Muokkaa").click().run()
    memos.change(replace(bench, coder="Pekka"), memo.id, "Pekan")
    next(area for area in app.text_area if area.value == "Vanha").set_value("Minun")
    button(app, "Tallenna").click().run()
    assert "Pekan" in app.error[0].value and "Minun" in app.error[0].value
    assert the_memos(bench) == ["Pekan"]
    button(app, "Tallenna").click().run()
    assert the_memos(bench) == ["Minun"], "saving once more is a choice"


def test_a_memo_leads_to_what_it_is_about_and_to_its_links(bench):
    reduction = reducing.reduce(bench, "q0-0", 0, 4, "saaminen")
    memos.write(bench, "code", "c0", f"Vertaa [[pelkistys:{reduction.id}]]")
    app = opened()
    button(app, "koodi: Osallisuus").click().run()
    assert not app.exception
    assert "Osallisuus" in [s.value for s in app.subheader], shown(app)
    app = opened()
    button(app, "pelkistys: saaminen").click().run()
    assert "**saaminen**" in shown(app)


def test_a_link_opens_the_page_at_one_memo(bench):
    first, _ = memos.diary(bench, "Yksi"), memos.diary(bench, "Kaksi")
    app = opened(muistio=first.id)
    assert "Yksi" in shown(app) and "Kaksi" not in shown(app)
    button(app, "Näytä kaikki muistiot").click().run()
    assert "Kaksi" in shown(app)


def test_what_is_gone_and_what_was_merged_is_told(bench):
    one = reducing.reduce(bench, "q0-0", 0, 4, "saaminen")
    other = reducing.reduce(bench, "q0-1", 0, 4, "äiti")
    memos.write(bench, "reduction", other.id, "Yhdistyvä")
    memos.write(bench, "reduction", one.id, "Poistuva [[koodi:Olematon]]")
    reducing.merge(bench, one.id, [other.id])
    app = opened()
    assert any("Kirjoitettu aiheesta: äiti" in c.value for c in app.caption)
    reducing.remove(bench, [one.id])
    app.run()
    assert any("~~saaminen~~ (poistettu tutkimuksesta)" in text for text in shown(app))
    assert any("~~Olematon~~ (ei tutkimuksessa)" in text for text in shown(app))


def test_many_memos_come_a_page_at_a_time(bench):
    with bench.store.writing() as rows:
        rows.insert(
            [
                Memo(
                    f"m{n:02}",
                    "study",
                    "study",
                    f"Ajatus {n:02}",
                    "",
                    CODER,
                    f"2026-01-01T10:{n:02}:00+00:00",
                )
                for n in range(45)
            ]
        )
    app = opened()
    texts = [text for text in shown(app) if text.startswith("Ajatus")]
    assert texts == [f"Ajatus {n:02}" for n in range(44, 24, -1)]


def test_the_file_holds_the_memos_as_they_were_written(bench):
    memos.write(bench, "code", "c0", "- **yksi**\n- [[koodi:Luottamus]]")
    memos.diary(bench, "Päivä")
    text = memo_export.as_markdown(bench, MemoQuery())
    assert text.index("## Koodi: Osallisuus") < text.index("## Tutkimuspäiväkirja")
    assert "- **yksi**\n- [[koodi:Luottamus]]" in text and text.startswith("# Kokeilu\n")


# --- the button beside a thing ---------------------------------------------------------------


def test_the_button_tells_how_many_there_are(bench):
    memos.write(bench, "code", "c0", "Yksi")
    memos.write(bench, "code", "c0", "Kaksi")

    def page():
        from qualcode.ui import memo_button, state

        memo_button.show(state.bench(), "code", "c0")
        memo_button.show(state.bench(), "code", "c1")

    app = AppTest.from_function(page, default_timeout=60).run()
    labels = [p.proto.popover.label for p in app.get("popover")]
    assert labels == ["2 muistiota", "Muistio"]


def test_a_respondents_memos_are_counted_and_opened_in_the_list_of_respondents(bench):
    memos.write(bench, "respondent", "r0", "Puhuu paljon")

    def people() -> None:
        from qualcode.ui import state
        from qualcode.ui.pages import material_lists

        material_lists._people(state.bench())

    app = AppTest.from_function(people, default_timeout=60).run()
    assert app.dataframe[0].value["Muistiot"].tolist() == [1, 0, 0, 0, 0]
    app.selectbox[0].select("r0").run()
    assert not app.exception
    assert [p.proto.popover.label for p in app.get("popover")] == ["1 muistio"]


# --- what a memo may never do ----------------------------------------------------------------

HOSTILE = """<img src="https://evil.example/a.png" onerror="alert(1)"><script>alert(2)</script>
![kuva](https://evil.example/b.png) [napsauta](https://evil.example/c) https://evil.example/d
www.evil.example joku@evil.example [x](javascript:alert(1)) <https://evil.example/e>
:material/home: :red[punainen] $x^2$ $$y$$ :smile: [^1]: &lt;b&gt;
| a | b |
|---|---|
---
===
    sisennetty
~~~
</code><img src=x>```
"""


def test_a_memo_cannot_bring_markup_or_addresses_to_a_page():
    from markdown_it import MarkdownIt

    written = as_markdown(HOSTILE, {}, str)
    html = (
        MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"]).render(written)
    )
    for tag in ("<img", "<script", "<a ", "<table", "<hr", "<h1", "<h2"):
        assert tag not in html, tag
    assert "kuva" in html and "evil.example/b.png" not in html
    # What Streamlit itself reads in Markdown is escaped too.
    assert r"\:red\[" in written and r"\$x" in written and r"\:material" in written


def test_the_styles_of_a_memo_are_kept():
    text = "# Otsikko\n\n**vahva ** ja *k*\n\n- a\n  - b\n2. c\n\n> lainaus\n\n`x`"
    assert as_markdown(text, {}, str).split("\n") == [
        "**Otsikko**",
        "",
        "\\*\\*vahva \\*\\* ja *k*",
        "",
        "- a",
        "   - b",
        "2. c",
        "",
        "> lainaus",
        "",
        "`x`",
    ]


def test_a_memo_about_a_passage_is_told_with_its_words(bench):
    coding.code(bench, "q0-0", 0, 4, "c0")
    memos.write_on(bench, "q0-0", 0, 4, "Miksi?")
    app = opened()
    assert button(app, "ilmaus: ”Sain”")
    history.undo(bench)
    app.run()
    assert "Muistioita ei vielä ole" in app.info[0].value
