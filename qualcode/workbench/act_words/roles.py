"""Role maps, drawn and in use.

Lines of the log are read by the whole group and outlive what they tell of, so those of discussions
name neither the person nor what was said: only the map and the role.
"""

from __future__ import annotations

from qualcode.domain.decisions import Act
from qualcode.texts import N_

KINDS = {
    "role_map": N_("role map"),
    "role": N_("role"),
    "role_placement": N_("link to a role"),
    "role_pair": N_("role pair"),
    "role_trait": N_("kind or state of a role"),
    "role_comment": N_("comment on a role map"),
    "map_version": N_("version of a role map"),
    "kept_role": N_("role of a version"),
    "discussion": N_("self-assessment discussion"),
    "role_talk": N_("role of a discussion"),
}

TITLES: dict[Act, str] = {
    Act.START_ROLE_MAP: N_("started a role map"),
    Act.EDIT_ROLE_MAP: N_("changed a role map"),
    Act.REMOVE_ROLE_MAP: N_("removed a role map"),
    Act.ADD_ROLE: N_("added a role"),
    Act.EDIT_ROLE: N_("changed a role"),
    Act.REMOVE_ROLE: N_("removed a role"),
    Act.LINK_ROLE: N_("linked evidence to a role"),
    Act.UNLINK_ROLE: N_("took evidence off a role"),
    Act.PAIR_ROLES: N_("made a role pair"),
    Act.UNPAIR_ROLES: N_("took a role pair apart"),
    Act.SET_ROLE_TRAITS: N_("said what kind of role it is"),
    Act.COMMENT_ROLE: N_("entered a comment on a role map"),
    Act.CHANGE_ROLE_COMMENT: N_("changed a comment on a role map"),
    Act.REMOVE_ROLE_COMMENT: N_("removed a comment on a role map"),
    Act.KEEP_MAP_VERSION: N_("kept a version of a role map"),
    Act.REMOVE_MAP_VERSION: N_("removed a version of a role map"),
    Act.RESTORE_MAP_VERSION: N_("went back to a version of a role map"),
    Act.START_DISCUSSION: N_("started a self-assessment discussion"),
    Act.EDIT_DISCUSSION: N_("changed what was agreed in a discussion"),
    Act.CHOOSE_DISCUSSED: N_("chose the roles of a discussion"),
    Act.MARK_STEP: N_("marked a role on the scale"),
    Act.WRITE_OF_ROLE: N_("wrote of a role in a discussion"),
    Act.REMOVE_DISCUSSION: N_("removed a discussion"),
    Act.ERASE_PERSON: N_("erased a person's discussions for good"),
    Act.WRITE_FILE_ANEW: N_("wrote the study's file anew without what was erased"),
}

SENTENCES: dict[Act, tuple[str, ...]] = {
    Act.START_ROLE_MAP: (N_("started the role map “{role_map}”"),),
    Act.EDIT_ROLE_MAP: (N_("changed the role map “{role_map}”"),),
    Act.REMOVE_ROLE_MAP: (N_("removed the role map “{role_map}”"),),
    Act.ADD_ROLE: (N_("added the role “{role}”"),),
    Act.EDIT_ROLE: (N_("changed the role “{role}”"),),
    Act.REMOVE_ROLE: (N_("removed the role “{role}”"),),
    Act.LINK_ROLE: (N_("linked “{evidence}” to the role “{role}”"),),
    Act.UNLINK_ROLE: (N_("took evidence off the role “{role}”"),),
    Act.PAIR_ROLES: (N_("made the roles “{role}” and “{counter}” a pair"),),
    Act.UNPAIR_ROLES: (N_("took the pair “{role}” and “{counter}” apart"),),
    Act.SET_ROLE_TRAITS: (N_("said of what kind the role “{role}” is"),),
    Act.COMMENT_ROLE: (N_("entered a comment on “{about}”"),),
    Act.CHANGE_ROLE_COMMENT: (N_("changed a comment on “{about}”"),),
    Act.REMOVE_ROLE_COMMENT: (N_("removed a comment on “{about}”"),),
    Act.KEEP_MAP_VERSION: (N_("kept “{role_map}” as the version “{version}”"),),
    Act.REMOVE_MAP_VERSION: (N_("removed the version “{version}” of “{role_map}”"),),
    Act.RESTORE_MAP_VERSION: (N_("took “{role_map}” back to the version “{version}”"),),
    Act.START_DISCUSSION: (N_("started a self-assessment discussion on “{role_map}”"),),
    Act.EDIT_DISCUSSION: (N_("changed what was agreed in a discussion on “{role_map}”"),),
    Act.CHOOSE_DISCUSSED: (N_("chose the roles of a discussion on “{role_map}”"),),
    Act.MARK_STEP: (N_("marked the role “{role}” on the scale"),),
    Act.WRITE_OF_ROLE: (N_("wrote of the role “{role}” in a discussion"),),
    Act.REMOVE_DISCUSSION: (N_("removed a discussion on “{role_map}”"),),
    Act.ERASE_PERSON: (N_("erased {count} discussions of one person for good"),),
}
