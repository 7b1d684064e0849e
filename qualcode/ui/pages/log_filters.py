"""Which acts of the log are shown: whose, of what kind, of which day, about what, by number."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta

import streamlit as st

from qualcode.domain.decisions import Act
from qualcode.store.log_views import LogQuery
from qualcode.texts import N_
from qualcode.ui import places, state
from qualcode.ui.components.date_words import date_words
from qualcode.ui.words import plain
from qualcode.workbench import memo_links
from qualcode.workbench.bench import Workbench
from qualcode.workbench.log_numbers import NoNumbers, numbers_read
from qualcode.workbench.messages import kind_title

PAGE = "log"

ABOUT = "log:about"
"""(kind, id) of the one thing whose history is shown."""

WORK: dict[str, tuple[str, tuple[Act, ...]]] = {
    "coding": (
        N_("Coding"),
        (
            Act.CODE,
            Act.UNCODE,
            Act.STRETCH,
            Act.SPLIT_CODING,
            Act.MERGE_CODINGS,
            Act.RECODE,
            Act.SET_STANCE,
        ),
    ),
    "reducing": (
        N_("Reducing"),
        (
            Act.REDUCE,
            Act.LINK_REDUCTION,
            Act.UNLINK_REDUCTION,
            Act.REWORD,
            Act.MERGE_REDUCTIONS,
            Act.SPLIT_REDUCTION,
            Act.REMOVE_REDUCTION,
        ),
    ),
    "grouping": (
        N_("Grouping"),
        (
            Act.ADD_CATEGORY,
            Act.RENAME_CATEGORY,
            Act.EDIT_CATEGORY,
            Act.MOVE_CATEGORY,
            Act.MERGE_CATEGORIES,
            Act.SPLIT_CATEGORY,
            Act.REMOVE_CATEGORY,
            Act.PLACE,
            Act.SET_HEADING_STANCE,
            Act.LIKEN,
            Act.UNLIKEN,
            Act.PIN,
            Act.UNPIN,
            Act.ACCEPT_SUGGESTION,
            Act.DISMISS_SUGGESTION,
        ),
    ),
    "quotes": (
        N_("Quotes"),
        (
            Act.CHOOSE_QUOTE,
            Act.LEAVE_QUOTE,
            Act.ORDER_QUOTES,
            Act.EDIT_QUOTE,
            Act.CHECK_QUOTE,
            Act.SET_QUOTE_RULES,
        ),
    ),
    "codebooks": (
        N_("Codes and codebooks"),
        (
            Act.TAKE_CODEBOOK,
            Act.DROP_CODEBOOK,
            Act.EDIT_CODEBOOK,
            Act.ADD_CODE,
            Act.EDIT_CODE,
            Act.REMOVE_CODE,
        ),
    ),
    "roles": (
        N_("Role maps"),
        (
            Act.START_ROLE_MAP,
            Act.EDIT_ROLE_MAP,
            Act.REMOVE_ROLE_MAP,
            Act.ADD_ROLE,
            Act.EDIT_ROLE,
            Act.REMOVE_ROLE,
            Act.LINK_ROLE,
            Act.UNLINK_ROLE,
            Act.PAIR_ROLES,
            Act.UNPAIR_ROLES,
            Act.SET_ROLE_TRAITS,
            Act.COMMENT_ROLE,
            Act.CHANGE_ROLE_COMMENT,
            Act.REMOVE_ROLE_COMMENT,
            Act.KEEP_MAP_VERSION,
            Act.REMOVE_MAP_VERSION,
            Act.RESTORE_MAP_VERSION,
        ),
    ),
    "discussions": (
        N_("Self-assessment"),
        (
            Act.START_DISCUSSION,
            Act.EDIT_DISCUSSION,
            Act.CHOOSE_DISCUSSED,
            Act.MARK_STEP,
            Act.WRITE_OF_ROLE,
            Act.REMOVE_DISCUSSION,
            Act.ERASE_PERSON,
            Act.WRITE_FILE_ANEW,
        ),
    ),
    "workshops": (
        N_("Workshops"),
        (
            Act.ADD_WORKSHOP,
            Act.EDIT_WORKSHOP,
            Act.REMOVE_WORKSHOP,
            Act.SET_WORKSHOP,
            Act.EDIT_SCRIPT,
            Act.MOVE_NOTES,
            Act.GROUP_NOTES,
            Act.RENAME_NOTES,
            Act.UNGROUP_NOTES,
            Act.ADD_NOTE,
            Act.REDUCE_WALL,
        ),
    ),
    "memos": (N_("Memos"), (Act.WRITE_MEMO, Act.CHANGE_MEMO, Act.REMOVE_MEMO)),
    "turns": (N_("Undo and redo"), (Act.UNDO, Act.REDO)),
}
"""Sort of work -> its name and its acts. What belongs to none of them is of the material."""

MATERIAL = "material"
NUMBERS = "numbers"


def sorts_of_work() -> dict[str, tuple[str, tuple[Act, ...]]]:
    """Every act of the log under one sort of work."""
    known = {act for _, acts in WORK.values() for act in acts}
    rest = tuple(act for act in Act if act not in known)
    return {MATERIAL: (N_("Material and study"), rest), **WORK}


def query(bench: Workbench) -> LogQuery:
    """The line of filters; gives what they ask for."""
    _ = state.translator()
    places.follow(*memo_links.WORDS, choose=only_about, also_gone=True)
    with bench.store.reading() as rows:
        people = rows.people()
    sorts = sorts_of_work()
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        who = _select("who", people, _("Who"), lambda one: one or _("Everybody"), 180)
        sort = _select(
            "sort",
            list(sorts),
            _("What kind of work"),
            lambda one: _(sorts[one][0]) if one else _("All work"),
            210,
        )
        date_words()
        day = st.date_input(
            _("Day"),
            value=None,
            key=state.filter_key(PAGE, "day"),
            format="DD.MM.YYYY",
            label_visibility="collapsed",
            width=160,
        )
        written = st.text_input(
            _("Numbers of decisions"),
            key=state.filter_key(PAGE, NUMBERS),
            placeholder=_("Numbers, e.g. 3–7, 12"),
            help=_("As the method chapter names them."),
            label_visibility="collapsed",
            width=220,
        )
        if written:
            st.button(
                _("All decisions"),
                icon=":material/close:",
                type="tertiary",
                key="log-numbers-off",
                on_click=only_numbered,
                args=("",),
            )
        about = _about(bench)
    since, until = _day(day) if isinstance(day, date) else ("", "")
    return LogQuery(
        who=who,
        acts=sorts[sort][1] if sort else (),
        since=since,
        until=until,
        about=about,
        numbers=_numbers(written),
    )


def only_numbered(written: str) -> None:
    """The decisions of these numbers from now on, and nothing else asked of them."""
    for name in ("who", "sort", "day"):
        st.session_state.pop(state.filter_key(PAGE, name), None)
    state.choose(ABOUT, None)
    st.session_state[state.filter_key(PAGE, NUMBERS)] = written
    st.session_state[state.filter_key(PAGE, "page")] = 1


def _numbers(written: str) -> tuple[int, ...] | None:
    if not written.strip():
        return None
    try:
        return numbers_read(written)
    except NoNumbers as error:
        st.warning(state.message(error), icon=":material/pin:")
        return ()


def only_about(kind: str, id: str) -> None:
    """The history of one thing from now on, from its newest act."""
    state.choose(ABOUT, (kind, id))
    st.session_state[state.filter_key(PAGE, "page")] = 1


def _about(bench: Workbench) -> tuple[str, str] | None:
    chosen = state.chosen(ABOUT)
    if not isinstance(chosen, tuple):
        return None
    _ = state.translator()
    kind, id = chosen
    with bench.store.reading() as rows:
        thing = memo_links.thing(rows, kind, id, bench.language, bench.reviewing)
    name = thing.label if thing else _("what is no longer in the study")
    told = _("Only about: {kind} {name}").format(kind=kind_title(kind, _), name=name)
    st.button(
        plain(told),
        icon=":material/close:",
        key="log-about",
        help=_("Show everything again"),
        on_click=state.choose,
        args=(ABOUT, None),
    )
    return kind, id


def _select(
    name: str, options: list[str], label: str, called: Callable[[str | None], str], width: int
) -> str | None:
    key = state.filter_key(PAGE, name)
    if st.session_state.get(key) not in (None, *options):
        del st.session_state[key]
    return st.selectbox(
        label,
        [None, *options],
        format_func=called,
        key=key,
        label_visibility="collapsed",
        width=width,
    )


def _day(day: date) -> tuple[str, str]:
    """The reader's own day, from its midnight to the next, in the log's time."""
    begin = datetime.combine(day, time()).astimezone()
    end = datetime.combine(day + timedelta(days=1), time()).astimezone()
    return begin.astimezone(UTC).isoformat(), end.astimezone(UTC).isoformat()
