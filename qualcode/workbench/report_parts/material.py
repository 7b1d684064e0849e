"""Everything a report is made of, read from the study once, so that its parts agree."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from qualcode.domain.approaches import Study
from qualcode.domain.categories import Category, CategoryTree, Level, Placement, level_name
from qualcode.domain.codes import Code
from qualcode.domain.coding import Coding, ReducedExpression
from qualcode.domain.documents import (
    ClosedAnswer,
    Document,
    Item,
    Respondent,
    Segment,
    Source,
    question_name,
)
from qualcode.domain.memos import Memo
from qualcode.domain.role_comments import RoleComment
from qualcode.domain.role_maps import Role, RoleMap, RolePlacement
from qualcode.domain.role_pairs import RolePair
from qualcode.domain.role_traits import RoleTrait
from qualcode.exports.report import Alike, Trace
from qualcode.store.repository import Reading
from qualcode.store.views import EvidenceRow, ExpressionQuery, ExpressionRow
from qualcode.texts import gettext_for, ngettext_for, pgettext_for
from qualcode.workbench import memo_keeping, table_choices, whereabouts
from qualcode.workbench.bench import Workbench
from qualcode.workbench.form_binding import Binding, read_binding
from qualcode.workbench.memos import MemoRow, described
from qualcode.workbench.origins import Origin, origins_of, several
from qualcode.workbench.quoting.people import People
from qualcode.workbench.quoting.printing import Chosen, chosen_of
from qualcode.workbench.quoting.rules import rules
from qualcode.workbench.report_parts.permitted import Permitted, said
from qualcode.workbench.speaker_names import speaker_names

_AT_A_TIME = 2000
_WORDS = ("segment", "document")
"""The kinds of things that are somebody's words."""


