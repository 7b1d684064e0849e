"""The review as a report: the tree with its states, what was said, proposed and changed."""

from __future__ import annotations

from qualcode.analysis.frequencies import by_category
from qualcode.domain.proposals import Proposal, ProposalState
from qualcode.domain.review import NodeState, ReviewState
from qualcode.exports.report import (
    Align,
    Block,
    Cell,
    Column,
    Counted,
    Heading,
    Paragraph,
    Report,
    Row,
    Table,
)
from qualcode.store.review_views import ThreadQuery
from qualcode.texts import gettext_for
from qualcode.workbench.bench import Workbench
from qualcode.workbench.messages import day_and_time, kind_title
from qualcode.workbench.report_parts.counting import count_cells, counting_note
from qualcode.workbench.report_parts.material import Material, read
from qualcode.workbench.reviewing import comparison, freezing, looking, proposing, remarks, words
from qualcode.workbench.reviewing.comparison import Compared
from qualcode.workbench.reviewing.remarks import Thread

TREE, DEFINITIONS, THREADS, PROPOSALS = (
    "review_tree",
    "review_definitions",
    "review_threads",
    "review_proposals",
)
MOST_THREADS = 2000
MOST_PROPOSALS = 2000


def report(bench: Workbench, language: str | None = None, since: str | None = None) -> Report:
    """The report of the review; ``since`` names the version that the tree is compared with."""
    language = language or bench.language
    material = read(bench, language, show_labels=False, themes_from=None)
    _ = gettext_for(language)
    blocks: list[Block] = [Heading(_("The category tree and its review"), 1)]
    blocks += _tree(bench, material)
    parts: list[tuple[str, list[Block]]] = [
        (_("Comments and questions"), _threads(bench, material)),
        (_("Proposals"), _proposals(bench, material)),
        (_("What has changed"), _comparison(bench, language, since)),
    ]
    for title, found in parts:
        if found:
            blocks += [Heading(title, 1), *found]
    made_at = bench.clock()
    return Report(
        title=material.study.name,
        language=language,
        made_at=made_at,
        blocks=tuple(blocks),
        traces=material.traces,
        material_language=material.study.language,
        subtitle=_("Review of the category tree, {date}").format(
            date=day_and_time(made_at).split()[0]
        ),
    )


def compared(bench: Workbench, old_id: str, new_id: str | None, language: str) -> Compared:
    """Two versions, or a version and the tree of now, with their names."""
    _ = gettext_for(language)
    with bench.store.reading() as rows:
        names = {version.id: version.name for version in freezing.versions(rows)}
        old, new, found = freezing.compared(rows, old_id, new_id)
    now = names.get(new_id, "") if new_id else _("The tree now")
    return Compared(old, new, found, names.get(old_id, ""), now)


def comparison_report(bench: Workbench, seen: Compared, language: str) -> Report:
    """The comparison alone, to be printed."""
    _ = gettext_for(language)
    made_at = bench.clock()
    return Report(
        title=bench.study().name,
        language=language,
        made_at=made_at,
        blocks=(Heading(_("What has changed"), 1), *comparison.tables(seen, language)),
        material_language=bench.study().language,
        subtitle=_("Versions of the category tree, {date}").format(
            date=day_and_time(made_at).split()[0]
        ),
    )


def _tree(bench: Workbench, material: Material) -> list[Block]:
    _, tree = material._, material.tree
    with bench.store.reading() as rows:
        states = {row.id: row for row in rows.find(ReviewState)}
    seals = looking.seals(tree)
    tallies = by_category(material.evidence, material.parents)
    shown = []
    defined = []
    counted = dict.fromkeys(NodeState, 0)
    for depth, category in tree.walk():
        state = states.get(category.id)
        counted[state.state if state else NodeState.DRAFT] += 1
        stale = state is not None and state.seal != seals[category.id]
        shown.append(
            Row(
                (
                    Cell(category.name, strong=depth == 0),
                    Cell(material.level_name(category.level)),
                    Cell(_state(material, state, stale)),
                    *count_cells(material, tallies[category.id].total),
                ),
                level=depth,
            )
        )
        if category.definition.strip():
            defined.append(Row((Cell(category.name), Cell(category.definition.strip()))))
    if not shown:
        return [Paragraph(_("There are no categories yet."))]
    columns = (
        Column(_("Category"), 6.0),
        Column(_("Level"), 2.4),
        Column(_("State"), 4.0),
        Column(
            material.pgettext("count", "Respondents"), 1.8, Align.RIGHT, "", Counted.RESPONDENTS
        ),
        Column(material.pgettext("count", "Mentions"), 1.8, Align.RIGHT, "", Counted.MENTIONS),
    )
    told = _("{all} categories: {approved} approved, {asked} asked about, {draft} drafts.").format(
        all=len(shown), **{state.value: count for state, count in counted.items()}
    )
    caption = _("The categories with their states in the review")
    blocks: list[Block] = [
        Paragraph(told),
        Table(TREE, caption, columns, tuple(shown), counting_note(material), section="review"),
    ]
    if defined:
        caption = _("The definitions of the categories")
        two = (Column(_("Category"), 5.0), Column(_("Definition"), 11.0))
        blocks.append(Table(DEFINITIONS, caption, two, tuple(defined), section="review"))
    return blocks


