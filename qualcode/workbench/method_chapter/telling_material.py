"""What the method chapter tells of the material."""

from __future__ import annotations

from qualcode.domain.decisions import Act
from qualcode.workbench.method_chapter.course import Stretch
from qualcode.workbench.method_chapter.told import Known, Told, Translate, when
from qualcode.workbench.rounds import ResponseRow


def told(known: Known, stretch: Stretch, _: Translate) -> list[Told]:
    """Files, respondents and texts; forms sent and returned; what was set aside."""
    found = known.counts.progress
    imports = stretch.numbers(Act.IMPORT)
    said = [
        Told(
            _(
                "The material was brought into the program {when}. Files: {files}, respondents: "
                "{respondents}, texts: {texts}."
            ).format(
                when=when(stretch, known.language),
                files=known.counts.files,
                respondents=found.respondents,
                texts=found.documents,
            ),
            imports,
        )
    ]
    groups = {name: n for name, n in known.counts.groups.items() if name}
    if len(groups) > 1:
        without = found.respondents - sum(groups.values())
        if without:
            groups[_("no actor group")] = without
        listed = ", ".join(f"{name} ({n})" for name, n in groups.items())
        said.append(Told(_("Respondents by actor group: {groups}.").format(groups=listed), imports))
    sent = [line for line in known.counts.responses if line.returned is not None]
    if sent:
        listed = "; ".join(_response(line, _) for line in sent)
        said.append(
            Told(
                _("Forms sent and returned: {groups}.").format(groups=listed),
                tuple(sorted((*imports, *known.course.counted))),
            )
        )
    if found.set_aside:
        said.append(
            Told(
                _(
                    "Of the texts {aside} were set aside as saying nothing of the matter, so "
                    "{left} were analysed."
                ).format(aside=found.set_aside, left=found.documents - found.set_aside),
                stretch.numbers(Act.IMPORT, Act.SET_ASIDE, Act.BRING_BACK),
            )
        )
    return said


def _response(line: ResponseRow, _: Translate) -> str:
    """One group's forms: "asiakas, Keksilä: lähetetty 25, palautui 11 (44 %)"."""
    pilot = line.sending.pilot if line.sending else ""
    round_name = line.round.name if line.round else ""
    names = [line.actor_group or _("no actor group"), pilot, round_name]
    rate = f" ({round(line.rate * 100)}\u00a0%)" if line.rate is not None else ""
    text = _("{group}: sent {sent}, returned {returned}")
    who = ", ".join(name for name in names if name)
    return text.format(group=who, sent=line.sent, returned=line.returned) + rate
