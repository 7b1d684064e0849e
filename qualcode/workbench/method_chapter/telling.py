"""The draft as sentences, each with the numbers of the decisions in the log that it rests on."""

from __future__ import annotations

from qualcode.domain.approaches import Approach
from qualcode.domain.categories import level_name
from qualcode.domain.decisions import Act, Decision
from qualcode.texts import N_
from qualcode.workbench.messages import act_sentence
from qualcode.workbench.method_chapter import telling_material
from qualcode.workbench.method_chapter.course import Phase, Stretch
from qualcode.workbench.method_chapter.told import Known, Part, Told, Translate, day_of, when
from qualcode.workbench.report_parts.suggestions import HOW, SINCE
from qualcode.workbench.suggesting.options import Shown
from qualcode.workbench.worth import plain
from qualcode.workbench.worth.telling import engine_name, method_paragraph

MOST_NOTABLE = 6
HEADINGS = {
    Phase.MATERIAL: N_("The material"),
    Phase.CODES: N_("The frame of the analysis"),
    Phase.CODING: N_("Coding the texts"),
    Phase.REDUCING: N_("Reducing the expressions"),
    Phase.GROUPING: N_("Grouping into categories"),
    Phase.ROLES: N_("Role maps"),
}

APPROACHES = {
    Approach.DATA_DRIVEN: N_(
        "The material was analysed by data-driven content analysis: the categories were formed "
        "from the material."
    ),
    Approach.THEORY_GUIDED: N_(
        "The material was analysed by theory-guided content analysis: the analysis began from the "
        "material, and theory was brought in as the categories were formed."
    ),
    Approach.THEORY_DRIVEN: N_(
        "The material was analysed by theory-driven content analysis: the frame of the analysis "
        "was there before the material was read."
    ),
}


def draft(known: Known, translate: Translate) -> list[Part]:
    """The parts in the order the work was begun; what was not done is not told."""
    _ = translate
    parts = [_opening(known, _)]
    tellers = {
        Phase.MATERIAL: telling_material.told,
        Phase.CODES: _codes,
        Phase.CODING: _coding,
        Phase.REDUCING: _reducing,
        Phase.GROUPING: _grouping,
        Phase.ROLES: _roles,
    }
    for phase in known.course.in_order():
        told = tellers[phase](known, known.course.phases[phase], _)
        if told:
            parts.append(Part(_(HEADINGS[phase]), tuple(told)))
    for heading, told in (
        (_("Suggestions of the program"), _suggestions(known, _)),
        (_("Agreement of the coders"), _agreement(known, _)),
        (_("How the analysis can be traced"), _trail(known, _)),
    ):
        if told:
            parts.append(Part(heading, tuple(told)))
    return [part for part in parts if part.told]


def _opening(known: Known, _: Translate) -> Part:
    course = known.course
    told = [Told(_(APPROACHES[known.study.approach]))]
    order = [phase for phase in course.in_order() if phase is not Phase.MATERIAL]
    if len(order) > 1:
        steps = ", ".join(
            _(HEADINGS[phase])[:1].lower() + _(HEADINGS[phase])[1:] for phase in order
        )
        first = tuple(course.phases[phase].ids[0] for phase in order)
        told.append(
            Told(_("The work was begun in this order: {steps}.").format(steps=steps), first)
        )
    return Part(_("How the analysis was made"), tuple(told))


def _codes(known: Known, stretch: Stretch, _: Translate) -> list[Told]:
    names = "; ".join(
        f"{book.name(known.language)} ({book.theory_source})"
        if book.theory_source
        else book.name(known.language)
        for book in known.counts.books
    )
    told = []
    if names:
        text = _("Codebooks in use: {books}.").format(books=names)
        told.append(Told(text, stretch.numbers(Act.TAKE_CODEBOOK, Act.ADD_CODE)))
    changes = {
        _("codes added"): stretch.numbers(Act.ADD_CODE),
        _("codes changed"): stretch.numbers(Act.EDIT_CODE),
        _("codes merged"): stretch.numbers(Act.MERGE_CODES),
        _("codes removed"): stretch.numbers(Act.REMOVE_CODE),
    }
    told += _changed(_("The codebook lived during the work: {changes}."), changes)
    return told


