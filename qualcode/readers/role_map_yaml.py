"""Role map frames as YAML files: the roles of one actor and the guide for using the map.

A frame is a starting point. The study's own role map is made of it and may grow away from it.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from qualcode.domain.errors import FileProblem
from qualcode.readers.problems import ReadProblem
from qualcode.readers.yaml_fields import Fields, YamlReading, read_bytes
from qualcode.texts import N_

SHIPPED = Path(__file__).resolve().parents[2] / "codebooks" / "role_maps"
MAX_ROLES = 100
FRAME_FIELDS = (
    "id", "title_fi", "title_en", "actor_group", "theory_source", "note", "roles", "usage",
    "differences", "remarks",
)  # fmt: skip
ROLE_FIELDS = (
    "id", "name_fi", "name_en", "central", "descriptors_fi", "descriptors_en",
    "description_fi", "description_en", "sources",
)  # fmt: skip
USAGE_FIELDS = (
    "purposes_fi", "purposes_en", "principles_fi", "principles_en", "steps_fi", "steps_en",
    "record_fi", "record_en", "scale",
)  # fmt: skip
SCALE_FIELDS = ("symbol", "meaning_fi", "meaning_en", "target")
REMARK_FIELDS = ("fi", "en")


class BrokenRoleMapFrame(FileProblem):
    template = "{file}, line {line}: {what}"


@dataclass(frozen=True)
class FrameRole:
    """One role of a frame; the descriptors (luonnehdinnat) of the two languages go in pairs."""

    key: str
    name_fi: str
    name_en: str = ""
    central: bool = False
    descriptors_fi: tuple[str, ...] = ()
    descriptors_en: tuple[str, ...] = ()
    description_fi: str = ""
    description_en: str = ""
    sources: tuple[str, ...] = ()

    def name(self, language: str) -> str:
        return (self.name_en if language == "en" else self.name_fi) or self.name_fi or self.name_en

    def descriptors(self, language: str) -> tuple[str, ...]:
        mine = self.descriptors_en if language == "en" else self.descriptors_fi
        return mine or self.descriptors_fi or self.descriptors_en

    def description(self, language: str) -> str:
        mine = self.description_en if language == "en" else self.description_fi
        return mine or self.description_fi or self.description_en


@dataclass(frozen=True)
class ScaleStep:
    """A step of the self-assessment scale. ``target`` marks the best one, which is not the last:
    the scale is a profile and is never summed or averaged."""

    symbol: str
    meaning_fi: str
    meaning_en: str = ""
    target: bool = False


@dataclass(frozen=True)
class Remark:
    """A remark in both languages."""

    fi: str
    en: str = ""


@dataclass(frozen=True)
class UsageGuide:
    """How the map is used in a self-assessment discussion: what for, how, and what is noted."""

    purposes_fi: tuple[str, ...] = ()
    purposes_en: tuple[str, ...] = ()
    principles_fi: tuple[str, ...] = ()
    principles_en: tuple[str, ...] = ()
    steps_fi: tuple[str, ...] = ()
    steps_en: tuple[str, ...] = ()
    record_fi: tuple[str, ...] = ()
    record_en: tuple[str, ...] = ()
    scale: tuple[ScaleStep, ...] = ()


@dataclass(frozen=True)
class RoleMapFrame:
    """A role map to start from. ``differences`` tells where its published versions disagree,
    ``remarks`` what was said of it later."""

    key: str
    title_fi: str
    title_en: str = ""
    actor_group: str = ""
    theory_source: str = ""
    note: str = ""
    roles: tuple[FrameRole, ...] = ()
    usage: UsageGuide = UsageGuide()
    differences: tuple[Remark, ...] = ()
    remarks: tuple[Remark, ...] = ()
    problems: tuple[ReadProblem, ...] = ()

    def title(self, language: str) -> str:
        mine = self.title_en if language == "en" else self.title_fi
        return mine or self.title_fi or self.title_en


def read_role_map_frame_file(source: Path | str | bytes, file: str = "") -> RoleMapFrame:
    """The frame of a path or of uploaded bytes; ``file`` is the name used in messages."""
    raw, name = read_bytes(source, file)
    return read_role_map_frame(YamlReading(name, BrokenRoleMapFrame).decode(raw), name)


def read_role_map_frame(text: str, file: str) -> RoleMapFrame:
    """The frame written in ``text``. A map has at most one central role.

    Raises BrokenRoleMapFrame with the file, the line and what to do.
    """
    reading = YamlReading(file, BrokenRoleMapFrame)
    top = reading.top(text, FRAME_FIELDS)
    key = top.key("id")
    if not (top.text("title_fi").strip() or top.text("title_en").strip()):
        raise reading.broken(
            top.line, N_("the map has no title. Add a line “title_fi: ...” or “title_en: ...”.")
        )
    roles = _roles(top)
    usage = top.group("usage", USAGE_FIELDS)
    return RoleMapFrame(
        key=key,
        title_fi=top.text("title_fi"),
        title_en=top.text("title_en"),
        actor_group=top.text("actor_group"),
        theory_source=top.text("theory_source"),
        note=top.text("note"),
        roles=roles,
        usage=_usage(usage) if usage else UsageGuide(),
        differences=_remarks(top, "differences"),
        remarks=_remarks(top, "remarks"),
        problems=tuple(reading.problems),
    )


def shipped_role_map_frames(root: Path = SHIPPED) -> list[RoleMapFrame]:
    """The frames that come with the program, by title. A broken file raises its error."""
    paths = sorted(root.glob("*.yaml"))
    frames = [_frame(path, path.stat().st_mtime_ns, path.stat().st_size) for path in paths]
    return sorted(frames, key=lambda frame: frame.title("fi").casefold())


@lru_cache(maxsize=200)
def _frame(path: Path, changed: int, size: int) -> RoleMapFrame:
    """The frame of one file. ``changed`` and ``size`` only tell two states of it apart."""
    return read_role_map_frame_file(path)


def _roles(top: Fields) -> tuple[FrameRole, ...]:
    lines: dict[str, int] = {}
    central = ""
    roles = []
    for entry in top.items("roles", ROLE_FIELDS):
        key = entry.key("id")
        if key in lines:
            raise entry.reading.broken(
                entry.line_of("id"),
                N_("the role “{role}” is already on line {first}. Give one of them another id."),
                role=key,
                first=lines[key],
            )
        lines[key] = entry.line_of("id")
        role = _role(entry, key)
        if role.central and central:
            raise entry.reading.broken(
                entry.line_of("central"),
                N_(
                    "“{role}” and “{first}” are both central, but a map has one central role. "
                    "Remove the line from one of them."
                ),
                role=key,
                first=central,
            )
        central = key if role.central else central
        roles.append(role)
        if len(roles) > MAX_ROLES:
            raise entry.reading.broken(
                entry.line,
                N_("there are more than {limit} roles. Divide them into several maps."),
                limit=MAX_ROLES,
            )
    if not roles:
        top.reading.warn(top.line_of("roles"), "roles", N_("The map has no roles yet."))
    return tuple(roles)


def _role(entry: Fields, key: str) -> FrameRole:
    if not (entry.text("name_fi").strip() or entry.text("name_en").strip()):
        raise entry.reading.broken(
            entry.line,
            N_("the role “{role}” has no name. Add a line “name_fi: ...” or “name_en: ...”."),
            role=key,
        )
    role = FrameRole(
        key=key,
        name_fi=entry.text("name_fi"),
        name_en=entry.text("name_en"),
        central=entry.flag("central"),
        descriptors_fi=entry.texts("descriptors_fi"),
        descriptors_en=entry.texts("descriptors_en"),
        description_fi=entry.text("description_fi"),
        description_en=entry.text("description_en"),
        sources=entry.texts("sources"),
    )
    if not (role.description_fi.strip() or role.description_en.strip()):
        entry.reading.warn(
            entry.line, "description_fi", N_("The role “{role}” has no description."), role=key
        )
    counts = {len(role.descriptors_fi), len(role.descriptors_en)} - {0}
    if len(counts) > 1:
        entry.reading.warn(
            entry.line_of("descriptors_en"),
            "descriptors_en",
            N_("The role “{role}” has a different number of descriptors in the two languages."),
            role=key,
        )
    return role


def _usage(group: Fields) -> UsageGuide:
    texts = {field: group.texts(field) for field in USAGE_FIELDS if field != "scale"}
    return UsageGuide(
        scale=tuple(_step(step) for step in group.items("scale", SCALE_FIELDS)), **texts
    )


def _step(step: Fields) -> ScaleStep:
    return ScaleStep(
        symbol=step.required("symbol"),
        meaning_fi=step.required("meaning_fi"),
        meaning_en=step.text("meaning_en"),
        target=step.flag("target"),
    )


def _remarks(top: Fields, field: str) -> tuple[Remark, ...]:
    return tuple(
        Remark(entry.required("fi"), entry.text("en")) for entry in top.items(field, REMARK_FIELDS)
    )
