"""The papers of a role map: its guide, an empty form, and a discussion that has been filled in."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from qualcode.domain.discussions import TALK_FIELDS, Discussion, Purpose, RoleTalk
from qualcode.domain.role_maps import Role, RoleMap
from qualcode.domain.role_traits import Step
from qualcode.exports.role_figure import draw
from qualcode.exports.role_paper import Blank, Drawing, PaperRole, RolePaper, Section
from qualcode.exports.role_profile import draw_course, draw_profile, in_words
from qualcode.texts import N_, gettext_for
from qualcode.workbench import discussing, role_pairing
from qualcode.workbench.bench import Workbench
from qualcode.workbench.messages import day_of
from qualcode.workbench.role_evidence import figure_of
from qualcode.workbench.role_guides import Reader, frame_of, guide_of
from qualcode.workbench.role_pairing import CounterRole
from qualcode.workbench.role_profiles import lines_of, up_to, words_for
from qualcode.workbench.role_words import COMPANIES, FIELDS, PURPOSES, STEPS, sign

Translate = Callable[[str], str]

_CLOSING = ("relations", "assessed_by", "next_day")
_CONFIDENTIAL = N_("Confidential")
_LINES = {"examples": 2, "plan": 2, "relations": 3, "assessed_by": 2}


def blank_paper(
    bench: Workbench,
    role_map: RoleMap,
    roles: Sequence[Role],
    reader: Reader,
    language: str,
    guide: bool = True,
    form: bool = True,
) -> RolePaper:
    """The guide, the form for a pen, or both. The roles in their order, the central one first."""
    _ = gettext_for(language)
    shown = [_in_language(role, role_map, language) for role in roles]
    ordered = sorted(shown, key=lambda role: (not role.central, role.position, role.name))
    told = guide_of(role_map, reader, language, _)
    title = _title(role_map, language)
    sections = (
        Section(_("What the map is for"), told.purposes),
        Section(_("Keep in mind"), told.principles),
        Section(_("How to go through it"), told.steps, numbered=True),
    )
    counters = role_pairing.counter_roles(bench, role_map.id)
    return RolePaper(
        title=_("{title}: guide").format(title=title)
        if not form
        else _("{title}: form").format(title=title)
        if not guide
        else _("{title}: guide and form").format(title=title),
        language=language,
        made_at=bench.clock(),
        steps=_steps(_),
        target=_("target"),
        figure=_figure(ordered, title, language) if guide else None,
        guide=sections if guide else (),
        scale_heading=_("The scale") if guide else "",
        form_heading=_("Form for the discussion") if form else "",
        heads=tuple(
            Blank(label) for label in (_("Who (a pseudonym)"), _("With whom"), _("Day"), _("Place"))
        ),
        roles=tuple(
            PaperRole(
                role.name,
                role.descriptors,
                role.description,
                _counter(counters.get(role.id, ()), language, _),
                blanks=tuple(
                    Blank(_(FIELDS[field]), lines=_LINES.get(field, 1)) for field in TALK_FIELDS
                ),
            )
            for role in (ordered if form else ())
        ),
        closing_heading=_("In closing"),
        closing=tuple(Blank(_(FIELDS[field]), lines=_LINES.get(field, 1)) for field in _CLOSING),
    )


def filled_paper(
    bench: Workbench, discussion: Discussion, found: Sequence[Discussion], language: str
) -> RolePaper:
    """A discussion as it was noted, with its profile and the change since earlier ones."""
    _ = gettext_for(language)
    course = up_to(found, discussion)
    talks = discussing.talks_of(bench, [one.id for one in course])
    with bench.store.reading() as rows:
        roles = {role.id: role for role in rows.find(Role, map_id=discussion.map_id)}
    company = " ".join([_(COMPANIES[discussion.company]), discussion.companion]).strip()
    purpose = "" if discussion.purpose is Purpose.WORK else _(PURPOSES[discussion.purpose])
    closing = {
        "relations": discussion.relations,
        "assessed_by": discussion.assessed_by,
        "next_day": _day(discussion.next_day),
    }
    return RolePaper(
        title=_("Self-assessment: {title}").format(title=discussion.map_title),
        subtitle=purpose,
        language=language,
        made_at=bench.clock(),
        steps=_steps(_),
        target=_("target"),
        form_heading=_("Discussion"),
        heads=(
            Blank(_("Who (a pseudonym)"), discussion.person),
            Blank(_("With whom"), company),
            Blank(_("Day"), _day(discussion.day)),
            Blank(_("Place"), discussion.place),
        ),
        roles=tuple(_filled(talk, roles, _) for talk in talks[discussion.id]),
        closing_heading=_("In closing") if any(closing.values()) else "",
        closing=tuple(Blank(_(FIELDS[field]), text) for field, text in closing.items())
        if any(closing.values())
        else (),
        profiles=_profiles(course, talks, _),
        profile_heading=_("Profile"),
        filled=True,
        foot=_(_CONFIDENTIAL),
    )


def _filled(talk: RoleTalk, roles: Mapping[str, Role], _: Translate) -> PaperRole:
    role = roles.get(talk.role_id)
    return PaperRole(
        talk.role_name,
        role.descriptors if role else (),
        step=talk.step,
        blanks=tuple(Blank(_(FIELDS[field]), getattr(talk, field)) for field in TALK_FIELDS),
    )


def _profiles(
    course: Sequence[Discussion], talks: Mapping[str, Sequence[RoleTalk]], _: Translate
) -> tuple[Drawing, ...]:
    lines = lines_of(course, talks)
    if not lines:
        return ()
    days, words = [_day(one.day) for one in course], words_for(_)
    alt = in_words(lines, days, words)
    profile = Drawing(draw_profile(lines, days, words), alt, 16.5)
    if len(course) == 1:
        return (profile,)
    return profile, Drawing(draw_course(lines, days, words), alt, 16.5)


def _figure(roles: Sequence[Role], title: str, language: str) -> Drawing | None:
    if not roles:
        return None
    told = "; ".join(
        f"{role.name} ({', '.join(role.descriptors)})" if role.descriptors else role.name
        for role in roles
    )
    return Drawing(draw(figure_of(roles, language=language)), f"{title}: {told}.", 9.0)


def _steps(_: Translate) -> dict[Step, tuple[str, str]]:
    return {step: (sign(step), _(STEPS[step])) for step in Step}


def _counter(counters: Sequence[CounterRole], language: str, _: Translate) -> str:
    names = [_in_language(one.role, one.role_map, language).name for one in counters]
    return _("Counter-role: {name}").format(name=", ".join(names)) if names else ""


def _day(iso: str) -> str:
    return day_of(date.fromisoformat(iso)) if iso else ""


# --- a map made from a frame, in the frame's other language --------------------------------------


def _title(role_map: RoleMap, language: str) -> str:
    frame = frame_of(role_map)
    known = frame is not None and role_map.title in (frame.title_fi, frame.title_en)
    return frame.title(language) if frame is not None and known else role_map.title


def _in_language(role: Role, role_map: RoleMap, language: str) -> Role:
    """The role as the frame says it in the language, as far as it still is the frame's role.

    Words that the analyst has written stay as they are: nothing is translated by a machine.
    """
    frame = frame_of(role_map)
    for one in frame.roles if frame else ():
        if role.name in (one.name_fi, one.name_en):
            same = {
                "descriptors": role.descriptors in (one.descriptors_fi, one.descriptors_en),
                "description": role.description in (one.description_fi, one.description_en),
            }
            return Role(
                role.id,
                role.map_id,
                one.name(language),
                role.central,
                one.descriptors(language) if same["descriptors"] else role.descriptors,
                one.description(language) if same["description"] else role.description,
                role.sources,
                role.position,
            )
    return role
