"""What was written where an option was asked for: looked at one by one, nothing of it lost."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from qualcode.domain.decisions import Act
from qualcode.domain.documents import ClosedAnswer, ClosedState, Document, Item
from qualcode.domain.errors import UnknownRow
from qualcode.store.repository import Reading
from qualcode.workbench.bench import Workbench


def interpret(bench: Workbench, answer_id: str, option: str | None) -> ClosedAnswer:
    """The answer counted as this option of its question; None: as uninterpretable again.

    What was written stays as it was.
    """
    with bench.act(Act.INTERPRET) as work:
        answer = work.require(ClosedAnswer, answer_id)
        item = work.require(Item, answer.item_id)
        if option is not None and option not in item.options:
            raise UnknownRow(kind="item", id=option)
        new = replace(
            answer,
            state=ClosedState.UNINTERPRETABLE if option is None else ClosedState.ANSWERED,
            value=option or "",
            raw=answer.raw or answer.value,
        )
        work.put(new)
        work.say(quote=new.raw, option=option or "")
    return new


def taken(rows: Reading, answers: Sequence[ClosedAnswer]) -> set[str]:
    """Which of the answers (by id) stand among the texts already."""
    items = tuple({answer.item_id for answer in answers})
    there = {
        (text.item_id, text.respondent_id, text.text) for text in rows.find(Document, item_id=items)
    }
    return {a.id for a in answers if (a.item_id, a.respondent_id, a.raw) in there}


def take_as_texts(bench: Workbench, answer_ids: Sequence[str]) -> list[Document]:
    """What was written as texts to be read and coded, beside the counts; each only once."""
    with bench.act(Act.TAKE_AS_TEXT) as work:
        position = work.rows.last_position(Document) + 1
        made: list[Document] = []
        for answer in work.rows.find(ClosedAnswer, id=tuple(answer_ids)):
            there = work.rows.find(
                Document, item_id=answer.item_id, respondent_id=answer.respondent_id
            )
            there += [
                d
                for d in made
                if (d.item_id, d.respondent_id) == (answer.item_id, answer.respondent_id)
            ]
            if not answer.raw.strip() or any(d.text == answer.raw for d in there):
                continue
            made.append(
                Document(
                    bench.new_id(),
                    answer.source_id,
                    answer.raw,
                    respondent_id=answer.respondent_id,
                    item_id=answer.item_id,
                    provenance=answer.provenance,
                    position=position + len(made),
                )
            )
        work.add(made)
        work.say(count=len(made), quote=made[0].text if made else "")
    return made
