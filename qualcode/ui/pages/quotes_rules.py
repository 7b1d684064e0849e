"""What is looked at before a quote is printed, as a small form over the page."""

from __future__ import annotations

import streamlit as st

from qualcode.ui import state, undo_line
from qualcode.workbench.bench import Workbench
from qualcode.workbench.quoting.people import People, people
from qualcode.workbench.quoting.rules import QuoteRules, rules, set_rules


def show(bench: Workbench, place: str) -> None:
    """The button; pressed, it shows the rules and saves them as an act."""
    _ = state.translator()
    box = st.popover(
        _("Before printing"),
        icon=":material/verified_user:",
        help=_("What is looked at before a quote may be printed"),
        key="quotes-rules",
        on_change="rerun",
    )
    if not box.open:
        return
    now = rules(bench.study())
    with bench.store.reading() as rows:
        everyone = people(rows, now, _)
    with box, st.container(width=430):
        wished = _form(everyone, now)
        st.button(
            _("Save"),
            key="save-quote-rules",
            type="primary",
            disabled=wished == now,
            on_click=_save,
            args=(wished, place),
        )


def _form(everyone: People, now: QuoteRules) -> QuoteRules:
    _ = state.translator()
    variables = everyone.variables
    consent = st.selectbox(
        _("Consent is told by"),
        ["", *variables],
        index=variables.index(now.consent) + 1 if now.consent in variables else 0,
        format_func=lambda name: name or _("(not in the material)"),
        key="quote-rule-consent",
        help=_("The background variable that tells whether the respondent may be quoted"),
    )
    consented: tuple[str, ...] = ()
    if consent:
        values = everyone.values(consent)
        said = [v for v in now.consented if v in values] if consent == now.consent else []
        consented = tuple(
            st.multiselect(
                _("Values that say yes"),
                values,
                default=said,
                key=f"quote-rule-yes-{consent}",
                placeholder=_("Choose"),
            )
        )
    told = st.multiselect(
        _("Background that readers know"),
        [name for name in variables if name != consent],
        default=[name for name in now.told if name in variables and name != consent],
        key="quote-rule-told",
        placeholder=_("Each variable alone"),
        help=_(
            "Looked at together: a combination that few have may tell who somebody is. With "
            "nothing chosen each variable is looked at alone."
        ),
    )
    fewest = st.number_input(
        _("Recognisable when fewer than this are alike"),
        min_value=2,
        max_value=20,
        value=now.fewest,
        key="quote-rule-fewest",
    )
    share = st.number_input(
        _("One respondent's share of the quotes at most (%)"),
        min_value=1,
        max_value=100,
        value=now.share,
        key="quote-rule-share",
    )
    st.caption(
        _(
            "Names and contact details are looked for as well. Not everything is found: the "
            "check is made by the one who reads."
        )
    )
    return QuoteRules(consent or "", consented, tuple(told), int(fewest), int(share))


def _save(wished: QuoteRules, place: str) -> None:
    _ = state.translator()
    bench = state.bench()
    undo_line.attempt(place, lambda: set_rules(bench, wished), _("Saved."))