@dataclass
class Material:
    """The study's rows as the report needs them. ``evidence`` has a row for each theme.

    ``noted``: (kind, id) of a passage or a text that a memo names -> whose words, of which text.
    ``theme_note`` tells which themes are told as one. ``texts`` are all of the material's, where a
    part prints them.
    """

    study: Study
    language: str
    tree: CategoryTree
    reductions: dict[str, ReducedExpression]
    evidence: list[EvidenceRow]
    expressions: dict[str, ExpressionRow]
    respondents: dict[str, Respondent]
    items: dict[str, Item]
    sources: dict[str, Source]
    closed: list[ClosedAnswer]
    role_maps: list[RoleMap]
    roles: list[Role]
    role_links: list[RolePlacement]
    aside: list[Document]
    documents: int
    show_labels: bool = False
    reviewing: bool = False
    binding: Binding = field(default_factory=Binding)
    memos: list[MemoRow] = field(default_factory=list)
    noted: dict[tuple[str, str], tuple[str, str]] = field(default_factory=dict)
    chosen: Chosen = field(default_factory=Chosen)
    traces: dict[str, Trace] = field(default_factory=dict)
    origins: dict[str, Origin] = field(default_factory=dict)
    role_pairs: list[RolePair] = field(default_factory=list)
    role_traits: list[RoleTrait] = field(default_factory=list)
    role_comments: list[RoleComment] = field(default_factory=list)
    theme_note: str = ""
    texts: list[Document] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._: Callable[[str], str] = gettext_for(self.language)
        self.pgettext: Callable[[str, str], str] = pgettext_for(self.language)
        self.ngettext: Callable[[str, str, int], str] = ngettext_for(self.language)

    # --- the tree ---------------------------------------------------------------------------

    @cached_property
    def parents(self) -> dict[str, str | None]:
        return {category.id: category.parent_id for category in self.tree.categories.values()}

    def level_name(self, level: Level) -> str:
        """What the study calls the level."""
        return level_name(level, self.study.level_names, self.language)

    def level_title(self, level: Level) -> str:
        """The same where it begins a heading or a sentence."""
        name = self.level_name(level)
        return name[:1].upper() + name[1:]

    def above(self, category_id: str | None, level: Level) -> Category | None:
        """The category's ancestor of that level, or the highest one below it."""
        if category_id is None or category_id not in self.tree.categories:
            return None
        reached = [c for c in self.tree.path(category_id) if c.level <= level]
        return max(reached, key=lambda c: c.level) if reached else None

    def result_level(self) -> Level:
        """The level whose categories are the results: main, or the highest one in use below it."""
        used = {category.level for category in self.tree.categories.values()}
        for level in (Level.MAIN_CATEGORY, Level.GENERIC_CATEGORY):
            if level in used:
                return level
        return Level.SUBCATEGORY

    @cached_property
    def reductions_in(self) -> dict[str, list[str]]:
        """Category -> its own reductions in their order."""
        found: dict[str, list[str]] = {}
        placements = sorted(self.tree.placements.values(), key=lambda p: (p.position, p.id))
        for placement in placements:
            found.setdefault(placement.category_id, []).append(placement.id)
        return found

    @cached_property
    def category_order(self) -> dict[str, int]:
        return {category.id: n for n, (_, category) in enumerate(self.tree.walk())}

    # --- who speaks -------------------------------------------------------------------------

    @cached_property
    def names(self) -> dict[str, str]:
        """Respondent -> what is printed after a quote."""
        return speaker_names(self.respondents.values(), self._, self.show_labels)

    def speaker(self, expression: ExpressionRow) -> str:
        """What is printed after a quote of this expression; of a workshop's note also that."""
        if expression.respondent_id is not None:
            name = self.names.get(expression.respondent_id, "")
        else:
            name = expression.actor_group or self._("no respondent")
        origin = self.origins.get(expression.document_id)
        if self.tells_origin and origin is not None and origin.is_workshop:
            return ", ".join(part for part in (name, origin.sort(self._)) if part)
        return name

    # --- where it was said ------------------------------------------------------------------

    @cached_property
    def tells_origin(self) -> bool:
        """Whether workshop notes have to be told apart from other texts."""
        return several(self.origins.values())

    def origin_of(self, segment_id: str) -> Origin | None:
        return self.origins.get(self.expressions[segment_id].document_id)

    def groups(self, named: Iterable[str]) -> list[str]:
        """The actor groups in the order of the study's respondents, others after them."""
        order = sorted(self.respondents.values(), key=lambda r: (r.position, r.id))
        known = dict.fromkeys(respondent.actor_group for respondent in order)
        wanted = set(named)
        return [group for group in [*known, *sorted(wanted - set(known))] if group in wanted]

    # --- evidence ---------------------------------------------------------------------------

    @cached_property
    def people(self) -> People:
        """Who of the respondents consents to being quoted."""
        return People(self.respondents, rules(self.study))

    @cached_property
    def permitted(self) -> Permitted:
        """Which words may be printed."""
        return Permitted(self.people, self.chosen, self.expressions, self.language)

    def cite(self, segment_ids: Sequence[str]) -> tuple[str, ...]:
        """The ids as evidence of a number, each known to the report from now on."""
        for segment_id in segment_ids:
            if segment_id not in self.traces:
                expression = self.expressions[segment_id]
                self.traces[segment_id] = Trace(
                    segment_id,
                    expression.document_id,
                    expression.respondent_id,
                    speaker=self.speaker(expression),
                    text=self.chosen.edited.get(segment_id, expression.text),
                    question=question_name(expression.item_number, expression.item_text),
                    place=whereabouts.place(self.reviewing, expression.provenance),
                    order=(0, self._place_of[segment_id]),
                    withheld=self.permitted.withheld(segment_id),
                )
        return tuple(segment_ids)

    @cached_property
    def _place_of(self) -> dict[str, int]:
        return {id: n for n, id in enumerate(self.expressions)}

    def _question(self, item_id: str | None) -> str:
        item = self.items.get(item_id or "")
        return question_name(item.number, item.text) if item else ""

    def cite_documents(self, documents: Iterable[Document]) -> tuple[str, ...]:
        found = tuple(documents)
        for document in found:
            who = document.respondent_id
            name = self.names.get(who or "", "")
            self.traces[document.id] = Trace(
                document.id,
                document.id,
                who,
                speaker=name,
                text=document.text,
                question=self._question(document.item_id),
                place=whereabouts.place(self.reviewing, document.provenance),
                order=(1, document.position),
                withheld=self.permitted.withheld_text(document),
            )
        return tuple(document.id for document in found)

    def cite_closed(self, answers: Iterable[ClosedAnswer]) -> tuple[str, ...]:
        found = tuple(answers)
        for answer in found:
            self.traces[answer.id] = self._closed(answer)
        return tuple(answer.id for answer in found)

    def _closed(self, answer: ClosedAnswer) -> Trace:
        """A file lists it as one with all that say the same, whatever names are asked for: one by
        one, side by side, they would tell who has answered."""
        who, group = answer.respondent_id, self.group_of(answer)
        item = self.items[answer.item_id]
        why = self.permitted.withheld_answer(answer)
        text = "" if why else said(answer, item.kind, self._)
        where = answer.provenance
        column = whereabouts.place(self.reviewing, replace(where, row=None))
        key = "|".join((answer.item_id, group, answer.state, column, why or "", text))
        return Trace(
            answer.id,
            None,
            who,
            answer.count,
            self.names.get(who or "", group),
            text=text,
            question=question_name(item.number, item.text),
            place=whereabouts.place(self.reviewing, where),
            order=(2, item.position),
            withheld=why,
            alike=Alike(key, group, column),
        )

    def group_of(self, answer: ClosedAnswer) -> str:
        """The actor group of a closed answer: its own, or that of who gave it."""
        if answer.actor_group or answer.respondent_id is None:
            return answer.actor_group
        return self.respondents[answer.respondent_id].actor_group

    def wording(self, reduction_id: str) -> str:
        return self.reductions[reduction_id].wording


