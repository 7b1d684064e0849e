"""Which pages there are, and which is shown first."""

from __future__ import annotations

import json
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

import streamlit as st

from qualcode.domain.errors import QualcodeError
from qualcode.texts import N_
from qualcode.ui import first_page, shell, state

ASSETS = Path(__file__).parent / "assets"

# (address, title, icon, module): the road from material to report, in the order of the method.
ROAD = (
    (first_page.ADDRESS, N_("Study"), ":material/home:", "study_page"),
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
    ("menetelma", N_("Method chapter"), ":material/edit_note:", "method_page"),
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
REVIEW = "tarkastelu"
FOR_REVIEWERS = ("hanke", "raportti", "suljetut", "sitaatit", "taulukot", REVIEW, "loki")
"""What is in the navigation of whoever only reviews: pages without acts that they may not do."""
READ_BY_REVIEWERS = (
    *FOR_REVIEWERS,
    "koodikirjat",
    "koodaus",
    "haku",
    "pelkistykset",
    "luokat",
    "roolikartat",
    "kyllaantyminen",
    "menetelma",
    "itsearviointi",
    "muistiot",
)
"""Pages that show themselves without their acts to whoever only reviews: a link leads there, as
from a quote to its answer. Of the others there is nothing to read but what they change."""

CHOSEN = (
    "background: color-mix(in srgb, currentColor 12%, transparent); "
    "text-shadow: .3px 0 currentColor;"
)
"""How a menu looks while one of its pages is open: it takes no more room than before."""


def enter() -> None:
    """The start page when no study is open; otherwise the navigation and the chosen page."""
    _ = state.translator()
    st.html(ASSETS / "app.css")
    st.html(_style(_))
    if state.study_address() is None:
        _start_page()
        return
    if state.settings_of_run().ask_name and not state.sat_down():
        _ask_name()
        return
    try:
        state.bench().study()
    except QualcodeError as error:
        _start_page(state.message(error))
        return
    st.logo(str(ASSETS / "logo.svg"), size="large")
    pages = {
        address: st.Page(
            _page(module if _is_read(address) else "not_for_reviewers_page"),
            title=_(title),
            icon=icon,
            url_path=address,
            default=address == PAGES[0][0],
            visibility="visible" if _is_offered(address) else "hidden",
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
    st.html(_menu_of(chosen.url_path))
    if state.reviewing() and state.begins():
        state.go_to(REVIEW)
    shell.header()
    chosen.run()
    # What the page has to tell of this very run: of a link, say, that names something removed.
    shell.tell()


def _style(_: Callable[[str], str]) -> str:
    """Words that Streamlit shows in English only, for app.css to show instead."""
    words = {
        "more": _("More"),  # where the navigation does not fit: "5 more"
        "day": _("dd"),
        "month": _("mm"),
        "year": _("yyyy"),
        # In a list to choose from: nothing has the letters typed, or no more may be chosen.
        "nothing": _("Nothing more to choose here"),
    }
    said = (f"--qualcode-{name}: {json.dumps(w, ensure_ascii=False)};" for name, w in words.items())
    return f"<style>:root {{ {' '.join(said)} }}</style>"


def _menu_of(address: str) -> str:
    """The menu of the page that is open looks chosen, as a page on the road does by itself."""
    offered = [[e[0] for e in entries if _is_offered(e[0])] for _, entries in MENUS]
    road, *menus = [entries for entries in offered if entries]
    within = [n for n, entries in enumerate(menus) if address in entries]
    # Items of the navigation: the pages of the road, then the menus, then what has no room.
    place = len(road) + within[0] if within else road.index(address) if address in road else 0
    item, navigation = f":nth-child({place + 1})", '[data-testid="stTopNav"]'
    menu = '[data-testid="stTopNavSection"]'
    chosen = f"{navigation} > {item} > {menu}"
    unseen = f'{navigation}:has(> {item}[aria-hidden="true"]) > .rc-overflow-item-rest > {menu}'
    return f"<style>:is({chosen}, {unseen}) {{ {CHOSEN} }}</style>"


def _is_offered(address: str) -> bool:
    return not state.reviewing() or address in FOR_REVIEWERS


def _is_read(address: str) -> bool:
    return not state.reviewing() or address in READ_BY_REVIEWERS


def _page(module: str) -> Callable[[], None]:
    """The page as a function of its own name, importing its module when it is first shown."""

    def show() -> None:
        try:
            import_module(f"qualcode.ui.pages.{module}").show(state.bench())
        except QualcodeError as error:
            st.error(state.message(error), icon=":material/error:")

    show.__name__ = module
    return show


def _ask_name() -> None:
    """On a server that several people use: who sits at this browser, before anything is shown."""
    from qualcode.ui.pages import who_page

    with st.container(horizontal=True, horizontal_alignment="right"):
        shell.language_switch()
    who_page.show()


def _start_page(problem: str | None = None) -> None:
    from qualcode.ui.pages import start_page

    with st.container(horizontal=True, horizontal_alignment="right"):
        shell.language_switch()
    start_page.show(problem)
