"""What a person is told of where words come from: the one rule of all lists, windows and files.

An analyst is told all of it. Whoever reviews is told the actor group, the running number that
reports print, the question, and of a workshop which one; not the respondent's own identifier and
background, nor the file and row, since those may tell who somebody is.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import replace

from qualcode.domain.decisions import Act, Decision
from qualcode.domain.documents import Provenance
from qualcode.store.answer_query import AnswerQuery, Facet, GroupBy, Order, OrderBy
from qualcode.store.repository import Reading

OF_THE_TEXT = frozenset({"quadrant", "table", "round", "group", "picture", "question", "target"})
"""What is known of a workshop's note itself, unless the study has a person's background so called;
every other name may be one."""

HIDDEN = frozenset({Facet.RESPONDENT, Facet.SOURCE})
"""Who has answered, and in which file: not asked by whoever is not told them."""

NAMING = frozenset({"file", "asking", "answering", "about", "memo", "of_person"})
"""What the log says of an act that may tell who somebody is: an interview's file is often called by
its person, and what memos were about, and what they say, may be somebody's identifier."""

OF_MEMOS = frozenset({Act.WRITE_MEMO, Act.CHANGE_MEMO, Act.REMOVE_MEMO})
"""Acts whose ``about`` may be a respondent; of others it is what is reviewed."""


def label(reviewing: bool, label: str) -> str:
    """The respondent's own identifier, or nothing."""
    return "" if reviewing else label


def place(reviewing: bool, where: Provenance) -> str:
    """File, sheet, row and column, or nothing."""
    return "" if reviewing else str(where)


def file(reviewing: bool, name: str, translate: Callable[[str], str]) -> str:
    """What a file is called, or that it is one."""
    return translate("file") if reviewing else name


def act(reviewing: bool, decision: Decision) -> Decision:
    """An act of the log with what may be told of it: its sentence is then a more general one."""
    if not reviewing:
        return decision
    said = decision.summary
    done = str(said.get("act") if decision.act in (Act.UNDO, Act.REDO) else decision.act)
    hidden = NAMING if done in OF_MEMOS else NAMING - {"about"}
    return replace(decision, summary={k: v for k, v in said.items() if k not in hidden})


def background(reviewing: bool, known: Mapping[str, str]) -> dict[str, str]:
    """What is known of who wrote a text, or nothing: also a table or a group may be a person's."""
    return {} if reviewing else dict(known)


def of_people(rows: Reading) -> frozenset[str]:
    """Names of what is told of texts that are somebody's background in this study."""
    return frozenset(
        name for name in OF_THE_TEXT if any(value for value, _, _ in rows.background(name))
    )


def facts(reviewing: bool, known: Mapping[str, str]) -> dict[str, str]:
    """What is known of a text itself, as far as it is told."""
    return {name: value for name, value in known.items() if not reviewing or name in OF_THE_TEXT}


def may_ask(reviewing: bool, by: GroupBy, people: Collection[str]) -> bool:
    """Whether answers may be chosen, ordered or grouped by this. ``people``: see ``of_people``."""
    if not reviewing:
        return True
    if by.facet is Facet.ATTRIBUTE:
        return by.name in OF_THE_TEXT and by.name not in people
    return by.facet not in HIDDEN


def may_order(reviewing: bool, order: Order, people: Collection[str]) -> bool:
    """The same of an order."""
    of_it = GroupBy(Facet.ATTRIBUTE, order.name)
    return order.by is not OrderBy.ATTRIBUTE or may_ask(reviewing, of_it, people)


def permitted(reviewing: bool, query: AnswerQuery, people: Collection[str]) -> AnswerQuery:
    """The query without what may not be asked; a link or a saved view may have it."""
    by = query.group_by
    return replace(
        query,
        conditions=tuple(
            c for c in query.conditions if may_ask(reviewing, GroupBy(c.facet, c.name), people)
        ),
        order=query.order if may_order(reviewing, query.order, people) else Order(),
        group_by=by if by is None or may_ask(reviewing, by, people) else None,
    )