def _coding(known: Known, stretch: Stretch, _: Translate) -> list[Told]:
    found = known.counts.progress
    told = [
        Told(
            _("The texts were coded {when} by {coders}.").format(
                when=when(stretch, known.language), coders=_coders(stretch, _)
            ),
            tuple(stretch.ids),
        ),
        Told(
            _("Codings given: {codings}, with {codes} different codes, in {texts} texts.").format(
                codings=found.codings,
                codes=known.counts.codes_used,
                texts=found.coded_documents,
            ),
            tuple(stretch.ids),
        ),
    ]
    changes = {
        _("passages given another code"): stretch.numbers(Act.RECODE),
        _("spans changed"): stretch.numbers(Act.STRETCH, Act.SPLIT_CODING, Act.MERGE_CODINGS),
        _("codings taken off"): stretch.numbers(Act.UNCODE),
    }
    return told + _changed(_("The coding was corrected on the way: {changes}."), changes)


def _reducing(known: Known, stretch: Stretch, _: Translate) -> list[Told]:
    found = known.counts.progress
    told = [
        Told(
            _("The original expressions were reduced {when} by {coders}.").format(
                when=when(stretch, known.language), coders=_coders(stretch, _)
            ),
            tuple(stretch.ids),
        ),
        Told(
            _("Reduced expressions: {reductions}, from {texts} texts.").format(
                reductions=found.reductions, texts=found.reduced_documents
            ),
            stretch.numbers(Act.REDUCE, Act.LINK_REDUCTION),
        ),
    ]
    changes = {
        _("reductions reworded"): stretch.numbers(Act.REWORD),
        _("reductions merged"): stretch.numbers(Act.MERGE_REDUCTIONS),
        _("reductions split"): stretch.numbers(Act.SPLIT_REDUCTION),
    }
    return told + _changed(_("The reductions were worked on: {changes}."), changes)


def _grouping(known: Known, stretch: Stretch, _: Translate) -> list[Told]:
    found = known.counts.progress
    levels = ", ".join(
        f"{level_name(level, known.study.level_names, known.language)} ({count})"
        for level, count in sorted(known.counts.levels.items())
    )
    told = [
        Told(
            _("The reduced expressions were grouped {when} by {coders}.").format(
                when=when(stretch, known.language), coders=_coders(stretch, _)
            ),
            tuple(stretch.ids),
        ),
        Told(
            _(
                "Of {reductions} reduced expressions {placed} were placed in a category. "
                "Categories by level: {levels}."
            ).format(reductions=found.reductions, placed=found.placed, levels=levels or "–"),
            stretch.numbers(Act.ADD_CATEGORY, Act.PLACE, Act.MOVE_CATEGORY),
        ),
    ]
    changes = {
        _("categories renamed"): stretch.numbers(Act.RENAME_CATEGORY),
        _("categories moved"): stretch.numbers(Act.MOVE_CATEGORY),
        _("categories merged"): stretch.numbers(Act.MERGE_CATEGORIES),
        _("categories split"): stretch.numbers(Act.SPLIT_CATEGORY),
        _("categories removed"): stretch.numbers(Act.REMOVE_CATEGORY),
    }
    told += _changed(_("The tree was rebuilt on the way: {changes}."), changes)
    notable = sorted(
        known.course.notable, key=lambda d: (d.act is not Act.MERGE_CATEGORIES, -d.id)
    )[:MOST_NOTABLE]
    if notable:
        listed = "; ".join(
            f"{day_of(d.at, known.language)} {_notable(d, _)}"
            for d in sorted(notable, key=lambda d: d.id)
        )
        text = _("Changes of note: {changes}.").format(changes=listed)
        told.append(Told(text, tuple(sorted(d.id for d in notable))))
    return told


def _roles(known: Known, stretch: Stretch, _: Translate) -> list[Told]:
    found = known.counts.progress
    return [
        Told(
            _("Role maps were drawn {when}: maps {maps}, roles {roles}.").format(
                when=when(stretch, known.language), maps=found.role_maps, roles=found.roles
            ),
            tuple(stretch.ids),
        )
    ]


