"""Closed answers brought in as the counts of a printed table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from qualcode.domain.decisions import Act
from qualcode.domain.documents import ClosedAnswer, ClosedState, Item, Provenance, SourceKind
from qualcode.readers.counts import CountsRow
from qualcode.workbench.bench import Workbench
from qualcode.workbench.importing.sources import Imported, answers_in, keep, new_source


def import_counts(
    bench: Workbench,
    file: str,
    data: bytes,
    rows: Sequence[CountsRow],
    *,
    again: bool = False,
    sent: int | None = None,
) -> Imported:
    """Closed answers that exist only as a table of counts (an earlier report, paper forms)."""
    with bench.act(Act.IMPORT) as work:
        source = new_source(work, file, data, SourceKind.COUNTS, again, sent)
        first_item = work.rows.last_position(Item) + 1
        items: list[Item] = []
        closed: list[ClosedAnswer] = []
        for number, row in enumerate(rows, start=1):
            item = Item(
                bench.new_id(),
                source.id,
                row.text,
                row.kind,
                row.number,
                row.section,
                row.theme,
                row.actor_group,
                tuple(row.counts),
                first_item + len(items),
            )
            items.append(item)
            closed.extend(
                ClosedAnswer(
                    bench.new_id(),
                    source.id,
                    item.id,
                    state,
                    option,
                    actor_group=row.actor_group,
                    count=count,
                    provenance=Provenance(file, "", number),
                )
                for state, option, count in _counted(row)
            )
        result = Imported(
            source,
            0,
            len(items),
            closed_answers=answers_in(closed, ClosedState.ANSWERED),
            missing=answers_in(closed, ClosedState.MISSING),
            uninterpretable=answers_in(closed, ClosedState.UNINTERPRETABLE),
        )
        keep(work, result, [source, *items, *closed])
    return result


def _counted(row: CountsRow) -> Iterator[tuple[ClosedState, str, int]]:
    """(state, option, how many) of every cell of a printed row that counts somebody."""
    for option, count in row.counts.items():
        if count:
            yield ClosedState.ANSWERED, option, count
    if row.missing:
        yield ClosedState.MISSING, "", row.missing
    if row.uninterpretable:
        yield ClosedState.UNINTERPRETABLE, "", row.uninterpretable
