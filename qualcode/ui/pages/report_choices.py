"""What is printed in the report: its language, its parts and the finer choices."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from qualcode.domain.codes import Codebook
from qualcode.domain.quotes import ChosenQuote
from qualcode.ui import state
from qualcode.ui.pages import report_cross_choice
from qualcode.workbench import reporting
from qualcode.workbench.bench import Workbench
from qualcode.workbench.report_parts.crossed import Cross
from qualcode.workbench.reporting import Choices, Section


def show(bench: Workbench) -> tuple[str, tuple[Section, ...], Choices]:
    """Language, parts and the finer choices, as widgets that stay between pages."""
    _ = state.translator()
    names = {"fi": "Suomi", "en": "English"}
    language = st.segmented_control(
        _("Language of the report"),
        list(names),
        format_func=names.__getitem__,
        default=state.language(),
        required=True,
        key=f"report-language-{state.language()}",
    )
    usual = [section.value for section in reporting.USUAL]
    sections: list[Section] = []
    cross: tuple[Cross, ...] = ()
    backgrounds: tuple[str, ...] = ()
    parts = _("Parts of the report")
    with st.container(gap="xsmall"):
        st.markdown(f"**{parts}**")
        for section in Section:
            if st.checkbox(
                _(reporting.TITLES[section]),
                value=section.value in usual,
                key=state.filter_key("report", section.value),
            ):
                sections.append(section)
                if section is Section.CROSS:
                    cross, backgrounds = report_cross_choice.show(bench)
    if Section.MEMOS in sections:
        st.warning(
            _(
                "Memos were written for the analysts. Read the appendix through before the report "
                "leaves your hands: they may tell who somebody is."
            ),
            icon=":material/warning:",
        )
    with st.expander(_("More choices")):
        choices = replace(_finer_choices(bench), cross=cross, backgrounds=backgrounds)
    return str(language), tuple(sections), choices


def _finer_choices(bench: Workbench) -> Choices:
    _ = state.translator()
    amounts = {5: "5", 10: "10", 20: "20", None: _("all")}
    each = st.selectbox(
        _("Quotes of a category"),
        list(amounts),
        index=1,
        format_func=amounts.__getitem__,
        key=state.filter_key("report", "quotes-each"),
    )
    with bench.store.reading() as rows:
        books = {book.id: book.name(bench.language) for book in rows.find(Codebook, in_use=True)}
    source = st.selectbox(
        _("Themes come from"),
        [None, *books],
        format_func=lambda id: books[id] if id else _("the questions"),
        help=_("Without themes of the questions, the codes on the expressions are the themes."),
        key=state.filter_key("report", "themes"),
    )
    shares = st.checkbox(
        _("Percentages in closed answers"),
        help=_("Shown beside the counts. With few answers they say little."),
        key=state.filter_key("report", "shares"),
    )
    bars = st.checkbox(
        _("Bars after the tables of closed answers"),
        value=True,
        key=state.filter_key("report", "bars"),
    )
    labels = not bench.reviewing and st.checkbox(
        _("The respondents' own identifiers beside their words"),
        help=_(
            "In quotes, answers and memos. They may tell who somebody is. Usually a running number "
            "is printed instead."
        ),
        key=state.filter_key("report", "labels"),
    )
    if labels:
        st.warning(
            _("Do not publish a report that has the respondents' identifiers in it."),
            icon=":material/warning:",
        )
    lists = st.checkbox(
        _("Lists of tables and figures in Word"),
        value=True,
        key=state.filter_key("report", "lists"),
    )
    appendix = st.checkbox(
        _("Appendix: what the numbers rest on"),
        help=_("Every number is followed to the answers it was counted from, by reference."),
        key=state.filter_key("report", "appendix"),
    )
    data = not bench.reviewing and st.checkbox(
        _("Data sheets in Excel: the answers behind the numbers"),
        help=_(
            "Expressions word for word, an edited quote in its edited form. Without consent no "
            "words are printed, and closed answers that say the same are listed as one. Keep the "
            "workbook as you keep the material."
        ),
        key=state.filter_key("report", "data"),
    )
    with bench.store.reading() as rows:
        picked = rows.count(ChosenQuote)
    # Whoever reviews reads what is printed: quotes that nobody has checked are not for them.
    only_chosen = (
        bench.reviewing
        or not picked
        or st.checkbox(
            _("Only the quotes chosen on the Quotes page"),
            value=True,
            help=_("Otherwise quotes are taken from as many respondents as possible, unchecked."),
            key=state.filter_key("report", "only-chosen"),
        )
    )
    return Choices(
        only_chosen=only_chosen,
        lists=lists,
        appendix=appendix,
        data=data,
        quotes_each=each,
        shares=shares,
        bars=bars,
        respondent_labels=labels,
        themes_from=source,
    )
