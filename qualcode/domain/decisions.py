"""One row of the decision log: the audit trail, and the source of undo and redo."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Act(StrEnum):
    """What a person did. The names are those of the method's steps."""

    CREATE_STUDY = "create_study"
    EDIT_STUDY = "edit_study"
    CHOOSE_ENGINE = "choose_engine"
    IMPORT = "import"
    REMOVE_SOURCE = "remove_source"
    SET_ASIDE = "set_aside"
    BRING_BACK = "bring_back"
    EDIT_RESPONDENT = "edit_respondent"
    TAKE_CODEBOOK = "take_codebook"
    DROP_CODEBOOK = "drop_codebook"
    ADD_CODE = "add_code"
    EDIT_CODE = "edit_code"
    REMOVE_CODE = "remove_code"
    MERGE_CODES = "merge_codes"
    EDIT_CODEBOOK = "edit_codebook"
    CODE = "code"
    UNCODE = "uncode"
    STRETCH = "stretch"
    SPLIT_CODING = "split_coding"
    MERGE_CODINGS = "merge_codings"
    RECODE = "recode"
    REDUCE = "reduce"
    LINK_REDUCTION = "link_reduction"
    UNLINK_REDUCTION = "unlink_reduction"
    REWORD = "reword"
    MERGE_REDUCTIONS = "merge_reductions"
    SPLIT_REDUCTION = "split_reduction"
    REMOVE_REDUCTION = "remove_reduction"
    ADD_CATEGORY = "add_category"
    RENAME_CATEGORY = "rename_category"
    EDIT_CATEGORY = "edit_category"
    MOVE_CATEGORY = "move_category"
    MERGE_CATEGORIES = "merge_categories"
    SPLIT_CATEGORY = "split_category"
    REMOVE_CATEGORY = "remove_category"
    PLACE = "place"
    PIN = "pin"
    UNPIN = "unpin"
    ACCEPT_SUGGESTION = "accept_suggestion"
    DISMISS_SUGGESTION = "dismiss_suggestion"
    SET_SUGGESTIONS = "set_suggestions"
    WEIGH_CODES = "weigh_codes"
    START_ROLE_MAP = "start_role_map"
    EDIT_ROLE_MAP = "edit_role_map"
    REMOVE_ROLE_MAP = "remove_role_map"
    ADD_ROLE = "add_role"
    EDIT_ROLE = "edit_role"
    REMOVE_ROLE = "remove_role"
    LINK_ROLE = "link_role"
    UNLINK_ROLE = "unlink_role"
    PAIR_ROLES = "pair_roles"
    UNPAIR_ROLES = "unpair_roles"
    SET_ROLE_TRAITS = "set_role_traits"
    COMMENT_ROLE = "comment_role"
    CHANGE_ROLE_COMMENT = "change_role_comment"
    REMOVE_ROLE_COMMENT = "remove_role_comment"
    KEEP_MAP_VERSION = "keep_map_version"
    REMOVE_MAP_VERSION = "remove_map_version"
    RESTORE_MAP_VERSION = "restore_map_version"
    START_DISCUSSION = "start_discussion"
    EDIT_DISCUSSION = "edit_discussion"
    CHOOSE_DISCUSSED = "choose_discussed"
    MARK_STEP = "mark_step"
    WRITE_OF_ROLE = "write_of_role"
    REMOVE_DISCUSSION = "remove_discussion"
    ERASE_PERSON = "erase_person"
    WRITE_FILE_ANEW = "write_file_anew"
    WRITE_MEMO = "write_memo"
    CHANGE_MEMO = "change_memo"
    REMOVE_MEMO = "remove_memo"
    SET_SPEAKER = "set_speaker"
    ADD_BOOKMARK = "add_bookmark"
    REMOVE_BOOKMARK = "remove_bookmark"
    SAVE_VIEW = "save_view"
    RENAME_VIEW = "rename_view"
    CHANGE_VIEW = "change_view"
    REMOVE_VIEW = "remove_view"
    ORDER_VIEWS = "order_views"
    DEFINE_FORM = "define_form"
    EDIT_FORM = "edit_form"
    REMOVE_FORM = "remove_form"
    VERSION_FORM = "version_form"
    ADD_FORM_ITEM = "add_form_item"
    EDIT_FORM_ITEM = "edit_form_item"
    MOVE_FORM_ITEM = "move_form_item"
    REMOVE_FORM_ITEM = "remove_form_item"
    LINK_ITEMS = "link_items"
    UNLINK_ITEMS = "unlink_items"
    EDIT_ROUNDS = "edit_rounds"
    SET_ROUND = "set_round"
    COUNT_FORMS = "count_forms"
    INTERPRET = "interpret"
    TAKE_AS_TEXT = "take_as_text"
    CHOOSE_QUOTE = "choose_quote"
    LEAVE_QUOTE = "leave_quote"
    ORDER_QUOTES = "order_quotes"
    EDIT_QUOTE = "edit_quote"
    CHECK_QUOTE = "check_quote"
    SET_QUOTE_RULES = "set_quote_rules"
    SET_SATURATION = "set_saturation"
    REMARK = "remark"
    CHANGE_REMARK = "change_remark"
    REMOVE_REMARK = "remove_remark"
    RESOLVE_REMARK = "resolve_remark"
    REOPEN_REMARK = "reopen_remark"
    READ_REMARKS = "read_remarks"
    SET_REVIEW_STATE = "set_review_state"
    LOOK = "look"
    PROPOSE = "propose"
    WITHDRAW_PROPOSAL = "withdraw_proposal"
    ACCEPT_PROPOSAL = "accept_proposal"
    DECLINE_PROPOSAL = "decline_proposal"
    FREEZE_TREE = "freeze_tree"
    REMOVE_VERSION = "remove_version"
    HOLD_TO_CODING = "hold_to_coding"
    ADD_WORKSHOP = "add_workshop"
    EDIT_WORKSHOP = "edit_workshop"
    REMOVE_WORKSHOP = "remove_workshop"
    SET_WORKSHOP = "set_workshop"
    EDIT_SCRIPT = "edit_script"
    MOVE_NOTES = "move_notes"
    GROUP_NOTES = "group_notes"
    RENAME_NOTES = "rename_notes"
    UNGROUP_NOTES = "ungroup_notes"
    ADD_NOTE = "add_note"
    REDUCE_WALL = "reduce_wall"
    MERGE_THEMES = "merge_themes"
    PART_THEMES = "part_themes"
    SET_GUARD = "set_guard"
    SET_STANCE = "set_stance"
    SET_HEADING_STANCE = "set_heading_stance"
    LIKEN = "liken"
    UNLIKEN = "unliken"
    UNDO = "undo"
    REDO = "redo"


