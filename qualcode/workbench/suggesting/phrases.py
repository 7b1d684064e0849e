"""A noun phrase as a name for a suggested group, where the Finnish pipeline is installed.

Found beside the groups, which wait for it a moment at most: the pipeline takes seconds to open.
What is found is remembered, so that the board shows it from its next painting on.
"""

from __future__ import annotations

import importlib.util
from collections import Counter
from collections.abc import Sequence
from threading import Lock

from qualcode.domain.suggestions import GroupSuggestion
from qualcode.nlp.finnish_pipeline import PACKAGE
from qualcode.nlp.words import words_of
from qualcode.nlp.worker import shared_worker
from qualcode.workbench.bench import Workbench
from qualcode.workbench.preparing import Progress, beside

TASK = "noun phrases"
PATIENCE = 0.5
MOST_TEXTS = 400
"""Wordings looked at for one offer: of the first groups, which are the tightest."""

REMEMBERED = 20_000
START = 5
"""Words that begin with so many same letters are taken for forms of one."""

_known: dict[str, tuple[str, ...]] = {}
_lock = Lock()


def look_for(bench: Workbench, groups: Sequence[GroupSuggestion], texts: dict[str, str]) -> None:
    """Starts to find the phrases of the groups' members, and waits for them only a moment.

    ``texts`` are the members' wordings by id. Nothing happens where there is no pipeline; what
    goes wrong in it keeps nobody from their groups, and is told where names are asked of it.
    """
    if bench.study().language != "fi" or importlib.util.find_spec(PACKAGE) is None:
        return
    wordings = dict.fromkeys(texts[id] for g in groups for id in g.member_ids if id in texts)
    new = [wording for wording in wordings if wording not in _known][:MOST_TEXTS]
    if not new:
        return

    def find(told: Progress) -> None:
        found = shared_worker("names").phrases(new, told)
        with _lock:
            if len(_known) + len(new) > REMEMBERED:
                _known.clear()
            _known.update(zip(new, found, strict=True))

    beside(bench.store, TASK, find, PATIENCE)


def phrase_for(wordings: Sequence[str]) -> str:
    """The phrase that says most of what these wordings say; empty when none is known.

    That is the one whose words most of the wordings use, in whatever form; the shorter of equals.
    """
    users: Counter[str] = Counter()
    for wording in wordings:
        users.update({word[:START] for word in words_of(wording)})

    def said(phrase: str) -> tuple[float, int, str]:
        words = words_of(phrase)
        return -sum(users[word[:START]] for word in words) / len(words), len(words), phrase

    phrases = {phrase for wording in wordings for phrase in _known.get(wording, ())}
    best = min(phrases, key=said, default="")
    # A phrase of words that one wording alone uses names that one, not the group.
    return best if best and -said(best)[0] > 1 else ""
