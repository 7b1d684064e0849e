"""A refusal kept with its operation, so that a window that asks again gets the same answer.

What is kept is the sentence with its holes and what fills them, not the finished words: the window
may read another language by then.
"""

from __future__ import annotations

from collections.abc import Mapping

from qualcode.domain.errors import QualcodeError, Sentence, Term

DAYS_KEPT = 30
"""A window that has been without its server for longer is told only that it was refused."""


class KeptRefusal(QualcodeError):
    """An operation that was refused when it came for the first time, with the reason of then."""

    def __init__(self, template: str, values: Mapping[str, object]) -> None:
        self.template = template
        super().__init__(**values)


class ReasonForgotten(QualcodeError):
    template = (
        "This was not done when it was sent. Why is not kept any more: look at how things are "
        "now, and do it again if it is still needed."
    )


def kept(error: QualcodeError) -> dict[str, object]:
    """The refusal as plain values for the store."""
    return {
        "template": error.template,
        "values": {name: _plain(value) for name, value in error.values.items()},
    }


def again(refusal: Mapping[str, object]) -> QualcodeError:
    """The refusal to be told again."""
    template, values = refusal.get("template"), refusal.get("values")
    if not isinstance(template, str) or not isinstance(values, Mapping):
        return ReasonForgotten()
    return KeptRefusal(template, {str(name): _full(value) for name, value in values.items()})


def _plain(value: object) -> object:
    if isinstance(value, Sentence):
        filling = {name: _plain(one) for name, one in value.values.items()}
        return {"template": value.template, "values": filling}
    if isinstance(value, Term):
        return {"term": str(value)}
    return value if isinstance(value, str | int | float | None) else str(value)


def _full(value: object) -> object:
    if not isinstance(value, Mapping):
        return value
    term = value.get("term")
    if term is not None:
        return Term(term)
    return Sentence(value["template"], **{n: _full(one) for n, one in value["values"].items()})
