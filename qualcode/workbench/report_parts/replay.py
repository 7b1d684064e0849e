"""What the suggestions would have been worth: the finished analysis gone through again."""

from __future__ import annotations

from qualcode.exports.report import Block, Paragraph
from qualcode.workbench.bench import Workbench
from qualcode.workbench.engines import engine_of
from qualcode.workbench.report_parts.material import Material
from qualcode.workbench.worth import plain
from qualcode.workbench.worth.study import finished, replay_study
from qualcode.workbench.worth.telling import method_paragraph

REPLAY = "replay"


def paragraph(material: Material, bench: Workbench) -> list[Block]:
    """One paragraph from the log and from the finished analysis gone through again.

    With the engine that the study uses now. Nothing when there is nothing to tell.
    """
    done = finished(bench)
    found = None
    if done.has_groups or done.has_codes:
        found = plain.of_study(replay_study(bench, done, engine_of(bench).name))
    told = method_paragraph(found, plain.of_past(done.past), material._)
    return [Paragraph(told)] if told else []
