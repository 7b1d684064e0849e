"""Errors and decisions as sentences a person reads, in the language asked for.

Both carry plain names (a kind of row, an act, a level); here each gets its word of the method.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from string import Formatter

from qualcode.domain.decisions import Act, Decision
from qualcode.domain.errors import QualcodeError, Term
from qualcode.nlp.labels import LABELS
from qualcode.texts import N_
from qualcode.workbench import role_sentences, workshop_words
from qualcode.workbench.quoting import words as quoting
from qualcode.workbench.reviewing import words as reviewing

Translate = Callable[[str], str]

KIND_TITLES = {
    "study": N_("study"),
    "source": N_("file"),
    "respondent": N_("respondent"),
    "item": N_("question"),
    "document": N_("text"),
    "closed_answer": N_("closed answer"),
    "segment": N_("expression"),
    "codebook": N_("codebook"),
    "code": N_("code"),
    "coding": N_("coding"),
    "chosen_quote": N_("quote of the report"),
    "reduction": N_("reduction"),
    "reduction_link": N_("link to a reduction"),
    "category": N_("category"),
    "placement": N_("place of a reduction"),
    "role_map": N_("role map"),
    "role": N_("role"),
    "role_placement": N_("link to a role"),
    "dismissal": N_("dismissed suggestion"),
    "pin": N_("pin"),
    "memo": N_("memo"),
    "bookmark": N_("bookmark"),
    "speaker": N_("speaker"),
    "saved_view": N_("saved view"),
    "instrument": N_("form"),
    "form_item": N_("question of a form"),
    "item_link": N_("link to a question of a form"),
    "round": N_("round"),
    "gathering": N_("round of a file"),
    "sending": N_("forms sent"),
    **reviewing.KINDS,
    **workshop_words.KINDS,
    "stance": N_("stance of an expression"),
    "heading_stance": N_("stance of a heading"),
    "likeness": N_("likeness of findings"),
    "row": N_("row"),
    **role_sentences.KINDS,
}

LEVEL_TITLES = {
    "subcategory": N_("subcategory"),
    "generic_category": N_("generic category"),
    "main_category": N_("main category"),
    "unifying_category": N_("unifying category"),
}

STANCE_TITLES = {
    "success": N_("success"),
    "difficulty": N_("difficulty"),
    "wish": N_("wish"),
    "doubt": N_("doubt"),
}

ALIKE_TITLES = {
    "same": N_("the same finding"),
    "differs": N_("differ"),
    "contradicts": N_("contradict each other"),
}

ACT_TITLES: dict[Act, str] = {
    Act.CREATE_STUDY: N_("started the study"),
    Act.EDIT_STUDY: N_("changed the settings of the study"),
    Act.CHOOSE_ENGINE: N_("chose where suggestions come from"),
    Act.IMPORT: N_("brought material in"),
    Act.REMOVE_SOURCE: N_("removed a file"),
    Act.SET_ASIDE: N_("set texts aside"),
    Act.BRING_BACK: N_("brought texts back"),
    Act.EDIT_RESPONDENT: N_("changed a respondent's details"),
    Act.TAKE_CODEBOOK: N_("took a codebook into use"),
    Act.DROP_CODEBOOK: N_("dropped a codebook"),
    Act.ADD_CODE: N_("added a code"),
    Act.EDIT_CODE: N_("changed a code"),
    Act.REMOVE_CODE: N_("removed a code"),
    Act.MERGE_CODES: N_("merged codes"),
    Act.EDIT_CODEBOOK: N_("changed a codebook"),
    Act.CODE: N_("coded an expression"),
    Act.UNCODE: N_("took a code off"),
    Act.STRETCH: N_("changed the span of an expression"),
    Act.SPLIT_CODING: N_("divided a coding"),
    Act.MERGE_CODINGS: N_("joined codings"),
    Act.RECODE: N_("changed the code of an expression"),
    Act.REDUCE: N_("reduced an expression"),
    Act.LINK_REDUCTION: N_("linked an expression to a reduction"),
    Act.UNLINK_REDUCTION: N_("took a reduction off an expression"),
    Act.REWORD: N_("reworded a reduction"),
    Act.MERGE_REDUCTIONS: N_("merged reductions"),
    Act.SPLIT_REDUCTION: N_("split a reduction"),
    Act.REMOVE_REDUCTION: N_("removed reductions"),
    Act.ADD_CATEGORY: N_("made a category"),
    Act.RENAME_CATEGORY: N_("renamed a category"),
    Act.EDIT_CATEGORY: N_("changed a category"),
    Act.MOVE_CATEGORY: N_("moved a category"),
    Act.MERGE_CATEGORIES: N_("merged categories"),
    Act.SPLIT_CATEGORY: N_("split a category"),
    Act.REMOVE_CATEGORY: N_("removed a category"),
    Act.PLACE: N_("moved reductions"),
    Act.PIN: N_("pinned to its place"),
    Act.UNPIN: N_("took a pin off"),
    Act.ACCEPT_SUGGESTION: N_("accepted a suggestion"),
    Act.DISMISS_SUGGESTION: N_("dismissed a suggestion"),
    Act.SET_SUGGESTIONS: N_("changed how suggestions are shown"),
    Act.WEIGH_CODES: N_("chose which codes are suggested for a question"),
    Act.START_ROLE_MAP: N_("started a role map"),
    Act.EDIT_ROLE_MAP: N_("changed a role map"),
    Act.REMOVE_ROLE_MAP: N_("removed a role map"),
    Act.ADD_ROLE: N_("added a role"),
    Act.EDIT_ROLE: N_("changed a role"),
    Act.REMOVE_ROLE: N_("removed a role"),
    Act.LINK_ROLE: N_("linked evidence to a role"),
    Act.UNLINK_ROLE: N_("took evidence off a role"),
    **role_sentences.TITLES,
    Act.WRITE_MEMO: N_("wrote a memo"),
    Act.CHANGE_MEMO: N_("changed a memo"),
    Act.REMOVE_MEMO: N_("removed a memo"),
    Act.SET_SPEAKER: N_("said who interviews"),
    Act.ADD_BOOKMARK: N_("set a bookmark"),
    Act.REMOVE_BOOKMARK: N_("removed a bookmark"),
    Act.SAVE_VIEW: N_("saved a view"),
    Act.RENAME_VIEW: N_("renamed a view"),
    Act.CHANGE_VIEW: N_("changed a view"),
    Act.REMOVE_VIEW: N_("removed a view"),
    Act.ORDER_VIEWS: N_("put the views in another order"),
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
    **quoting.TITLES,
    **reviewing.TITLES,
    Act.MERGE_THEMES: N_("told themes as one in the tables"),
    Act.PART_THEMES: N_("told themes apart in the tables"),
    Act.SET_GUARD: N_("set the guard of small numbers"),
    Act.SET_STANCE: N_("marked how an expression stands"),
    Act.SET_HEADING_STANCE: N_("said what a heading says"),
    Act.LIKEN: N_("held two findings against each other"),
    Act.UNLIKEN: N_("took a likeness of findings back"),
    Act.UNDO: N_("undid: {done}"),
    Act.REDO: N_("did again: {done}"),
    **workshop_words.TITLES,
}
"""What somebody did, when no more is known of it. They follow a name: "Maija coded..."."""

TURNED_FOR_ANOTHER: dict[Act, str] = {
    Act.UNDO: N_("undid what {whose} had done: {done}"),
    Act.REDO: N_("did again what {whose} had done: {done}"),
}

# The first sentence whose holes the decision's summary fills is said; with none, the act's title.
# A count of one is left out, so that each sentence with {count} speaks of several.
SENTENCES: dict[Act, tuple[str, ...]] = {
    Act.CREATE_STUDY: (N_("started the study “{name}”"),),
    Act.CHOOSE_ENGINE: (
        N_("chose the engine of suggestions “{engine}”: {model}"),
        N_("chose the engine of suggestions “{engine}”"),
        N_("took the best engine of suggestions that works"),
    ),
    Act.IMPORT: (N_("brought in {file}: {count} texts"), N_("brought in {file}")),
    Act.REMOVE_SOURCE: (N_("removed {file} from the study"),),
    Act.SET_ASIDE: (N_("set aside {count} texts: “{quote}”"), N_("set aside “{quote}”")),
    Act.BRING_BACK: (N_("brought back {count} texts: “{quote}”"), N_("brought back “{quote}”")),
    Act.TAKE_CODEBOOK: (N_("took the codebook “{codebook}” into use"),),
    Act.DROP_CODEBOOK: (N_("put the codebook “{codebook}” out of use"),),
    Act.ADD_CODE: (N_("added the code “{code}”"),),
    Act.EDIT_CODE: (N_("changed the code “{code}”"),),
    Act.REMOVE_CODE: (N_("removed the code “{code}”"),),
    Act.EDIT_CODEBOOK: (N_("changed the codebook “{codebook}”"),),
    Act.CODE: (
        N_("made the code “{new_code}” and coded “{quote}” with it"),
        N_("made the code “{new_code}” and coded {passages} passages with it"),
        N_("coded “{quote}” with “{code}”"),
        N_("coded {passages} passages with “{code}”"),
        N_("coded {count} texts with “{code}”"),
        N_("coded a whole text with “{code}”"),
    ),
    Act.UNCODE: (
        N_("took the code “{code}” off {count} passages"),
        N_("took the codes off {count} passages"),
        N_("took the code “{code}” off “{quote}”"),
    ),
    Act.MERGE_CODES: (N_("merged {count} codes into “{code}” ({passages} passages): {before}"),),
    Act.STRETCH: (
        N_("changed the passage “{before}” coded “{code}” into “{quote}”"),
        N_("changed the passage “{before}” reduced to “{wording}” into “{quote}”"),
    ),
    Act.SPLIT_CODING: (N_("divided the passage “{before}” coded “{code}” into {count} parts"),),
    Act.MERGE_CODINGS: (N_("joined {count} codings “{code}” into one: “{quote}”"),),
    Act.RECODE: (
        N_("made the code “{new_code}” and gave it to {count} passages"),
        N_("made the code “{new_code}” and gave it to “{quote}” instead of “{before}”"),
        N_("changed the code “{before}” to “{code}” on {count} passages"),
        N_("changed the code of {count} passages to “{code}”"),
        N_("changed the code “{before}” to “{code}” on “{quote}”"),
    ),
    Act.REDUCE: (N_("reduced “{quote}” to “{wording}”"),),
    Act.LINK_REDUCTION: (N_("linked “{quote}” to the reduction “{wording}”"),),
    Act.UNLINK_REDUCTION: (N_("took the reduction “{wording}” off an expression"),),
    Act.REWORD: (N_("reworded “{before}” as “{wording}”"),),
    Act.MERGE_REDUCTIONS: (N_("merged {count} reductions into “{wording}”"),),
    Act.SPLIT_REDUCTION: (N_("split “{wording}” off “{before}”"),),
    Act.REMOVE_REDUCTION: (
        N_("removed {count} reductions: “{wording}”"),
        N_("removed the reduction “{wording}”"),
    ),
    Act.ADD_CATEGORY: (N_("made the category “{category}”"),),
    Act.RENAME_CATEGORY: (N_("renamed the category “{before}” as “{category}”"),),
    Act.EDIT_CATEGORY: (N_("changed the category “{category}”"),),
    Act.MOVE_CATEGORY: (
        N_("moved {count} categories: “{category}”"),
        N_("moved the category “{category}” under “{under}”"),
        N_("moved the category “{category}”"),
    ),
    Act.MERGE_CATEGORIES: (N_("merged {count} categories into “{category}”"),),
    Act.SPLIT_CATEGORY: (N_("split “{category}” off “{before}”"),),
    Act.REMOVE_CATEGORY: (
        N_("removed {count} categories: “{category}”"),
        N_("removed the category “{category}”"),
    ),
    Act.PLACE: (
        N_("placed {count} reductions in “{category}”: “{wording}”"),
        N_("placed “{wording}” in “{category}”"),
        N_("took {count} reductions out of their categories: “{wording}”"),
        N_("took “{wording}” out of its category"),
    ),
    Act.PIN: (
        N_("pinned {count} to their places: “{name}”"),
        N_("pinned “{name}” to its place"),
    ),
    Act.UNPIN: (
        N_("took {count} pins off: “{name}”"),
        N_("took the pin off “{name}”"),
    ),
    Act.ACCEPT_SUGGESTION: (
        N_("coded “{quote}” with “{code}” instead of the suggested “{suggested}”"),
        N_("coded “{quote}” with the suggested “{code}”"),
        N_("coded {passages} passages with the suggested codes"),
        N_("placed “{wording}” in the suggested category “{category}”"),
        N_("accepted {count} suggested groups: “{category}”"),
        N_("accepted the suggested group “{category}”"),
    ),
    Act.DISMISS_SUGGESTION: (
        N_("rejected the suggested code “{code}” for “{quote}”"),
        N_("dismissed the suggestion to place “{wording}” in “{category}”"),
        N_("confirmed that “{wording}” belongs in “{home}”"),
        N_("dismissed {count} suggestions"),
    ),
    Act.SET_SUGGESTIONS: (
        N_("switched the suggestions of “{shown}” on"),
        N_("hid the suggestions of “{blind}” until the coder has decided"),
        N_("switched the suggestions of “{off}” off"),
        N_("set the limit below which nothing is suggested: {threshold}"),
    ),
    Act.WEIGH_CODES: (N_("chose which codes are suggested for the question “{item}”"),),
    Act.START_ROLE_MAP: (N_("started the role map “{role_map}”"),),
    Act.EDIT_ROLE_MAP: (N_("changed the role map “{role_map}”"),),
    Act.REMOVE_ROLE_MAP: (N_("removed the role map “{role_map}”"),),
    Act.ADD_ROLE: (N_("added the role “{role}”"),),
    Act.EDIT_ROLE: (N_("changed the role “{role}”"),),
    Act.REMOVE_ROLE: (N_("removed the role “{role}”"),),
    Act.LINK_ROLE: (N_("linked “{evidence}” to the role “{role}”"),),
    Act.UNLINK_ROLE: (N_("took evidence off the role “{role}”"),),
    **role_sentences.SENTENCES,
    Act.WRITE_MEMO: (
        N_("wrote a memo about “{about}”: {memo}"),
        N_("wrote a memo about the passage “{quote}”: {memo}"),
        N_("wrote in the research diary: {memo}"),
    ),
    Act.CHANGE_MEMO: (
        N_("changed the memo about “{about}”: {memo}"),
        N_("changed the memo about the passage “{quote}”: {memo}"),
        N_("changed the research diary: {memo}"),
    ),
    Act.REMOVE_MEMO: (
        N_("removed the memo about “{about}”: {memo}"),
        N_("removed the memo about the passage “{quote}”: {memo}"),
        N_("removed from the research diary: {memo}"),
    ),
    Act.SET_SPEAKER: (
        N_("marked the speaker “{asking}” as an interviewer"),
        N_("marked the speaker “{answering}” as one whose words are counted"),
    ),
    Act.ADD_BOOKMARK: (N_("set a bookmark at “{quote}”"),),
    Act.REMOVE_BOOKMARK: (N_("removed the bookmark at “{quote}”"),),
    Act.SAVE_VIEW: (N_("saved the view “{view}”"),),
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
    **quoting.SENTENCES,
    Act.TAKE_AS_TEXT: (
        N_("took {count} verbal answers to closed questions as texts: “{quote}”"),
        N_("took the verbal answer “{quote}” as a text"),
    ),
    **reviewing.SENTENCES,
    Act.SET_STANCE: (
        N_("marked “{quote}”: {stance}, speaks of {of_group}"),
        N_("marked “{quote}”: {stance}"),
        N_("marked “{quote}”: speaks of {of_group}"),
        N_("took the stance off “{quote}”"),
    ),
    Act.SET_HEADING_STANCE: (
        N_("said that the heading “{category}” tells of this: {stance}"),
        N_("said that the heading “{category}” says nothing of its own"),
    ),
    Act.LIKEN: (N_("held “{one}” and “{other}” against each other: {alike}"),),
    Act.UNLIKEN: (N_("took back how “{one}” and “{other}” are to each other"),),
    Act.MERGE_THEMES: (N_("told {themes} themes as “{theme}” in the tables"),),
    Act.PART_THEMES: (N_("told the themes of “{theme}” apart in the tables"),),
    Act.SET_GUARD: (
        N_("hid counts of fewer than {least} people in tables of background variables"),
        N_("let small numbers show in the tables of background variables of “{shown}”"),
    ),
    Act.RENAME_VIEW: (N_("renamed the view “{before}” as “{view}”"),),
    Act.CHANGE_VIEW: (N_("changed the view “{view}”"),),
    Act.REMOVE_VIEW: (N_("removed the view “{view}”"),),
    Act.ORDER_VIEWS: (N_("put the view “{view}” first"),),
    **workshop_words.SENTENCES,
}

SPOKEN = ("engine", "stance", "alike")
"""What a summary names by a plain name that has a word of its own."""

QUOTE_LENGTH = 60
"""How much of a quote or a wording a line of the log shows."""


def kind_title(kind: str, translate: Translate) -> str:
    """What a kind of row is called: "reduction" -> "pelkistys"."""
    return translate(KIND_TITLES.get(kind, kind))


def act_title(act: Act, translate: Translate) -> str:
    """What somebody did, in general: "code" -> "koodasi ilmauksen"."""
    return translate(ACT_TITLES[act]).format(done="…")


def message_of(error: QualcodeError, translate: Translate) -> str:
    """The error as a sentence, the names of kinds, acts and levels in it translated too."""
    values = {name: _word(name, value, translate) for name, value in error.values.items()}
    sentence = translate(error.template)
    return sentence.format(**values) if values else sentence


def act_sentence(decision: Decision, translate: Translate) -> str:
    """What somebody did, for the log: "koodasi ilmauksen ”Apua sai” koodilla ”Apu”"."""
    if decision.act in (Act.UNDO, Act.REDO):
        done = decision.summary.get("act")
        if done in ACT_TITLES:
            what = _said(Act(str(done)), decision.summary, translate)
            whose = decision.summary.get("whose")
            if whose:
                return translate(TURNED_FOR_ANOTHER[decision.act]).format(whose=whose, done=what)
            return translate(ACT_TITLES[decision.act]).format(done=what)
    return _said(decision.act, decision.summary, translate)


def _said(act: Act, summary: Mapping[str, object], translate: Translate) -> str:
    filled = {
        name: _shortened(_word(name, value, translate) if name in SPOKEN else value)
        for name, value in summary.items()
        if value not in (None, "", 0) and not (name == "count" and value == 1)
    }
    for sentence in SENTENCES.get(act, ()):
        if holes(sentence) <= filled.keys():
            return translate(sentence).format(**filled)
    return act_title(act, translate)


def holes(template: str) -> set[str]:
    """The names of the holes in a text."""
    return {name for _, name, _, _ in Formatter().parse(template) if name}


def _shortened(value: object) -> object:
    if not isinstance(value, str):
        return value
    line = " ".join(value.split())
    return line if len(line) <= QUOTE_LENGTH else line[: QUOTE_LENGTH - 1] + "…"


def _word(name: str, value: object, translate: Translate) -> object:
    if isinstance(value, QualcodeError):
        return message_of(value, translate)
    if not isinstance(value, str):
        return value
    if isinstance(value, Term):
        return value.message(translate)
    if name in ("kind", "what") and value in KIND_TITLES:
        return translate(KIND_TITLES[value])
    if name == "act" and value in ACT_TITLES:
        return act_title(Act(value), translate)
    if name == "engine" and value in LABELS:
        return translate(LABELS[value])
    if name == "stance" and value in STANCE_TITLES:
        return translate(STANCE_TITLES[value])
    if name == "alike" and value in ALIKE_TITLES:
        return translate(ALIKE_TITLES[value])
    if name in ("level", "parent_level") and value in LEVEL_TITLES:
        return translate(LEVEL_TITLES[value])
    return value


def local_time(at: str) -> str:
    """A time of the log, kept in UTC, as the reader's clock shows it: ``2026-11-22 18:05:31``."""
    return datetime.fromisoformat(at).astimezone().strftime("%Y-%m-%d %H:%M:%S")


def day_and_time(at: str) -> str:
    """The same as people read it on pages and in reports, to the minute: ``22.11.2026 18:05``."""
    here = datetime.fromisoformat(at).astimezone()
    return f"{day_of(here)} {here:%H:%M}"


def day_of(day: date) -> str:
    """A day as it stands everywhere: ``22.11.2026``."""
    return f"{day.day}.{day.month}.{day.year}"
