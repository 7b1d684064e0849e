"""Cross-tables: categories by background, codes or themes, and codes by codes."""

from __future__ import annotations

import streamlit as st

from qualcode.domain.documents import Respondent
from qualcode.domain.second_marks import HeadingStance, Stance
from qualcode.store.cross_query import Near
from qualcode.ui import state, undo_line
from qualcode.ui.pages import tables_shown
from qualcode.ui.pages.tables_themes import sources, themes_from
from qualcode.ui.pages.tables_tree_part import no_categories
from qualcode.workbench import meeting_tables, stance_tables, stances, table_choices
from qualcode.workbench.bench import Workbench
from qualcode.workbench.cross_tables import Made
from qualcode.workbench.report_parts.crossed import variables
from qualcode.workbench.table_words import FROM_QUESTIONS, TableWords

BACKGROUND, CODES, THEMES, MEET = "background", "codes", "themes", "meet"
STANCES, WHOM, ORIGIN = "stances", "whom", "origin"
PLACE = "tables"
MOST_CODES = 30
"""Columns of codes at once; more do not fit on a page."""


def show(bench: Workbench, words: TableWords) -> None:
    _ = state.translator()
    names = {
        BACKGROUND: _("Categories by background"),
        THEMES: _("Categories by theme"),
        CODES: _("Categories by codes"),
        MEET: _("Codes that meet"),
        ORIGIN: _("Categories by origin"),
        STANCES: _("Categories by stance"),
        WHOM: _("Who speaks of whom"),
    }
    with st.container(horizontal=True, vertical_alignment="bottom", key="tables-tools"):
        kind = st.selectbox(
            _("Table"),
            list(names),
            format_func=names.__getitem__,
            key=state.filter_key("tables", "kind"),
            width=240,
        )
        if kind not in (MEET, WHOM) and not words.tree.categories:
            no_categories()
            return
        shares_place = st.container(width="content")
        choices = st.container(horizontal=True, vertical_alignment="bottom", width="content")
        st.space("stretch")
        files = st.container(horizontal=True, width="content")
    with shares_place:
        shares = kind != WHOM and st.toggle(
            _("Shares beside the counts"), key=state.filter_key("tables", "shares")
        )
    with choices:
        made = _made(bench, words, str(kind), shares)
    if made is not None:
        with files:
            tables_shown.downloads(bench, [made.table], names[str(kind)])
        tables_shown.one(bench, made)


def _made(bench: Workbench, words: TableWords, kind: str, shares: bool) -> Made | None:
    if kind == BACKGROUND:
        return _by_background(bench, words, shares)
    if kind == THEMES:
        return meeting_tables.by_themes(bench, state.language(), themes_from(bench, words), shares)
    if kind == ORIGIN:
        return _by_origin(bench, shares)
    if kind == STANCES:
        if not bench.reviewing:
            _headings(bench, words)
        return stance_tables.by_stance(bench, state.language(), shares)
    if kind == WHOM:
        return _who_of_whom(bench)
    named = _codes(bench, words)
    if not named:
        return None
    near = _near()
    if kind == CODES:
        return meeting_tables.by_codes(bench, state.language(), named, near, shares)
    return meeting_tables.codes_by_codes(bench, state.language(), named, named, near, shares)


def _by_background(bench: Workbench, words: TableWords, shares: bool) -> Made | None:
    _ = state.translator()
    with bench.store.reading() as rows:
        named = variables(rows.find(Respondent))
    if not named:
        st.info(
            _("The respondents have no background variables. They come in with a survey."),
            icon=":material/info:",
        )
        return None
    name = st.selectbox(
        _("Background variable"),
        list(named),
        key=state.filter_key("tables", f"variable-{hash(tuple(named))}"),
        width=220,
    )
    groups = words.groups(named[str(name)])
    group = st.selectbox(
        _("Actor group"),
        groups,
        format_func=lambda one: one or _("no actor group"),
        help=_("One group at a time: two tables beside each other could tell who somebody is."),
        key=state.filter_key("tables", f"group-{name}-{hash(tuple(groups))}"),
        width=200,
    )
    made = meeting_tables.by_background(bench, state.language(), str(name), str(group), shares)
    if made is None:
        st.info(
            _(
                "Nothing of “{name}” can be shown of this group: fewer than {least} people have "
                "other values than the commonest one, so the numbers would tell who they are. The "
                "limit is set in “How tables are made”."
            ).format(name=name, least=table_choices.least(words.study)),
            icon=":material/shield_person:",
        )
    return made


