"""How an older study is brought up to today's schema, one step a version.

A new study is made with today's tables at once; a step only ever sees the schema of its own day,
so it is written in plain SQL and never touched again.
"""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import Connection

from qualcode.store.migrations import (
    v2_vectors,
    v3_reading,
    v4_turns,
    v5_instruments,
    v6_outcomes,
    v7_offers,
    v8_offers_seen,
    v9_quotes,
    v10_roles_in_use,
    v11_review,
    v12_workshops,
    v13_pins,
    v14_outlook,
    v15_second_marks,
    v16_voices,
    v17_offer_engine,
)

STEPS: dict[int, Callable[[Connection], None]] = {
    2: v2_vectors.up,
    3: v3_reading.up,
    4: v4_turns.up,
    5: v5_instruments.up,
    6: v6_outcomes.up,
    7: v7_offers.up,
    8: v8_offers_seen.up,
    9: v9_quotes.up,
    10: v10_roles_in_use.up,
    11: v11_review.up,
    12: v12_workshops.up,
    13: v13_pins.up,
    14: v14_outlook.up,
    15: v15_second_marks.up,
    16: v16_voices.up,
    17: v17_offer_engine.up,
}
"""Version -> the step that leads to it from the one before."""


def bring_up(connection: Connection, found: int, wanted: int) -> None:
    """Runs every step from ``found`` to ``wanted`` in order, inside the caller's transaction."""
    for version in range(found + 1, wanted + 1):
        STEPS[version](connection)
