"""Forms and what they asked: questions, rounds, sendings, answers in words."""

from __future__ import annotations

from qualcode.domain.decisions import Act
from qualcode.texts import N_

KINDS = {
    "instrument": N_("form"),
    "form_item": N_("question of a form"),
    "item_link": N_("link to a question of a form"),
    "round": N_("round"),
    "gathering": N_("round of a file"),
    "sending": N_("forms sent"),
}

TITLES: dict[Act, str] = {
    Act.DEFINE_FORM: N_("brought in a form"),
    Act.EDIT_FORM: N_("changed a form"),
    Act.REMOVE_FORM: N_("removed a form"),
    Act.VERSION_FORM: N_("began a new version of a form"),
    Act.ADD_FORM_ITEM: N_("added a question to a form"),
    Act.EDIT_FORM_ITEM: N_("changed a question of a form"),
    Act.MOVE_FORM_ITEM: N_("moved a question of a form"),
    Act.REMOVE_FORM_ITEM: N_("removed a question of a form"),
    Act.LINK_ITEMS: N_("linked the material to a form"),
    Act.UNLINK_ITEMS: N_("took the material off a form"),
    Act.EDIT_ROUNDS: N_("changed the rounds of the study"),
    Act.SET_ROUND: N_("said in which round a file was gathered"),
    Act.COUNT_FORMS: N_("entered how many forms were sent and came back"),
    Act.INTERPRET: N_("interpreted a closed answer"),
    Act.TAKE_AS_TEXT: N_("took verbal answers to closed questions as texts"),
}

SENTENCES: dict[Act, tuple[str, ...]] = {
    Act.DEFINE_FORM: (
        N_("brought in {count} forms: “{form}”"),
        N_("brought in the form “{form}”: {questions} questions"),
        N_("started the form “{form}”"),
    ),
    Act.EDIT_FORM: (N_("changed the form “{form}”"),),
    Act.REMOVE_FORM: (N_("removed the form “{form}”"),),
    Act.VERSION_FORM: (N_("began version {version} of the form “{form}”"),),
    Act.ADD_FORM_ITEM: (N_("added the question “{question}” to the form “{form}”"),),
    Act.EDIT_FORM_ITEM: (N_("changed the question “{question}” of the form “{form}”"),),
    Act.MOVE_FORM_ITEM: (N_("moved the question “{question}” in the form “{form}”"),),
    Act.REMOVE_FORM_ITEM: (N_("removed the question “{question}” from the form “{form}”"),),
    Act.LINK_ITEMS: (N_("linked the questions of {file} to the form “{form}”"),),
    Act.UNLINK_ITEMS: (N_("took the questions of {file} off the form “{form}”"),),
    Act.EDIT_ROUNDS: (
        N_("added the round “{added}”"),
        N_("removed the round “{removed}”"),
        N_("changed the round “{round}”"),
    ),
    Act.SET_ROUND: (
        N_("said that {file} was gathered in the round “{round}”"),
        N_("took {file} out of its round"),
    ),
    Act.COUNT_FORMS: (
        N_("entered for “{group}”: {sent} forms sent, {returned} returned"),
        N_("entered how many forms “{group}” were sent or returned"),
    ),
    Act.INTERPRET: (
        N_("interpreted the answer “{quote}” as “{option}”"),
        N_("left the answer “{quote}” uninterpreted"),
    ),
    Act.TAKE_AS_TEXT: (
        N_("took {count} verbal answers to closed questions as texts: “{quote}”"),
        N_("took the verbal answer “{quote}” as a text"),
    ),
}