def _by_origin(bench: Workbench, shares: bool) -> Made | None:
    _ = state.translator()
    made = meeting_tables.by_origin(bench, state.language(), shares)
    if made is None:
        st.info(
            _(
                "Everything placed in categories comes from one origin. Bring in a workshop's "
                "notes or interviews beside the survey, and they stand here side by side."
            ),
            icon=":material/info:",
        )
    return made


def _who_of_whom(bench: Workbench) -> Made | None:
    _ = state.translator()
    made = stance_tables.who_of_whom(bench, state.language())
    if made is None:
        st.info(
            _("No expression has been said to speak of anybody. In the reading view O says it."),
            icon=":material/info:",
        )
    return made


def _headings(bench: Workbench, words: TableWords) -> None:
    """What each heading tells of, so that a quote against its heading is seen."""
    _ = state.translator()
    with bench.store.reading() as rows:
        given = {row.id: row.stance for row in rows.find(HeadingStance)}
    order = {c.id: (depth, c.name) for depth, c in words.tree.walk()}
    with st.popover(_("What headings tell of"), icon=":material/title:"):
        st.caption(
            _(
                "Say what a heading tells of, and the table counts the expressions that stand "
                "against it. The categories below take it over."
            )
        )
        category = st.selectbox(
            _("Category"),
            list(order),
            format_func=lambda id: "\u2003" * order[id][0] + order[id][1],
            key=state.filter_key("tables", f"heading-{hash(tuple(order))}"),
        )
        now = given.get(str(category))
        key = f"tables-heading-{category}-{now}"

        def changed() -> None:
            chosen = st.session_state[key]
            undo_line.attempt(
                PLACE,
                lambda: stances.set_heading(state.bench(), str(category), chosen),
                _("What the heading tells of was changed."),
            )

        st.selectbox(
            _("Tells of"),
            [None, *Stance],
            index=0 if now is None else list(Stance).index(now) + 1,
            format_func=lambda one: _(stance_tables.NAMES[one]) if one else _("nothing of its own"),
            key=key,
            on_change=changed,
        )


def _codes(bench: Workbench, words: TableWords) -> list[str]:
    """The codes of one codebook, or some of them, in the codebook's order."""
    _ = state.translator()
    books = {id: name for id, name in sources(bench, words).items() if id != FROM_QUESTIONS}
    if not books:
        st.info(_("There are no codes in use yet."), icon=":material/info:")
        return []
    book = st.selectbox(
        _("Codebook"),
        list(books),
        format_func=books.__getitem__,
        key=state.filter_key("tables", f"book-{hash(tuple(books))}"),
        width=240,
    )
    every = words.codes_of(str(book))
    if len(every) <= MOST_CODES:
        return every
    chosen = st.multiselect(
        _("Codes"),
        every,
        default=every[:12],
        format_func=words.code,
        max_selections=MOST_CODES,
        placeholder=_("Choose codes"),
        key=state.filter_key("tables", f"codes-{book}"),
    )
    return [code for code in every if code in chosen]


def _near() -> Near:
    _ = state.translator()
    names = {Near.WORDS: _("on the same words"), Near.ANSWER: _("in the same answer")}
    chosen = st.selectbox(
        _("They meet"),
        list(names),
        format_func=names.__getitem__,
        key=state.filter_key("tables", "near"),
        width=190,
    )
    return Near(chosen)
