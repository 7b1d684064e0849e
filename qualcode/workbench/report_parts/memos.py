"""The appendix of memos: what was thought on the way, what about, by whom and when."""

from __future__ import annotations

from dataclasses import replace

from qualcode.domain.markdown import readable
from qualcode.domain.memos import ABOUT
from qualcode.exports.report import Block, Cell, Column, Row, RowKind, Table
from qualcode.workbench.memo_links import Thing, shown
from qualcode.workbench.memos import MemoRow
from qualcode.workbench.messages import day_and_time, kind_title
from qualcode.workbench.report_parts.material import Material

MEMOS = "memos"


def table(material: Material) -> list[Block]:
    """Every memo under what it speaks of, the oldest first; the research diary begins."""
    _ = material._
    rows: list[Row] = []
    for kind in ABOUT:
        mine = [row for row in material.memos if row.memo.about_kind == kind]
        mine.sort(key=lambda row: (row.memo.created_at, row.memo.id))
        if mine:
            title = _("research diary") if kind == "study" else kind_title(kind, _)
            rows.append(Row((Cell(title[:1].upper() + title[1:]),), kind=RowKind.GROUP))
            rows += [_memo(material, row) for row in mine]
    if not rows:
        return []
    columns = (Column(_("About"), 4.5), Column(_("Memo"), 9.0), Column(_("Written"), 2.5))
    count = len(material.memos)
    note = material.ngettext("{n} memo", "{n} memos", count).format(n=count)
    return [
        Table(MEMOS, _("Memos of the analysis"), columns, tuple(rows), note=note, section=MEMOS)
    ]


def _memo(material: Material, row: MemoRow) -> Row:
    memo = row.memo
    links = {written: _told(material, thing) for written, thing in row.links.items()}
    text = readable(memo.text, lambda piece: shown(piece, links))
    written = f"{memo.created_by}\n{day_and_time(memo.created_at).split()[0]}"
    evidence = (
        material.cite([memo.about_id])
        if memo.about_kind == "segment" and memo.about_id in material.expressions
        else ()
    )
    return Row((Cell(_about(material, row), evidence), Cell(text), Cell(written)))


def _about(material: Material, row: MemoRow) -> str:
    """What the memo speaks of, without telling who a respondent is."""
    _ = material._
    if row.memo.about_kind == "study":
        return ""
    told = _told(material, row.about)
    label = told.label
    if not row.about.there:
        gone = _("removed from the study")
        return f"{label} ({gone})" if label else gone
    withheld = row.about.kind != "respondent" and told != row.about
    speaker = "" if withheld else _speaker(material, row.about)
    called = "" if withheld or row.about.kind == "respondent" else row.was_called
    before = _("Written of: {name}").format(name=called) if called else ""
    return "\n".join(part for part in (label, speaker, before) if part)


def _told(material: Material, thing: Thing) -> Thing:
    """The thing as a report may call it: a respondent by a running number, unless labels are asked
    for, since their own identifier may tell who they are; words only where they may be printed."""
    if thing.kind in ("segment", "document"):
        if not thing.there:  # whose they were is not known any more
            return replace(thing, label="") if material.permitted.asks_consent else thing
        who, document = material.noted.get((thing.kind, thing.id), ("", ""))
        why = material.permitted.of_memo(thing.id, who or None, document)
        return replace(thing, label=why) if why else thing
    if thing.kind != "respondent" or material.show_labels:
        return thing
    return replace(thing, label=material.names.get(thing.id, material._("respondent")))


def _speaker(material: Material, thing: Thing) -> str:
    """Whose words the passage or the answer is."""
    return material.names.get(material.noted.get((thing.kind, thing.id), ("", ""))[0], "")