def _suggestions(known: Known, _: Translate) -> list[Told]:
    course, told = known.course, []
    switched = tuple(d.id for d in course.shown)
    if known.shown is Shown.OFF:
        # What was decided about suggestions is told below: they have not been off all the time.
        met = SINCE if course.accepted or course.dismissed else HOW
        text = _(met[Shown.OFF])
        told.append(Told(text, switched))
    elif known.shown is Shown.BLIND:
        text = _(
            "Suggested codes and places were hidden until the person had decided, and then "
            "compared."
        )
        told.append(Told(text, switched))
    if course.engines:
        engines = [str(d.summary["engine"]) for d in course.engines if d.summary.get("engine")]
        names = ", ".join(dict.fromkeys(engine_name(name, _) for name in engines))
        if names:
            text = _("Chosen to tell how near two texts are: {engines}.").format(engines=names)
            told.append(Told(text, tuple(d.id for d in course.engines)))
    taken = method_paragraph(None, plain.of_past(known.past), _)
    if taken:
        told.append(Told(taken, tuple(sorted((*course.accepted, *course.dismissed)))))
        told.append(Told(_("A suggestion was never taken as such: each was accepted by a person.")))
    return told


def _agreement(known: Known, _: Translate) -> list[Told]:
    found = known.counts.agreement
    coding = known.course.phases.get(Phase.CODING)
    if found is None:
        return []
    value = "–" if found.alpha is None else f"{found.alpha:.2f}"
    if known.language == "fi":
        value = value.replace(".", ",")
    text = _(
        "Coders: {coders}. Texts coded by at least two: {texts}. Of every such text and code it "
        "was compared whether each coder gave it: the same in {same} % of the cases, "
        "Krippendorff's alpha {alpha}."
    ).format(coders=found.coders, texts=found.texts, same=round(found.same * 100), alpha=value)
    return [Told(text, tuple(coding.ids) if coding else ())]


def _trail(known: Known, _: Translate) -> list[Told]:
    course = known.course
    told = [
        Told(
            _(
                "Every decision stands in the program's log with its maker and time: {all} "
                "decisions in all."
            ).format(all=course.everything)
        )
    ]
    if course.taken_back:
        text = _("Taken back by their makers: {count}.").format(count=len(course.taken_back))
        told.append(Told(text, tuple(course.taken_back)))
    return told


_DONE = {
    Act.MERGE_CATEGORIES: N_("merged {merged} into “{category}”"),
    Act.RENAME_CATEGORY: N_("the category “{before}” was renamed “{category}”"),
    Act.SPLIT_CATEGORY: N_("of “{before}” a part became the category “{category}”"),
    Act.REMOVE_CATEGORY: N_("the category “{category}” was removed"),
}
"""What was done to categories, with whole names and nobody as its subject, as chapters tell it."""


def _notable(decision: Decision, _: Translate) -> str:
    said = decision.summary
    merged = said.get("merged")
    several = decision.act is Act.REMOVE_CATEGORY and said.get("count") not in (None, 1)
    needed = {"category", *(["before"] if "{before}" in _DONE[decision.act] else [])}
    older = decision.act is Act.MERGE_CATEGORIES and not isinstance(merged, list | tuple)
    if several or older or not needed <= said.keys():
        return act_sentence(decision, _)
    named = merged if isinstance(merged, list | tuple) else ()
    names = ", ".join(_("“{text}”").format(text=name) for name in named)
    return _(_DONE[decision.act]).format(**{**said, "merged": names})


# --- pieces -------------------------------------------------------------------------------------


def _changed(sentence: str, changes: dict[str, tuple[int, ...]]) -> list[Told]:
    """What was changed and how often, when something was."""
    there = {name: ids for name, ids in changes.items() if ids}
    if not there:
        return []
    listed = ", ".join(f"{name} {len(ids)}" for name, ids in there.items())
    sources = tuple(sorted(id for ids in there.values() for id in ids))
    return [Told(sentence.format(changes=listed), sources)]


def _coders(stretch: Stretch, _: Translate) -> str:
    count = len(stretch.coders)
    return _("one coder") if count == 1 else _("{n} coders").format(n=count)
