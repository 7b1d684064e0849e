"""The history: who did what and when, what it touched, and a way back from every act of it."""

from __future__ import annotations

import math
from datetime import UTC, datetime, time
from itertools import groupby

import streamlit as st

from qualcode.store.log_views import WorkDone
from qualcode.ui import state
from qualcode.ui.history_view import local, past_acts
from qualcode.ui.pages import log_acts, log_filters
from qualcode.ui.words import plain
from qualcode.workbench.bench import Workbench
from qualcode.workbench.messages import act_title, day_of
from qualcode.workbench.work_done import DaysWork, days_work

ROWS = 30
LIST = "log-list"
"""The fragment of the acts."""


def show(bench: Workbench) -> None:
    _ = state.translator()
    st.title(_("Log"))
    _work_done(bench)
    st.caption(
        _(
            "Every act that changed the study, the newest first. As a reviewer you can take back "
            "what you have said yourself."
        )
        if bench.reviewing
        else _(
            "Every act that changed the study, the newest first. Undo takes back any of them, also "
            "an older one or another person's; what builds on it is shown first."
        )
    )
    _list()


@st.fragment(key=LIST)
def _list() -> None:
    _ = state.translator()
    bench = state.bench()
    if state.chosen(log_acts.TURNED):
        # Undone in this fragment: the buttons above and what I have done are to be drawn too.
        state.choose(log_acts.TURNED, None)
        st.rerun()
    query = log_filters.query(bench)
    page_key = state.filter_key(log_filters.PAGE, "page")
    number = max(1, int(st.session_state.get(page_key, 1)))
    with bench.store.reading() as rows:
        page = rows.decisions((number - 1) * ROWS, ROWS, query)
        pages = math.ceil(page.total / ROWS)
        if page.total and not page.rows:
            # Fewer acts than when the page was turned: to the last that has any.
            st.session_state[page_key] = pages
            page = rows.decisions((pages - 1) * ROWS, ROWS, query)
        acts = past_acts(rows, bench, page.rows)
        next_undo = rows.next_undo(bench.coder)
    if not acts:
        st.info(_("No act matches these filters."), icon=":material/info:")
    for day, of_day in groupby(acts, key=lambda act: act.at.date()):
        st.markdown(f"**{_day_name(datetime.combine(day, time()))}**")
        with st.container(gap="xxsmall", key=f"log-{day}"):
            for act in of_day:
                log_acts.show(bench, act, next_undo)
    log_acts.forget_pending()
    if pages > 1:
        st.pagination(pages, key=page_key)


def _day_name(day: datetime) -> str:
    _ = state.translator()
    weekdays = (
        _("Monday"),
        _("Tuesday"),
        _("Wednesday"),
        _("Thursday"),
        _("Friday"),
        _("Saturday"),
        _("Sunday"),
    )
    name = f"{weekdays[day.weekday()]} {day_of(day)}"
    if day.date() == datetime.now().astimezone().date():
        return _("Today, {day}").format(day=name)
    return name


# --- what I have done ---------------------------------------------------------------------------


def _work_done(bench: Workbench) -> None:
    _ = state.translator()
    midnight = datetime.combine(datetime.now().astimezone().date(), time()).astimezone()
    work = days_work(bench, midnight.astimezone(UTC).isoformat())
    with st.container(border=True, gap="xsmall", key="log-work"):
        if work.today.first:
            _told(_("What I have done today"), work.today)
        else:
            st.markdown(_("You have done nothing in this study today."))
        if work.session and work.session.begun > work.today.first:
            began = f"{local(work.session.begun):%d.%m. %H:%M}"
            _told(_("Since I sat down {at}").format(at=began), work.in_session)
        _others(work)


def _told(heading: str, work: WorkDone) -> None:
    _, ngettext = state.translator(), state.plural()
    span = f"{local(work.first):%H:%M}–{local(work.last):%H:%M}"
    texts = [
        ngettext("{n} answer coded", "{n} answers coded", work.coded).format(n=work.coded),
        ngettext("{n} answer reduced", "{n} answers reduced", work.reduced).format(n=work.reduced),
        ngettext("{n} answer in all", "{n} answers in all", work.texts).format(n=work.texts),
    ]
    told = f"{span}: {', '.join(texts)}." if work.texts else f"{span}"
    st.markdown(f"**{plain(heading)}** {told}")
    st.caption(_acts_told(work))


def _acts_told(work: WorkDone) -> str:
    """How many acts of each kind, the commonest first."""
    _ = state.translator()
    order = sorted(work.acts.items(), key=lambda item: (-item[1], item[0].value))
    parts = [f"{plain(act_title(act, _))} × {count}" for act, count in order]
    if work.taken_back:
        parts.append(_("taken back × {n}").format(n=work.taken_back))
    return " · ".join(parts)


def _others(work: DaysWork) -> None:
    _ = state.translator()
    if not (work.others and work.session):
        return
    since = work.session.earlier or work.session.begun
    st.markdown("**" + _("Others since {at}").format(at=f"{local(since):%d.%m. %H:%M}") + "**")
    for who, done in work.others.items():
        st.caption(f"{plain(who)}: {_acts_told(done)}")
