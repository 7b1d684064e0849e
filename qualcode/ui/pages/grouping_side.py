"""Beside the board: what stands behind the chosen card or category, and what theory lacks.

Everything the board does by dragging can be done here with lists, too.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import streamlit as st

from qualcode.analysis.frequencies import actor_groups, by_category
from qualcode.domain.categories import Category, CategoryTree, Level, level_name
from qualcode.domain.codes import Code, Codebook
from qualcode.domain.coding import ReducedExpression
from qualcode.store.views import ExpressionQuery
from qualcode.ui import memo_button, originals, state, undo_line
from qualcode.ui.labels import origin_label
from qualcode.ui.pages import grouping_compared, grouping_doubts, grouping_places
from qualcode.ui.words import plain
from qualcode.workbench import categorising, codebooks
from qualcode.workbench.bench import Workbench

PLACE = "grouping"
"""Where the line of what was done is kept."""


def show(fragments: Sequence[str]) -> None:
    """The panel as a fragment of its own; ``fragments`` are drawn again after its acts."""
    state.choose("grouping:fragments", tuple(fragments))
    _side()


@st.fragment(key="side")
def _side() -> None:
    _ = state.translator()
    bench = state.bench()
    undo_line.show(bench, PLACE, state.chosen("grouping:fragments"))
    grouping_compared.tell(bench, (state.chosen("grouping:opened") or ("", ""))[1])
    chosen, theory = st.tabs([_("Chosen"), _("Theory")])
    with chosen:
        _chosen(bench)
    with theory:
        _theory(bench)


def _do(act: Callable[[Workbench], object], said: str = "", placed: Sequence[str] = ()) -> None:
    """An act of this panel, from a callback; ``placed``: the reductions that it places."""
    bench = state.bench()
    grouping_compared.just_placed(placed)
    undo_line.attempt(PLACE, lambda: act(bench), said)
    st.rerun([*state.chosen("grouping:fragments")])


def _open(kind: str, id: str) -> None:
    """What a reason names takes the panel."""
    state.choose("grouping:opened", (kind, id))
    st.rerun(["side"])


# --- the chosen one -------------------------------------------------------------------------


def _chosen(bench: Workbench) -> None:
    _ = state.translator()
    kind, id = state.chosen("grouping:opened") or ("", "")
    tree = categorising.tree(bench)
    if kind == "category" and id in tree.categories:
        _category(bench, tree, tree[id])
        return
    with bench.store.reading() as rows:
        reduction = rows.get(ReducedExpression, id) if kind == "reduction" else None
    if reduction is not None:
        _reduction(bench, tree, reduction)
        return
    st.caption(_("Choose a card or a category on the board to see the words behind it."))


def _category(bench: Workbench, tree: CategoryTree, category: Category) -> None:
    _ = state.translator()
    st.subheader(plain(category.name), anchor=False)
    above = " › ".join(c.name for c in tree.path(category.id)[:-1])
    facts = [_level(bench, category.level), origin_label(category.origin, _)]
    st.caption(" · ".join([*facts, *([plain(above)] if above else [])]))
    memo_button.show(bench, "category", category.id, state.chosen("grouping:fragments"))
    if bench.reviewing:
        st.markdown(plain(category.definition) or "*" + _("No definition has been written.") + "*")
    else:
        _definition(category)
    inside = tuple(r for branch in tree.branch(category.id) for r in tree.reductions_in(branch))
    _counts(bench, tree, category)
    if category.level is Level.SUBCATEGORY and not bench.reviewing:
        grouping_doubts.show(bench, category, _do, _open)
    if not bench.reviewing:
        _acts(bench, tree, category)
    _heading(_("Original expressions"))
    originals.show(bench, ExpressionQuery(reduction_ids=inside), f"category-{category.id}")


def _acts(bench: Workbench, tree: CategoryTree, category: Category) -> None:
    _ = state.translator()
    with st.expander(_("Move, merge, split"), key=f"acts-{category.id}"):
        _move(bench, tree, category)
        _merge(tree, category)
        _split(bench, tree, category)
        st.button(
            _("Remove the category"),
            key=f"remove-{category.id}",
            help=_("Its reductions stay and have no place then."),
            on_click=_do,
            args=(
                lambda b: categorising.remove(b, [category.id]),
                _("Removed “{name}”.").format(name=category.name),
            ),
        )


def _definition(category: Category) -> None:
    _ = state.translator()
    key = f"definition-{category.id}-{hash(category.definition)}"

    def save() -> None:
        changed = replace(category, definition=str(st.session_state[key]).strip())
        _do(lambda b: categorising.edit(b, changed), _("Definition saved."))

    st.text_area(
        _("Definition"),
        value=category.definition,
        key=key,
        height=80,
        placeholder=_("What belongs here, and what does not?"),
        on_change=save,
    )


def _counts(bench: Workbench, tree: CategoryTree, category: Category) -> None:
    """Respondents and mentions of the whole branch, per actor group and together."""
    _ = state.translator()
    with bench.store.reading() as rows:
        evidence = rows.evidence()
    parents = {c.id: c.parent_id for c in tree.categories.values()}
    tallies = by_category(evidence, parents)[category.id]
    if not tallies.total.mentions:
        st.caption(_("Nothing in the data has been placed here"))
        return
    rows_shown = [(group, tallies[group]) for group in actor_groups(evidence)]
    st.dataframe(
        {
            _("Actor group"): [*(group for group, _t in rows_shown), _("Together")],
            _("Respondents"): [
                *(t.respondents for _g, t in rows_shown),
                tallies.total.respondents,
            ],
            _("Mentions"): [*(t.mentions for _g, t in rows_shown), tallies.total.mentions],
        },
        hide_index=True,
        height="content",
        key=f"counts-{category.id}",
    )


def _move(bench: Workbench, tree: CategoryTree, category: Category) -> None:
    _ = state.translator()
    mine = set(tree.branch(category.id))
    homes = [None, *(c.id for _d, c in tree.walk() if c.level > category.level)]
    homes = [home for home in homes if home not in mine]
    key = f"move-{category.id}-{category.parent_id}"

    def moved() -> None:
        under = st.session_state[key]
        where = tree[under].name if under else _("the top level")
        _do(
            lambda b: categorising.move(b, [category.id], under),
            _("Moved “{name}” to: {where}").format(name=category.name, where=where),
        )

    st.selectbox(
        _("Lies under"),
        homes,
        index=homes.index(category.parent_id) if category.parent_id in homes else 0,
        format_func=lambda id: _indented(bench, tree, id) if id else _("the top level"),
        key=key,
        on_change=moved,
    )


def _merge(tree: CategoryTree, category: Category) -> None:
    _ = state.translator()
    ngettext = state.plural()
    others = [c.id for _d, c in tree.walk() if c.level == category.level and c.id != category.id]
    if not others:
        return
    key = f"merge-{category.id}"
    picked = st.multiselect(
        _("Merge into this"),
        others,
        format_func=lambda id: tree[id].name,
        key=key,
        placeholder=_("Categories of the same level"),
    )
    if picked:
        st.button(
            _("Merge"),
            key=f"{key}-go",
            on_click=_do,
            args=(
                lambda b: categorising.merge(b, category.id, picked),
                ngettext(
                    "Merged {n} category: {name}", "Merged {n} categories: {name}", len(picked) + 1
                ).format(n=len(picked) + 1, name=category.name),
            ),
        )


def _split(bench: Workbench, tree: CategoryTree, category: Category) -> None:
    _ = state.translator()
    ids = tree.reductions_in(category.id)
    with bench.store.reading() as rows:
        found = rows.find(ReducedExpression, id=tuple(ids)) if ids else []
    names = {r.id: r.wording for r in found}
    names |= {c.id: c.name for c in tree.children(category.id)}
    if len(names) < 2:
        return
    key = f"split-{category.id}"
    members = st.multiselect(
        _("Split off into a new category"),
        list(names),
        format_func=lambda id: names.get(id, id),
        key=key,
        placeholder=_("Members of the new category"),
    )
    if not members:
        return
    name = st.text_input(_("Name of the new category"), key=f"{key}-name")
    st.button(
        _("Split"),
        key=f"{key}-go",
        disabled=not name.strip(),
        on_click=_do,
        args=(
            lambda b: categorising.split(b, category.id, name, members),
            _("Split off: {name}").format(name=name.strip()),
        ),
    )


def _reduction(bench: Workbench, tree: CategoryTree, reduction: ReducedExpression) -> None:
    _ = state.translator()
    st.subheader(plain(reduction.wording), anchor=False)
    memo_button.show(bench, "reduction", reduction.id, state.chosen("grouping:fragments"))
    if bench.reviewing:
        _place_told(tree, reduction)
    else:
        _place(bench, tree, reduction)
    _heading(_("Original expressions"))
    query = ExpressionQuery(reduction_ids=(reduction.id,))
    originals.show(bench, query, f"reduction-{reduction.id}")


def _place_told(tree: CategoryTree, reduction: ReducedExpression) -> None:
    _ = state.translator()
    placement = tree.placements.get(reduction.id)
    place = _with_path(tree, placement.category_id) if placement else _("No place yet")
    st.caption(f"{_('Place')}: {plain(place)}")


def _place(bench: Workbench, tree: CategoryTree, reduction: ReducedExpression) -> None:
    _ = state.translator()
    placement = tree.placements.get(reduction.id)
    at = placement.category_id if placement else None
    homes = [None, *(c.id for _d, c in tree.walk() if c.level is Level.SUBCATEGORY)]
    key = f"place-{reduction.id}-{at}"

    def placed() -> None:
        home = st.session_state[key]
        where = tree[home].name if home else _("No place yet")
        _do(
            lambda b: categorising.place(b, [reduction.id], home),
            _("Moved “{name}” to: {where}").format(name=reduction.wording, where=where),
            placed=[reduction.id] if home else (),
        )

    st.selectbox(
        _("Place"),
        homes,
        index=homes.index(at),
        format_func=lambda id: _with_path(tree, id) if id else _("No place yet"),
        key=key,
        on_change=placed,
    )
    if at is None:
        grouping_places.show(bench, tree, reduction, _do, _open)
    else:
        grouping_compared.show(bench, reduction.id, _open)


def _heading(text: str, after: str = "") -> None:
    st.markdown(f"**{text}**{after}")


def _level(bench: Workbench, level: Level) -> str:
    return level_name(level, bench.study().level_names, bench.language)


def _with_path(tree: CategoryTree, id: str) -> str:
    """The category's own name first: a narrow list cuts the end off."""
    *above, own = (category.name for category in tree.path(id))
    return f"{own} · {' › '.join(above)}" if above else own


