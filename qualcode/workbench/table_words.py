"""What every table on the screen needs: its language, its tree, the order of groups and themes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from qualcode.domain.approaches import Study
from qualcode.domain.categories import Category, CategoryTree, Level, level_name
from qualcode.domain.codes import Code, Codebook
from qualcode.domain.documents import Item
from qualcode.domain.errors import UnknownRow
from qualcode.store.cross_query import Axis, Side
from qualcode.store.repository import Reading
from qualcode.texts import gettext_for, ngettext_for, pgettext_for
from qualcode.workbench import table_choices
from qualcode.workbench.bench import STUDY_ID

FROM_QUESTIONS = ""
"""Themes are those of the questions; otherwise a codebook's id is named."""


@dataclass(frozen=True)
class TableWords:
    """The study's names as a table needs them; a few hundred rows, whatever the material."""

    study: Study
    language: str
    tree: CategoryTree
    group_order: tuple[str, ...]
    codes: Mapping[str, Code]
    question_themes: tuple[str, ...]

    @property
    def _(self) -> Callable[[str], str]:
        return gettext_for(self.language)

    @property
    def pgettext(self) -> Callable[[str, str], str]:
        return pgettext_for(self.language)

    @property
    def ngettext(self) -> Callable[[str, str, int], str]:
        return ngettext_for(self.language)

    def groups(self, named: Iterable[str]) -> list[str]:
        """The actor groups in the order of the study's respondents, others after them."""
        wanted = set(named)
        known = [group for group in self.group_order if group in wanted]
        return [*known, *sorted(wanted - set(known))]

    def level_name(self, level: Level) -> str:
        return level_name(level, self.study.level_names, self.language)

    # --- sides ---

    @cached_property
    def upwards(self) -> Side:
        """Every category counts in itself and in all above it."""
        return Side(
            Axis.CATEGORY,
            pairs=tuple(
                (id, above.id) for id in self.tree.categories for above in self.tree.path(id)
            ),
        )

    @cached_property
    def results(self) -> Side:
        """Every category counts in the lowest result category on its way up."""
        level = self.result_level
        pairs = []
        for id in self.tree.categories:
            way = self.tree.path(id)[::-1]
            found = next((c for c in way if c.level == level or _alone(c, level)), None)
            if found is not None:
                pairs.append((id, found.id))
        return Side(Axis.CATEGORY, pairs=tuple(pairs))

    @cached_property
    def result_level(self) -> Level:
        """The level whose categories are the results: main, or the highest in use below it."""
        used = {category.level for category in self.tree.categories.values()}
        for level in (Level.MAIN_CATEGORY, Level.GENERIC_CATEGORY):
            if level in used:
                return level
        return Level.SUBCATEGORY

    @cached_property
    def category_order(self) -> dict[str, int]:
        return {category.id: n for n, (_, category) in enumerate(self.tree.walk())}

    def themes_from(self, codebook_id: str) -> Side:
        """Themes as a side: of the questions, or the codes of a codebook; merged as chosen."""
        renamed = table_choices.merged(self.study)
        if codebook_id == FROM_QUESTIONS:
            return Side(Axis.THEME, renamed=renamed)
        named = tuple(self.codes_of(codebook_id))
        mine = {code: name for code, name in renamed.items() if code in set(named)}
        return Side(Axis.CODE, named=named, renamed=mine, lacking=True)

    def codes_of(self, codebook_id: str) -> list[str]:
        """The codes of a codebook in its order: degrees stay in theirs."""
        found = [code for code in self.codes.values() if code.codebook_id == codebook_id]
        return [code.id for code in sorted(found, key=lambda code: (code.position, code.key))]

    def theme_names(self, codebook_id: str) -> dict[str, str]:
        """Theme -> what it is called, each by itself, in their order."""
        if codebook_id == FROM_QUESTIONS:
            return {theme: theme for theme in self.question_themes}
        return {id: self.code(id) for id in self.codes_of(codebook_id)}

    def theme_order(self, codebook_id: str) -> dict[str, str]:
        """What a table's themes are -> how they read, merged, in the order of the first parts."""
        renamed = table_choices.merged(self.study)
        names = self.theme_names(codebook_id)
        return {
            renamed.get(theme, theme): renamed.get(theme, name) for theme, name in names.items()
        }

    def code(self, code_id: str) -> str:
        code = self.codes.get(code_id)
        return code.label(self.language) if code else code_id


def read(rows: Reading, language: str) -> TableWords:
    """The words of the open study."""
    study = rows.get(Study, STUDY_ID)
    if study is None:
        raise UnknownRow(kind="study", id=STUDY_ID)
    items = sorted(rows.find(Item), key=lambda item: (item.position, item.id))
    groups = [line.actor_group for line in sorted(rows.returned(), key=lambda line: line.first)]
    in_use = {book.id for book in rows.find(Codebook, in_use=True)}
    return TableWords(
        study,
        language,
        CategoryTree.of(rows.find(Category), ()),
        tuple(dict.fromkeys(groups)),
        {code.id: code for code in rows.find(Code) if code.codebook_id in in_use},
        tuple(dict.fromkeys(item.theme for item in items if item.theme)),
    )


def _alone(category: Category, level: Level) -> bool:
    """A category under nothing that never reaches the level of results is a result itself."""
    return category.level < level and category.parent_id is None
