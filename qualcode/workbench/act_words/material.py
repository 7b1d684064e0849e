"""Material: files, texts, respondents, speakers, and the ways they are looked at."""

from __future__ import annotations

from qualcode.domain.decisions import Act
from qualcode.texts import N_

KINDS = {
    "source": N_("file"),
    "respondent": N_("respondent"),
    "item": N_("question"),
    "document": N_("text"),
    "closed_answer": N_("closed answer"),
    "bookmark": N_("bookmark"),
    "speaker": N_("speaker"),
    "saved_view": N_("saved view"),
}

TITLES: dict[Act, str] = {
    Act.IMPORT: N_("brought material in"),
    Act.REMOVE_SOURCE: N_("removed a file"),
    Act.SET_ASIDE: N_("set texts aside"),
    Act.BRING_BACK: N_("brought texts back"),
    Act.EDIT_RESPONDENT: N_("changed a respondent's details"),
    Act.SET_SPEAKER: N_("said who interviews"),
    Act.ADD_BOOKMARK: N_("set a bookmark"),
    Act.REMOVE_BOOKMARK: N_("removed a bookmark"),
    Act.SAVE_VIEW: N_("saved a view"),
    Act.RENAME_VIEW: N_("renamed a view"),
    Act.CHANGE_VIEW: N_("changed a view"),
    Act.REMOVE_VIEW: N_("removed a view"),
    Act.ORDER_VIEWS: N_("put the views in another order"),
}

SENTENCES: dict[Act, tuple[str, ...]] = {
    Act.IMPORT: (
        N_("brought in {file}, answered on the form “{form}”: {count} texts"),
        N_("brought in {file}: {count} texts"),
        N_("brought in {file}"),
    ),
    Act.REMOVE_SOURCE: (N_("removed {file} from the study"),),
    Act.SET_ASIDE: (N_("set aside {count} texts: “{quote}”"), N_("set aside “{quote}”")),
    Act.BRING_BACK: (N_("brought back {count} texts: “{quote}”"), N_("brought back “{quote}”")),
    Act.SET_SPEAKER: (
        N_("marked the speaker “{asking}” as an interviewer"),
        N_("marked the speaker “{answering}” as one whose words are counted"),
    ),
    Act.ADD_BOOKMARK: (N_("set a bookmark at “{quote}”"),),
    Act.REMOVE_BOOKMARK: (N_("removed the bookmark at “{quote}”"),),
    Act.SAVE_VIEW: (N_("saved the view “{view}”"),),
    Act.RENAME_VIEW: (N_("renamed the view “{before}” as “{view}”"),),
    Act.CHANGE_VIEW: (N_("changed the view “{view}”"),),
    Act.REMOVE_VIEW: (N_("removed the view “{view}”"),),
    Act.ORDER_VIEWS: (N_("put the view “{view}” first"),),
}
