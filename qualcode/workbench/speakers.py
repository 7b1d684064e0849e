"""Who speaks in the transcripts, and who of them interviews.

What an interviewer says is shown but not counted (``domain.turns``). The marks of a transcript
give a guess; a ``Speaker`` row is there only where the analyst has said how it is, and it then
holds in every transcript of the study.
"""

from __future__ import annotations

from dataclasses import dataclass

from qualcode.domain.decisions import Act
from qualcode.domain.documents import Document, DocumentKind, one_line
from qualcode.domain.errors import EmptyName
from qualcode.domain.reading_places import Speaker
from qualcode.domain.turns import guess_interviewers, speaker_key, speakers_of, turns_of
from qualcode.store.repository import Reading
from qualcode.workbench.bench import Workbench


@dataclass(frozen=True)
class ShownTurn:
    """A turn as a screen shows it: where its mark and its words begin, who speaks, and whether
    what they say is left out of the counts. Positions are code points."""

    start: int
    words: int
    end: int
    speaker: str
    interviewer: bool


def decided(rows: Reading) -> dict[str, bool]:
    """Speaker's key -> whether they interview, of those the analyst has spoken of."""
    return {speaker.id: speaker.interviewer for speaker in rows.find(Speaker)}


def shown_turns(document: Document, said: dict[str, bool]) -> tuple[ShownTurn, ...]:
    """The turns of a transcript; none of a text that is no conversation. ``said``: ``decided``."""
    if document.kind is not DocumentKind.TEXT:
        return ()
    turns = turns_of(document.text)
    asking = guess_interviewers(speakers_of(turns))
    return tuple(
        ShownTurn(
            turn.start,
            turn.words,
            turn.end,
            turn.speaker,
            said.get(speaker_key(turn.speaker), turn.speaker in asking),
        )
        for turn in turns
    )


def set_interviewer(bench: Workbench, label: str, interviewer: bool) -> Speaker:
    """Whether the speaker of this mark interviews: in that case their turns are not counted."""
    label = one_line(label)
    if not label:
        raise EmptyName()
    with bench.act(Act.SET_SPEAKER) as work:
        there = work.rows.get(Speaker, speaker_key(label))
        speaker = Speaker(speaker_key(label), there.label if there else label, interviewer)
        work.put(speaker)
        if interviewer:
            work.say(asking=speaker.label)
        else:
            work.say(answering=speaker.label)
    return speaker
