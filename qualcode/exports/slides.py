"""A wall as slides: one of the whole, then a quadrant at a time with its groups and notes.

Texts are real texts in PowerPoint, so that a slide can still be edited. What does not fit on one
slide goes on to the next; nothing is made too small to read.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.enum.shapes import MSO_SHAPE
from pptx.enum.text import MSO_ANCHOR
from pptx.util import Inches, Pt

from qualcode.exports.fonts import SEMIBOLD, width

_WIDE, _HIGH, _EDGE = 13.333, 7.5, 0.4
_INK = RGBColor(0x1D, 0x2B, 0x33)
_HUES = ("15803D", "B45309", "1D4ED8", "B91C1C", "6B7280")
_HEADING, _OVERVIEW = 20, 18
_GROUP, _NOTE = 24, 22
"""Sizes of letters, in points: of the whole wall, and of a quadrant's own slide."""

_LINES_A_SLIDE = 15
_CHARACTERS = 11.9 * 72
"""How wide a line of a quadrant's slide is, in points."""


@dataclass(frozen=True)
class SlideGroup:
    """Notes under a name; without one they hang loose."""

    name: str
    notes: tuple[str, ...]


@dataclass(frozen=True)
class SlideField:
    """A quadrant. ``title`` is its heading."""

    title: str
    groups: tuple[SlideGroup, ...]

    @property
    def count(self) -> int:
        return sum(len(group.notes) for group in self.groups)


@dataclass(frozen=True)
class SlideWall:
    """What the slides show. ``loose`` names notes without a group, ``goes_on`` follows a title
    that continues, ``more`` tells how many the overview has no room for."""

    title: str
    subtitle: str
    fields: tuple[SlideField, ...]
    loose: str
    goes_on: str
    more: Callable[[int], str]


def write(wall: SlideWall) -> bytes:
    """The slides as a PowerPoint file."""
    slides = Presentation()
    slides.slide_width, slides.slide_height = Inches(_WIDE), Inches(_HIGH)
    slides.core_properties.title = wall.title
    slides.core_properties.author = ""
    _overview(slides, wall)
    for number, field in enumerate(wall.fields):
        for page, lines in enumerate(_pages(field, wall)):
            _quadrant(slides, field, lines, _hue(number), wall.goes_on if page else "")
    packed = io.BytesIO()
    slides.save(packed)
    return packed.getvalue()


# --- the whole ---------------------------------------------------------------------------------


