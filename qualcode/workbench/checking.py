"""Whether the study is whole: nothing hangs in the air, and log and tables tell the same story.

The store and the acts already refuse what breaks these rules. This looks at the study afresh, so
that a damaged file, a tampered one or a fault of ours is found and named.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from qualcode.domain.categories import Category, Level, Placement
from qualcode.domain.codes import Code
from qualcode.domain.coding import Coding, ReducedExpression, ReductionLink
from qualcode.domain.documents import Document, Segment, normalise
from qualcode.domain.memos import ABOUT, Memo
from qualcode.domain.role_maps import Role, RoleMap, RolePlacement
from qualcode.exports.report import untraceable
from qualcode.store.kinds import KINDS, to_row
from qualcode.store.repository import Reading
from qualcode.texts import gettext_for
from qualcode.workbench import checking_marks, reporting
from qualcode.workbench.bench import Workbench
from qualcode.workbench.replaying import replay


@dataclass(frozen=True)
class Finding:
    """Something that is not as it should be: where, what, and what now."""

    where: str
    what: str
    now: str

    def __str__(self) -> str:
        return f"{self.where}: {self.what} {self.now}"


def check(bench: Workbench) -> list[Finding]:
    """Everything that is wrong with the study; empty when it is whole. Changes nothing."""
    _ = gettext_for(bench.language)
    with bench.store.reading() as rows:
        looking = _Looking(rows, _)
        findings = [finding for look in looking.looks for finding in look()]
    if findings:
        # A report of a broken study may fail or count what is not there.
        return findings
    return list(_numbers(bench, _))


class _Looking:
    """One look through the study; the rows are read once."""

    def __init__(self, rows: Reading, translate: Callable[[str], str]) -> None:
        self._ = translate
        self.rows = rows
        self.documents = {row.id: row for row in rows.find(Document)}
        self.segments = {row.id: row for row in rows.find(Segment)}
        self.codes = {row.id: row for row in rows.find(Code)}
        self.reductions = {row.id: row for row in rows.find(ReducedExpression)}
        self.categories = {row.id: row for row in rows.find(Category)}
        self.looks: tuple[Callable[[], Iterator[Finding]], ...] = (
            self.texts,
            self.spans,
            self.codings,
            self.links,
            self.placements,
            self.tree,
            self.roles,
            self.memos,
            self.marks,
            self.log,
        )

    def texts(self) -> Iterator[Finding]:
        _ = self._
        for row in self.documents.values():
            if row.text != normalise(row.text):
                yield Finding(
                    _("Text {id} ({place})").format(id=row.id, place=row.provenance),
                    _("The text is not in the form it is stored in at import."),
                    _("Positions in it cannot be trusted. Restore the study from a backup."),
                )

    def spans(self) -> Iterator[Finding]:
        _ = self._
        for row in self.segments.values():
            text = self.documents.get(row.document_id)
            if text is None or row.end > len(text.text):
                yield Finding(
                    _("Original expression {id}").format(id=row.id),
                    _("It lies outside its text ({start}-{end}).").format(
                        start=row.start, end=row.end
                    ),
                    _("Remove its codings and reductions and mark the passage again."),
                )

    def codings(self) -> Iterator[Finding]:
        _ = self._
        for row in self.rows.find(Coding):
            if row.segment_id not in self.segments or row.code_id not in self.codes:
                yield Finding(
                    _("Coding {id} of {coder}").format(id=row.id, coder=row.coder),
                    _("Its expression or its code is not in the study."),
                    _("Remove the coding and code the passage again."),
                )

    def links(self) -> Iterator[Finding]:
        _ = self._
        linked = set()
        for row in self.rows.find(ReductionLink):
            linked.add(row.reduction_id)
            if row.segment_id not in self.segments or row.reduction_id not in self.reductions:
                yield Finding(
                    _("Reduction link {id}").format(id=row.id),
                    _("Its expression or its reduction is not in the study."),
                    _("Remove the link and reduce the passage again."),
                )
        for reduction in self.reductions.values():
            if reduction.id not in linked:
                yield Finding(
                    _("Reduced expression “{wording}”").format(wording=reduction.wording),
                    _("No original expression stands behind it."),
                    _("Link it to an expression or remove it on the Reductions page."),
                )

    def placements(self) -> Iterator[Finding]:
        _ = self._
        for row in self.rows.find(Placement):
            category = self.categories.get(row.category_id)
            reduction = self.reductions.get(row.id)
            if category is None or reduction is None:
                yield Finding(
                    _("Placement {id}").format(id=row.id),
                    _("Its reduction or its category is not in the study."),
                    _("Place the reduction again on the Categories page."),
                )
            elif category.level is not Level.SUBCATEGORY:
                yield Finding(
                    _("Reduced expression “{wording}”").format(wording=reduction.wording),
                    _("It is placed in “{category}”, which is not a subcategory.").format(
                        category=category.name
                    ),
                    _("Place the reduction again on the Categories page."),
                )

    def tree(self) -> Iterator[Finding]:
        _ = self._
        for row in self.categories.values():
            where = _("Category “{name}”").format(name=row.name)
            now = _("Move the category to its right place on the Categories page.")
            if row.parent_id is None:
                continue
            parent = self.categories.get(row.parent_id)
            if parent is None:
                yield Finding(where, _("The category above it is not in the study."), now)
            elif self._goes_round(row):
                yield Finding(where, _("It lies under itself."), now)
            elif parent.level <= row.level:
                what = _("It lies under “{parent}”, which is not of a higher level.")
                yield Finding(where, what.format(parent=parent.name), now)

    def _goes_round(self, category: Category) -> bool:
        seen = {category.id}
        above = category.parent_id
        while above is not None and above in self.categories:
            if above in seen:
                return above == category.id
            seen.add(above)
            above = self.categories[above].parent_id
        return False

    def roles(self) -> Iterator[Finding]:
        _ = self._
        maps = {row.id for row in self.rows.find(RoleMap)}
        roles = {row.id: row for row in self.rows.find(Role)}
        for role in roles.values():
            if role.map_id not in maps:
                yield Finding(
                    _("Role “{name}”").format(name=role.name),
                    _("Its role map is not in the study."),
                    _("Remove the role and add it to a map on the Role maps page."),
                )
        for row in self.rows.find(RolePlacement):
            held = row.category_id in self.categories or row.reduction_id in self.reductions
            if row.role_id not in roles or not held:
                yield Finding(
                    _("Role link {id}").format(id=row.id),
                    _("Its role, category or reduction is not in the study."),
                    _("Link the role again on the Role maps page."),
                )

    def memos(self) -> Iterator[Finding]:
        """A memo may outlive what it is about, but it must be about something."""
        _ = self._
        for row in self.rows.find(Memo):
            if row.about_kind not in ABOUT or not row.text.strip():
                yield Finding(
                    _("Memo {id} of {who}").format(id=row.id, who=row.created_by),
                    _("It is empty, or about something that no memo can be about."),
                    _("Write the memo again about the right thing and remove this one."),
                )

    def marks(self) -> Iterator[Finding]:
        for look in (checking_marks.hanging, checking_marks.quotes, checking_marks.likenesses):
            for told in look(self.rows, self._):
                yield Finding(*told)

    def log(self) -> Iterator[Finding]:
        """The log carried out from nothing must give every row as it is."""
        _ = self._
        told = replay(self.rows)
        for kind in KINDS.values():
            there = {row.id: to_row(row) for row in self.rows.find(kind.cls)}
            logged = told.rows[kind.name]
            for id in [*there, *(id for id in logged if id not in there)]:
                if logged.get(id) != there.get(id) and told.row(kind.name, id) != there.get(id):
                    yield Finding(
                        _("Decision log, {kind} {id}").format(kind=kind.name, id=id),
                        _("The study and the log disagree: the row was changed past the log."),
                        _("Compare with a backup; undo may refuse to touch this row."),
                    )
        for broken in told.breaks:
            yield Finding(
                _("Decision log, act {number}").format(number=broken.decision),
                _("It found {kind} {id} otherwise than the log tells until then.").format(
                    kind=broken.kind, id=broken.id
                ),
                _("Compare with a backup; undo may refuse to touch this row."),
            )
        for number in told.wrongly_marked:
            yield Finding(
                _("Decision log, act {number}").format(number=number),
                _("Whether it is in force is not what its undos and redos tell."),
                _("Compare with a backup; undo may refuse to touch this row."),
            )


def _numbers(bench: Workbench, translate: Callable[[str], str]) -> Iterator[Finding]:
    """Every number of the whole report must be what its evidence gives."""
    _ = translate
    report = reporting.report(bench, bench.language, list(reporting.Section))
    captions = {table.key: table.caption for table in report.tables()}
    for wrong in untraceable(report):
        yield Finding(
            _("Report, table “{caption}”, row {row}").format(
                caption=captions[wrong.table], row=wrong.row + 1
            ),
            _("The number is {value}, but its evidence gives {supported}.").format(
                value=wrong.value, supported=wrong.supported
            ),
            _("Do not publish the table. Tell the makers of the program."),
        )