NOT_UNDOABLE = (
    Act.UNDO,
    Act.REDO,
    Act.CREATE_STUDY,
    Act.ERASE_PERSON,
    Act.WRITE_FILE_ANEW,
)
"""Acts that undo passes over: its own, the beginning of everything, what was erased for good."""

REVIEWERS_ACTS = (
    Act.REMARK,
    Act.CHANGE_REMARK,
    Act.REMOVE_REMARK,
    Act.RESOLVE_REMARK,
    Act.REOPEN_REMARK,
    Act.READ_REMARKS,
    Act.SET_REVIEW_STATE,
    Act.LOOK,
    Act.PROPOSE,
    Act.WITHDRAW_PROPOSAL,
)
"""What somebody who only reviews may do: nothing of it changes the analysis."""


@dataclass(frozen=True)
class Change:
    """One row before and after. ``before`` is None for a new row, ``after`` for a removed one."""

    kind: str
    id: str
    before: Mapping[str, object] | None
    after: Mapping[str, object] | None

    def reversed(self) -> Change:
        return Change(self.kind, self.id, self.after, self.before)


@dataclass(frozen=True)
class Decision:
    """One act: who, when, what, on what, and every row before and after.

    ``summary`` holds what a reader of the log needs in words (a quote, a code's label, counts) and,
    when a suggestion was on screen, its engine and reasons. ``of`` names the decision that an
    undo or a redo concerns. A bulk act is one decision with many changes.
    """

    id: int
    at: str
    who: str
    act: Act
    summary: Mapping[str, object] = field(default_factory=dict)
    changes: tuple[Change, ...] = ()
    undone: bool = False
    of: int | None = None
