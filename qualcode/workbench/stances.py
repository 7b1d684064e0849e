"""How expressions stand and whom they speak of, and what headings say of what is under them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from qualcode.domain.categories import Category, CategoryTree
from qualcode.domain.decisions import Act
from qualcode.domain.documents import Document, Item, Respondent, Segment, one_line
from qualcode.domain.second_marks import ExpressionStance, HeadingStance, Stance
from qualcode.readers.survey_marks import Marks
from qualcode.workbench import segments
from qualcode.workbench.bench import Work, Workbench

LONGEST_GROUP = 200


def mark(
    bench: Workbench,
    document_id: str,
    start: int,
    end: int,
    stance: Stance | None,
    about: str = "",
    id: str | None = None,
    speaker: str = "",
) -> None:
    """The expression stands so and speaks of that group, as this coder sees it.

    ``speaker`` is who speaks when it is not the text's own group. Instead of what the coder said
    of it before; with nothing said the mark goes.
    """
    about, speaker = (one_line(group)[:LONGEST_GROUP] for group in (about, speaker))
    with bench.act(Act.SET_STANCE) as work:
        segment, document = segments.mark(work, document_id, start, end)
        segments.check_analysed(document)
        if speaker and speaker == _own_group(work, document):
            speaker = ""
        there = work.rows.find(ExpressionStance, segment_id=segment.id, coder=bench.coder)
        if stance is None and not about and not speaker:
            work.remove(ExpressionStance, [row.id for row in there])
            segments.forget_if_bare(work, segment.id)
        elif there:
            work.put(replace(there[0], stance=stance, about=about, speaker=speaker))
        else:
            work.put(
                ExpressionStance(
                    id or bench.new_id(),
                    segment.id,
                    bench.coder,
                    stance,
                    about,
                    bench.clock(),
                    speaker,
                )
            )
        said = {"quote": segments.quote(segment, document), "document": document_id}
        if stance is not None:
            said["stance"] = stance.value
        told = {"of_group": about, "by_group": speaker}
        work.say(**said, **{name: group for name, group in told.items() if group})


def _own_group(work: Work, document: Document) -> str:
    """Who speaks in the text unless a coder says otherwise: its respondent's group, or that of its
    question."""
    person = work.rows.get(Respondent, document.respondent_id) if document.respondent_id else None
    if person is not None:
        return person.actor_group
    item = work.rows.get(Item, document.item_id) if document.item_id else None
    return item.actor_group if item is not None else ""


def imported(
    bench: Workbench, people: Sequence[Respondent], texts: Iterable[tuple[Document, Marks]]
) -> list[Segment | ExpressionStance]:
    """The whole texts as expressions, each followed by what its file said of it.

    As the word of whoever imports. What is set aside is no answer and has none.
    """
    groups = {person.id: person.actor_group for person in people}
    made: list[Segment | ExpressionStance] = []
    for document, marks in texts:
        speaker = marks.speaker[:LONGEST_GROUP]
        if speaker == groups.get(document.respondent_id or ""):
            speaker = ""
        about = marks.spoken_of[:LONGEST_GROUP]
        if document.set_aside or not (marks.stance or about or speaker):
            continue
        segment = segments.whole(document)
        when = bench.clock()
        made += [
            segment,
            ExpressionStance(
                bench.new_id(), segment.id, bench.coder, marks.stance, about, when, speaker
            ),
        ]
    return made


def set_heading(bench: Workbench, category_id: str, stance: Stance | None) -> None:
    """What the category's name says of what is under it; None: nothing of its own."""
    with bench.act(Act.SET_HEADING_STANCE) as work:
        category = work.require(Category, category_id)
        if stance is None:
            work.remove(HeadingStance, [category_id])
        else:
            work.put(HeadingStance(category_id, stance))
        told = {"stance": stance.value} if stance else {}
        work.say(category=category.name, **told)


def of_headings(tree: CategoryTree, given: Mapping[str, Stance]) -> dict[str, Stance]:
    """Category -> what its heading says: its own, else that of the nearest one above it."""
    found: dict[str, Stance] = {}
    for _depth, category in tree.walk():
        mine = given.get(category.id) or found.get(category.parent_id or "")
        if mine:
            found[category.id] = mine
    return found
