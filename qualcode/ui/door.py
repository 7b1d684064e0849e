"""Which pages there are, and which is shown first."""

from __future__ import annotations

import json
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

import streamlit as st

from qualcode.domain.errors import QualcodeError
from qualcode.texts import N_
from qualcode.ui import shell, state

ASSETS = Path(__file__).parent / "assets"

# (address, title, icon, module): the road from material to report, in the order of the method.
ROAD = (
    ("hanke", N_("Study"), ":material/home:", "study_page"),
    ("aineisto", N_("Material"), ":material/upload_file:", "material_page"),
    ("koodikirjat", N_("Codebooks"), ":material/menu_book:", "codebooks_page"),
    ("koodaus", N_("Read and code"), ":material/format_ink_highlighter:", "coding_page"),
    ("haku", N_("Find"), ":material/search:", "find_page"),
    ("pelkistykset", N_("Reductions"), ":material/short_text:", "reductions_page"),
    ("luokat", N_("Categories"), ":material/account_tree:", "grouping_page"),
    ("roolikartat", N_("Role maps"), ":material/hub:", "role_map_page"),
    ("raportti", N_("Report"), ":material/description:", "report_page"),
)
# What the study says, and what is needed now and then: in menus, because all pages in one row would
# not fit beside one another on a laptop.
RESULTS = (
    ("suljetut", N_("Closed answers"), ":material/bar_chart:", "closed_page"),
    ("sitaatit", N_("Quotes"), ":material/format_quote:", "quotes_page"),
    ("kyllaantyminen", N_("Saturation"), ":material/show_chart:", "saturation_page"),
    ("taulukot", N_("Tables"), ":material/table_chart:", "tables_page"),
    ("tarkastelu", N_("Review"), ":material/rate_review:", "review_page"),
)
MORE = (
    ("lomakkeet", N_("Forms"), ":material/list_alt:", "forms_page"),
    ("ehdotukset", N_("Suggestions"), ":material/lightbulb:", "suggestions_page"),
    ("hyoty", N_("Worth"), ":material/query_stats:", "worth_page"),
    ("tyopajat", N_("Workshops"), ":material/groups:", "workshops_page"),
    ("itsearviointi", N_("Self-assessment"), ":material/diversity_1:", "self_assessment_page"),
    ("muistiot", N_("Memos"), ":material/sticky_note_2:", "memos_page"),
    ("loki", N_("Log"), ":material/history:", "log_page"),
)
MENUS = (("", ROAD), (N_("Results"), RESULTS), (N_("More"), MORE))
PAGES = (*ROAD, *RESULTS, *MORE)


def enter() -> None:
    """The start page when no study is open; otherwise the navigation and the chosen page."""
    _ = state.translator()
    st.html(ASSETS / "app.css")
    # Where the navigation does not fit Streamlit says "5 more", in English: app.css says this.
    more = json.dumps(_("More"), ensure_ascii=False)
    st.html(f"<style>:root {{ --qualcode-more: {more}; }}</style>")
    if state.study_address() is None:
        _start_page()
        return
    try:
        state.bench().study()
    except QualcodeError as error:
        _start_page(state.message(error))
        return
    st.logo(str(ASSETS / "logo.svg"), size="large")
    pages = {
        address: st.Page(
            _page(module),
            title=_(title),
            icon=icon,
            url_path=address,
            default=address == PAGES[0][0],
        )
        for address, title, icon, module in PAGES
    }
    state.remember_pages(pages)
    chosen = st.navigation(
        {
            _(menu) if menu else "": [pages[address] for address, *_rest in entries]
            for menu, entries in MENUS
        },
        position="top",
    )
    shell.header()
    chosen.run()


def _page(module: str) -> Callable[[], None]:
    """The page as a function of its own name, importing its module when it is first shown."""

    def show() -> None:
        try:
            import_module(f"qualcode.ui.pages.{module}").show(state.bench())
        except QualcodeError as error:
            st.error(state.message(error), icon=":material/error:")

    show.__name__ = module
    return show


def _start_page(problem: str | None = None) -> None:
    from qualcode.ui.pages import start_page

    with st.container(horizontal=True, horizontal_alignment="right"):
        shell.language_switch()
    start_page.show(problem)
