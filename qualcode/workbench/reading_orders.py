"""The orders in which answers can be read, in words; and what the log says of their use."""

from __future__ import annotations

from qualcode.store.answer_query import Order, OrderBy
from qualcode.texts import N_
from qualcode.workbench.bench import Workbench

UNSURE, NEW = Order(OrderBy.UNSURE), Order(OrderBy.NEW)

ACTIVE = (UNSURE, NEW)
"""Orders that the machine works out: which answers would teach it most."""

STUDYS = N_("Study's order")

ORDERS = {
    Order(OrderBy.RESPONDENT): N_("By respondent"),
    Order(OrderBy.ITEM): N_("By question"),
    Order(OrderBy.ACTOR_GROUP): N_("By actor group"),
    Order(OrderBy.CODINGS, descending=True): N_("Most codings first"),
    Order(OrderBy.CODINGS): N_("Fewest codings first"),
    Order(OrderBy.LENGTH): N_("Shortest first"),
    Order(OrderBy.LENGTH, descending=True): N_("Longest first"),
    Order(OrderBy.NEWEST, descending=True): N_("Newest coded first"),
    UNSURE: N_("Least sure first"),
    NEW: N_("Most unlike first"),
}
"""Every order but the study's own and those by a background variable."""

_TOLD = {Order().told(): STUDYS, **{order.told(): name for order, name in ORDERS.items()}}


def named(told: str) -> str:
    """The name of an order as the log keeps it, to be translated; of a variable its own name."""
    return _TOLD.get(told, told.removeprefix("-").partition(":")[2] or told)


def used(bench: Workbench) -> dict[str, int]:
    """How many acts in force were made while reading in each order, as the log keeps it."""
    with bench.store.reading() as rows:
        return rows.orders_used()
