"""Words for what is said of roles: steps of the scale, kinds, states, who was there.

Each is a text to translate; a printed guide may be in another language than the screen.
"""

from __future__ import annotations

from qualcode.domain.discussions import Company, Purpose
from qualcode.domain.map_versions import RoleChange, VersionKind
from qualcode.domain.role_traits import Step, Trait
from qualcode.texts import N_

MINUS = "\N{MINUS SIGN}"

STEPS = {
    Step.MISSING: N_("missing role"),
    Step.UNDERDEVELOPED: N_("underdeveloped role"),
    Step.DEVELOPING: N_("developing role"),
    Step.APPROPRIATE: N_("appropriately developed role"),
    Step.OVERDEVELOPED: N_("overdeveloped role"),
}

MEANINGS = {
    Step.MISSING: N_("The person does not see the role in themselves yet."),
    Step.UNDERDEVELOPED: N_("The role shows seldom or uncertainly."),
    Step.DEVELOPING: N_("The role is being taken into use."),
    Step.APPROPRIATE: N_("The role works naturally as the situation requires."),
    Step.OVERDEVELOPED: N_("The role takes room from other roles or repeats itself."),
}

TRAITS = {
    Trait.PHYSICAL: N_("physical"),
    Trait.SOCIAL: N_("social"),
    Trait.PSYCHOLOGICAL: N_("psychological"),
    Trait.COSMIC: N_("cosmic"),
    Trait.COLLECTIVE: N_("collective"),
    Trait.MISSING: N_("missing"),
    Trait.UNDERDEVELOPED: N_("underdeveloped"),
    Trait.DEVELOPING: N_("developing"),
    Trait.APPROPRIATE: N_("appropriate"),
    Trait.OVERDEVELOPED: N_("overdeveloped"),
    Trait.DISTORTED: N_("distorted"),
}

COMPANIES = {
    Company.ALONE: N_("alone"),
    Company.WORKER: N_("with a worker"),
    Company.CLOSE_ONE: N_("with a close one"),
}

PURPOSES = {
    Purpose.WORK: N_("work with a client or one's own work"),
    Purpose.STAFF_TRAINING: N_("training of staff"),
    Purpose.STUDENT_TRAINING: N_("training of students"),
}

VERSIONS = {
    VersionKind.DRAFT: N_("draft"),
    VersionKind.FIGURE: N_("figure in the text"),
    VersionKind.APPENDIX: N_("appendix"),
    VersionKind.COMMENTED: N_("after comments"),
}

CHANGES = {
    RoleChange.ADDED: N_("new role"),
    RoleChange.REMOVED: N_("removed role"),
    RoleChange.RENAMED: N_("renamed"),
    RoleChange.CENTRAL: N_("became the central role"),
    RoleChange.DESCRIPTORS: N_("descriptors"),
    RoleChange.DESCRIPTION: N_("description"),
    RoleChange.SOURCES: N_("theory sources"),
}

FIELDS = {
    "feedback": N_("Feedback"),
    "examples": N_("Examples"),
    "direction": N_("Where the role should go"),
    "plan": N_("Plan"),
    "exercises": N_("Exercises"),
    "relations": N_("Plan for the relations between the roles"),
    "assessed_by": N_("How the progress will be assessed"),
    "next_day": N_("Next discussion"),
}

HINTS = {
    "feedback": N_("What works, what others have noticed"),
    "examples": N_("When did the role show, when not?"),
    "direction": N_("More, less, otherwise?"),
    "plan": N_("What is done, who does it, when?"),
    "exercises": N_("What can be tried and practised?"),
    "relations": N_("Which role should make room, which one help another?"),
    "assessed_by": N_("How do we see that something has changed?"),
}
"""What helps to begin to write in a field."""


def sign(step: Step) -> str:
    """The step as printed, with real minus signs: a hyphen would be too small to be seen."""
    return step.sign.replace("-", MINUS)