def _overview(slides: Any, wall: SlideWall) -> None:
    slide = _blank(slides, wall.title)
    four = wall.fields[:4]
    high = (_HIGH - 1.35 - _EDGE) / 2
    wide = (_WIDE - 2 * _EDGE - 0.2) / 2
    # What is in none of the four is named, so that nobody takes it for lost.
    beside = [f"{field.title} ({field.count})" for field in wall.fields[4:]]
    under = " · ".join(part for part in (wall.subtitle, *beside) if part)
    if under:
        _text(slide, (_EDGE, 0.8, _WIDE - 2 * _EDGE, 0.4), [(under, _OVERVIEW, False)])
    for number, field in enumerate(four):
        left = _EDGE + (number % 2) * (wide + 0.2)
        top = 1.3 + (number // 2) * (high + 0.1)
        lines: list[tuple[str, int, bool]] = [(f"{field.title} ({field.count})", _HEADING, True)]
        told = _told(field, wall, int((high * 72 - 44) / (_OVERVIEW * 1.25)))
        lines += [(_short(line, wide * 72 - 30), _OVERVIEW, False) for line in told]
        _box(slide, (left, top, wide, high), lines, _hue(number))


def _told(field: SlideField, wall: SlideWall, room: int) -> list[str]:
    """The names of the groups and the loose notes; of notes that have no room, their number."""
    named = [f"{one.name} ({len(one.notes)})" for one in field.groups if one.name]
    loose = [" ".join(note.split()) for one in field.groups if not one.name for note in one.notes]
    if named and len(named) + len(loose) > room:
        told = [*named, f"{wall.loose} ({len(loose)})"] if loose else named
    else:
        told = [*named, *(f"•  {note}" for note in loose)]
    if len(told) <= room:
        return told
    return [*told[: room - 1], wall.more(len(told) - room + 1)]


def _short(line: str, room: float) -> str:
    """The line cut to its room; a slide's own wrapping would push the last ones out of the box."""
    if width(line, _OVERVIEW) <= room:
        return line
    while line and width(f"{line}…", _OVERVIEW) > room:
        line = line[:-1]
    return f"{line.rstrip()}…"


# --- one quadrant ------------------------------------------------------------------------------


def _pages(field: SlideField, wall: SlideWall) -> Iterator[list[tuple[str, int, bool]]]:
    """The lines of a quadrant in slides; a name is never the last line of one."""
    lines: list[tuple[str, int, bool]] = []
    used = 0
    for group in field.groups:
        name = group.name or (wall.loose if len(field.groups) > 1 else "")
        head = f"{name} ({len(group.notes)})" if name else ""
        for number, note in enumerate(group.notes or ("",)):
            text = f"•  {' '.join(note.split())}" if note else ""
            new = [(head, _GROUP, True)] if head and number == 0 else []
            new += [(text, _NOTE, False)] if text else []
            needed = sum(_lines(one) for one in new)
            if lines and used + needed > _LINES_A_SLIDE:
                yield lines
                lines, used = [], 0
            lines += new
            used += needed
    if lines:
        yield lines


def _lines(line: tuple[str, int, bool]) -> int:
    text, size, strong = line
    long = width(text, size, SEMIBOLD) if strong else width(text, size)
    return 1 + int(long // _CHARACTERS)


def _quadrant(
    slides: Any, field: SlideField, lines: list[tuple[str, int, bool]], hue: str, goes_on: str
) -> None:
    title = " ".join(part for part in (field.title, f"({field.count})", goes_on) if part)
    slide = _blank(slides, title)
    _box(slide, (_EDGE, 1.1, _WIDE - 2 * _EDGE, _HIGH - 1.1 - _EDGE), lines, hue)


# --- shapes ------------------------------------------------------------------------------------


def _blank(slides: Any, title: str) -> Any:
    """A slide with a real title, which outlines and screen readers know it by."""
    slide = slides.slides.add_slide(slides.slide_layouts[5])
    shape = slide.shapes.title
    shape.left, shape.top = Inches(_EDGE), Inches(0.15)
    shape.width, shape.height = Inches(_WIDE - 2 * _EDGE), Inches(0.75)
    shape.text_frame.text = title
    shape.text_frame.vertical_anchor = MSO_ANCHOR.MIDDLE
    paragraph = shape.text_frame.paragraphs[0]
    paragraph.font.size, paragraph.font.bold, paragraph.font.color.rgb = Pt(30), True, _INK
    paragraph.alignment = 1  # left
    return slide


def _box(
    slide: Any,
    place: tuple[float, float, float, float],
    lines: Sequence[tuple[str, int, bool]],
    hue: str,
) -> None:
    left, top, wide, high = (Inches(value) for value in place)
    shape = slide.shapes.add_shape(MSO_SHAPE.RECTANGLE, left, top, wide, high)
    shape.fill.solid()
    shape.fill.fore_color.rgb = RGBColor(0xFB, 0xFC, 0xFC)
    shape.line.color.rgb = RGBColor.from_string(hue)
    shape.line.width = Pt(2.5)
    shape.shadow.inherit = False
    _fill(shape.text_frame, lines)


def _text(
    slide: Any,
    place: tuple[float, float, float, float],
    lines: Sequence[tuple[str, int, bool]],
) -> None:
    left, top, wide, high = (Inches(value) for value in place)
    _fill(slide.shapes.add_textbox(left, top, wide, high).text_frame, lines)


def _fill(frame: Any, lines: Sequence[tuple[str, int, bool]]) -> None:
    frame.word_wrap = True
    frame.vertical_anchor = MSO_ANCHOR.TOP
    for number, (text, size, strong) in enumerate(lines):
        paragraph = frame.paragraphs[0] if number == 0 else frame.add_paragraph()
        paragraph.alignment = 1
        run = paragraph.add_run()
        run.text = text
        run.font.size, run.font.bold, run.font.color.rgb = Pt(size), strong, _INK


def _hue(number: int) -> str:
    return _HUES[min(number, len(_HUES) - 1)]