def _state(material: Material, state: ReviewState | None, stale: bool) -> str:
    _ = material._
    if state is None or state.state is NodeState.DRAFT:
        return _(words.STATES[NodeState.DRAFT])
    told = f"{_(words.STATES[state.state])}\n{state.who} {day_and_time(state.at).split()[0]}"
    return told + "\n" + _("changed since then") if stale else told


def _threads(bench: Workbench, material: Material) -> list[Block]:
    _, ngettext = material._, material.ngettext
    page = remarks.browse(bench, ThreadQuery(), 0, MOST_THREADS)
    if not page.rows:
        return []
    order = material.category_order

    def place(thread: Thread) -> tuple[int, str]:
        return order.get(thread.first.about_id, len(order)), thread.first.created_at

    rows = [_thread(material, thread) for thread in sorted(page.rows, key=place)]
    open_now = sum(thread.open for thread in page.rows)
    columns = (
        Column(_("About"), 4.0),
        Column(_("What was said"), 9.5),
        Column(_("Where it is"), 2.5),
    )
    note = ngettext("{n} thread", "{n} threads", page.total).format(n=page.total)
    note += ", " + ngettext("{n} open", "{n} open", open_now).format(n=open_now)
    caption = _("Comments and questions of the review")
    return [Table(THREADS, caption, columns, tuple(rows), note=note, section="review")]


def _thread(material: Material, thread: Thread) -> Row:
    _ = material._
    kind = kind_title(thread.about.kind, _)
    about = f"{thread.about.label}\n({kind})"
    if not thread.about.there:
        about += "\n" + _("removed from the study")
    lines = [
        f"{one.created_by} {day_and_time(one.created_at)}: {one.text}"
        for one in (thread.first, *thread.replies)
    ]
    where = (
        _("open") if thread.open else _("resolved by {who}").format(who=thread.first.resolved_by)
    )
    return Row((Cell(about), Cell("\n".join(lines)), Cell(where)))


def _proposals(bench: Workbench, material: Material) -> list[Block]:
    _ = material._
    with bench.store.reading() as rows:
        waiting = [one.proposal for one in proposing.open_ones(rows, material.tree)]
        found = [*waiting, *proposing.decided(rows, MOST_PROPOSALS)]
    if not found:
        return []
    columns = (
        Column(_("Proposal"), 6.0),
        Column(_("Why"), 5.5),
        Column(_("Proposed by"), 2.0),
        Column(_("What came of it"), 2.5),
    )
    table_rows = tuple(_proposal(material, one) for one in found)
    caption = _("Proposals to change the tree")
    return [Table(PROPOSALS, caption, columns, table_rows, section="review")]


def _proposal(material: Material, one: Proposal) -> Row:
    _ = material._
    came = _("waits")
    if one.state is not ProposalState.OPEN:
        came = _(words.DECIDED[one.state]).format(
            who=one.decided_by, at=day_and_time(one.decided_at).split()[0]
        )
        came += f"\n{one.answer}" if one.answer else ""
    return Row((Cell(words.proposed(one, _)), Cell(one.why), Cell(one.created_by), Cell(came)))


def _comparison(bench: Workbench, language: str, since: str | None) -> list[Block]:
    if since is None:
        return []
    return comparison.tables(compared(bench, since, None, language), language)
