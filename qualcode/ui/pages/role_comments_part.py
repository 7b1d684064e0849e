"""Comments on a role map: what a learning network or another reader said, of which role, when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from qualcode.domain.role_comments import RoleComment
from qualcode.domain.role_maps import Role, RoleMap
from qualcode.readers.role_map_yaml import shipped_role_map_frames
from qualcode.ui import state
from qualcode.ui.pages.role_map_shared import do
from qualcode.ui.words import plain
from qualcode.workbench import role_commenting
from qualcode.workbench.bench import Workbench


def show(bench: Workbench, role_map: RoleMap, roles: Sequence[Role]) -> None:
    _ = state.translator()
    comments = role_commenting.comments_on(bench, role_map.id)
    left, right = st.columns([3, 2], gap="large")
    with left:
        if not comments:
            st.info(
                _("Nobody has commented on the map yet.")
                if bench.reviewing
                else _(
                    "Nobody has commented on the map yet. Enter here what a learning network, a "
                    "supervisor or a seminar said of it."
                ),
                icon=":material/forum:",
            )
        for comment in comments:
            _card(bench, comment, role_map, roles)
        if not bench.reviewing:
            _remarks(bench, role_map, {comment.text for comment in comments})
    with right:
        if bench.reviewing:
            st.caption(
                _("Your own comments on a role are written on the page Review, in Discussions.")
            )
            state.page_link("tarkastelu", _("Review"), ":material/rate_review:")
            return
        st.subheader(_("New comment"))
        with st.form("new-role-comment", clear_on_submit=True):
            role, text, author, when, source = _fields(roles, None)
            if st.form_submit_button(_("Enter the comment"), type="primary"):
                do(
                    lambda: role_commenting.comment(
                        bench, role_map.id, role, text, author, when, source
                    ),
                    _("Comment entered."),
                )


def of_role(bench: Workbench, role: Role) -> None:
    """The role's own comments beside its description; nothing when there are none."""
    _ = state.translator()
    mine = [
        one for one in role_commenting.comments_on(bench, role.map_id) if one.role_id == role.id
    ]
    if mine:
        with st.expander(_("Comments ({count})").format(count=len(mine))):
            for comment in mine:
                st.markdown(plain(comment.text))
                st.caption(plain(_told_by(comment)))


def _card(bench: Workbench, comment: RoleComment, role_map: RoleMap, roles: Sequence[Role]) -> None:
    _ = state.translator()
    with st.container(border=True, gap="xsmall", key=f"comment-{comment.id}"):
        st.markdown(f"**{plain(_of_what(comment, role_map, roles))}**")
        st.markdown(plain(comment.text))
        with st.container(horizontal=True, vertical_alignment="center"):
            st.caption(plain(_told_by(comment)), width="stretch")
            if bench.reviewing:
                return
            with (
                st.popover(_("Change"), key=f"comment-edit-{comment.id}", type="tertiary"),
                st.form(f"comment-{comment.id}-{hash(comment)}", border=False),
            ):
                role, text, author, when, source = _fields(roles, comment)
                changed = replace(
                    comment, role_id=role, text=text, author=author, when=when, source=source
                )
                if st.form_submit_button(_("Save")):
                    do(lambda: role_commenting.change(bench, changed), _("Comment saved."))
            if st.button(_("Remove"), key=f"comment-remove-{comment.id}", type="tertiary"):
                do(lambda: role_commenting.remove(bench, comment.id), _("Comment removed."))


def _fields(
    roles: Sequence[Role], comment: RoleComment | None
) -> tuple[str | None, str, str, str, str]:
    _ = state.translator()
    names = {role.id: role.name for role in roles}
    known = comment.role_id if comment else None
    options = [None, *names]
    role = st.selectbox(
        _("Of which role"),
        options,
        index=options.index(known) if known in options else 0,
        format_func=lambda id: names[id] if id else _("the whole map"),
    )
    text = st.text_area(_("What was said"), value=comment.text if comment else "", height=110)
    author = st.text_input(
        _("Who said it"),
        value=comment.author if comment else "",
        placeholder=_("for example a learning network"),
    )
    with st.container(horizontal=True):
        when = st.text_input(_("When"), value=comment.when if comment else "")
        source = st.text_input(_("Where it stands"), value=comment.source if comment else "")
    return role, text, author, when, source


def _of_what(comment: RoleComment, role_map: RoleMap, roles: Sequence[Role]) -> str:
    _ = state.translator()
    if comment.role_id is None:
        known = {"", role_map.title, *(role.name for role in roles)}
        gone = comment.about not in known
        return comment.about if gone else _("The whole map")
    return next((role.name for role in roles if role.id == comment.role_id), comment.about)


def _told_by(comment: RoleComment) -> str:
    parts = [part for part in (comment.author, comment.when, comment.source) if part]
    return " · ".join(parts) or comment.created_by


def _remarks(bench: Workbench, role_map: RoleMap, taken: set[str]) -> None:
    """What was said of the shipped frame the map began from: entered here by a press."""
    _ = state.translator()
    frame = next((f for f in shipped_role_map_frames() if f.key == role_map.frame), None)
    if frame is None:
        return
    texts = [
        (one.en if bench.language == "en" else one.fi) or one.fi or one.en for one in frame.remarks
    ]
    left = [text for text in texts if text not in taken]
    if not left:
        return
    with st.expander(_("Said of the shipped frame ({count})").format(count=len(left))):
        for number, text in enumerate(left):
            with st.container(horizontal=True, vertical_alignment="center"):
                st.markdown(plain(text), width="stretch")
                if st.button(_("Take as a comment"), key=f"remark-{number}", type="tertiary"):
                    do(
                        lambda text=text: role_commenting.comment(  # type: ignore[misc]
                            bench, role_map.id, None, text, source=frame.title(bench.language)
                        ),
                        _("Comment entered."),
                    )