def read(
    bench: Workbench,
    language: str,
    *,
    show_labels: bool,
    themes_from: str | None,
    with_memos: bool = False,
    with_texts: bool = False,
) -> Material:
    """The material of the open study.

    The theme of an expression is that of its question. Where no question has a theme, or
    ``themes_from`` names a codebook, it is the code on the expression: one row for each theme.
    """
    study = bench.study()
    with bench.store.reading() as rows:
        evidence = rows.evidence()
        only_noted = memo_keeping.only_noted(rows)
        expressions = {
            row.segment_id: row
            for row in _all_expressions(rows)
            if row.segment_id not in only_noted
        }
        merged = table_choices.merged(study)
        if themes_from is not None or not any(row.theme for row in evidence):
            told = _code_names(rows, themes_from, language)
            evidence = _with_code_themes(rows, evidence, expressions, themes_from, told | merged)
        else:
            told = {row.theme: row.theme for row in evidence}
            evidence = [replace(row, theme=merged.get(row.theme, row.theme)) for row in evidence]
        theme_note = table_choices.note(study, told, gettext_for(language))
        memos, noted = _memos(rows, language) if with_memos else ([], {})
        return Material(
            study=study,
            language=language,
            tree=CategoryTree.of(rows.find(Category), rows.find(Placement)),
            reductions={row.id: row for row in rows.find(ReducedExpression)},
            evidence=evidence,
            expressions=expressions,
            respondents={row.id: row for row in rows.find(Respondent)},
            items={row.id: row for row in rows.find(Item)},
            sources={row.id: row for row in rows.find(Source)},
            closed=rows.find(ClosedAnswer),
            role_maps=sorted(rows.find(RoleMap), key=lambda m: (m.position, m.title, m.id)),
            roles=sorted(rows.find(Role), key=lambda r: (r.position, r.name, r.id)),
            role_links=rows.find(RolePlacement),
            role_pairs=rows.find(RolePair),
            role_traits=rows.find(RoleTrait),
            role_comments=rows.find(RoleComment),
            aside=sorted(rows.find(Document, set_aside=True), key=lambda d: (d.position, d.id)),
            documents=rows.count(Document),
            show_labels=show_labels and not bench.reviewing,
            reviewing=bench.reviewing,
            binding=read_binding(rows),
            origins=origins_of(rows, (row.document_id for row in expressions.values())),
            memos=memos,
            noted=noted,
            chosen=chosen_of(rows, study),
            theme_note=theme_note,
            texts=rows.find(Document) if with_texts else [],
        )


def _memos(
    rows: Reading, language: str
) -> tuple[list[MemoRow], dict[tuple[str, str], tuple[str, str]]]:
    """Every memo, and whose words those are that they are about or point at."""
    found = described(rows, rows.find(Memo), language)
    named = [thing for row in found for thing in (row.about, *row.links.values())]
    about = {kind: {thing.id for thing in named if thing.kind == kind} for kind in _WORDS}
    segments = rows.find(Segment, id=tuple(sorted(about["segment"])))
    wanted = about["document"] | {segment.document_id for segment in segments}
    speaker = {d.id: d.respondent_id or "" for d in rows.find(Document, id=tuple(sorted(wanted)))}
    noted = {("segment", s.id): (speaker.get(s.document_id, ""), s.document_id) for s in segments}
    return found, noted | {("document", id): (who, id) for id, who in speaker.items()}


def _all_expressions(rows: Reading) -> Iterable[ExpressionRow]:
    offset = 0
    while True:
        page = rows.expressions(ExpressionQuery(), offset, _AT_A_TIME)
        yield from page.rows
        offset += len(page.rows)
        if not page.rows or offset >= page.total:
            return


def _with_code_themes(
    rows: Reading,
    evidence: list[EvidenceRow],
    expressions: dict[str, ExpressionRow],
    codebook_id: str | None,
    names: Mapping[str, str],
) -> list[EvidenceRow]:
    """Each row once for every code that lies on its expression, overlaps counted.

    ``names``: code -> the theme that it is told as.
    """
    codes = _theme_codes(rows, codebook_id)
    by_document: dict[str, list[tuple[Segment, Code]]] = {}
    segments = {segment.id: segment for segment in rows.find(Segment)}
    for coding in rows.find(Coding):
        if coding.code_id in codes:
            segment = segments[coding.segment_id]
            by_document.setdefault(segment.document_id, []).append((segment, codes[coding.code_id]))
    themed = []
    for row in evidence:
        place = expressions[row.segment_id]
        found = {
            code.id: code
            for segment, code in by_document.get(row.document_id, ())
            if segment.start < place.end and place.start < segment.end
        }
        order = sorted(found.values(), key=lambda code: (code.position, code.key))
        labels = dict.fromkeys(names[code.id] for code in order) or {"": None}
        themed += [replace(row, theme=label) for label in labels]
    return themed


def _theme_codes(rows: Reading, codebook_id: str | None) -> dict[str, Code]:
    return {
        code.id: code
        for code in rows.find(Code)
        if codebook_id is None or code.codebook_id == codebook_id
    }


def _code_names(rows: Reading, codebook_id: str | None, language: str) -> dict[str, str]:
    return {id: code.label(language) for id, code in _theme_codes(rows, codebook_id).items()}