def _indented(bench: Workbench, tree: CategoryTree, id: str) -> str:
    category = tree[id]
    depth = len(tree.path(id)) - 1
    return f"{'  ' * depth}{category.name} ({_level(bench, category.level)})"


# --- theory ---------------------------------------------------------------------------------


def _theory(bench: Workbench) -> None:
    """Codes of theory that nothing in the data speaks of, and theory's codes as categories."""
    _ = state.translator()
    with bench.store.reading() as rows:
        books = sorted(rows.find(Codebook, in_use=True), key=lambda b: (b.position, b.key))
        codes = rows.find(Code)
    if not books:
        st.caption(_("No codebook is in use."))
        state.page_link("koodikirjat", _("Codebooks"), icon=":material/menu_book:")
        return
    if not bench.reviewing:
        _take_codes(bench, books, codes)
    missing = codebooks.theory_without_data(bench)
    _heading(_("Theory without data"), f" · {len(missing)}")
    if not missing:
        st.caption(_("Every code of the codebooks in use has been used or has a category."))
        return
    st.caption(_("Codes of the codebooks in use that no coding and no category covers."))
    for book in books:
        mine = [code for code in missing if code.codebook_id == book.id]
        if mine:
            with st.expander(f"{plain(book.name(bench.language))} · {len(mine)}"):
                st.markdown("\n".join(f"- {plain(code.label(bench.language))}" for code in mine))


def _take_codes(bench: Workbench, books: Sequence[Codebook], codes: Sequence[Code]) -> None:
    """The deductive frame: a codebook's codes become categories, to be filled from the data."""
    _ = state.translator()
    names = {book.id: book.name(bench.language) for book in books}
    with st.expander(_("Take the codes of a codebook as categories"), key="take-codes"):
        book = st.selectbox(
            _("Codebook"), list(names), format_func=lambda id: names[id], key="take-codes-book"
        )
        levels = {level.name: level for level in Level}
        picked = st.selectbox(
            _("Level"),
            list(levels),
            format_func=lambda name: _level(bench, levels[name]),
            key="take-codes-level",
        )
        mine = sorted((c for c in codes if c.codebook_id == book), key=lambda c: (c.position, c.id))
        taken = {c.code_id for c in categorising.tree(bench).categories.values()}
        new = [code.id for code in mine if code.id not in taken]
        st.button(
            _("Take {n} codes").format(n=len(new)),
            key="take-codes-go",
            disabled=not new,
            on_click=_do,
            args=(
                lambda b: categorising.take_codes(b, new, levels[picked]),
                _("Took {n} codes as categories.").format(n=len(new)),
            ),
        )
