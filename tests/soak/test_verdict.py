"""What the soak's verdict takes for a fault, and what not."""

from __future__ import annotations

from benchmarks.soaking.verdict import turned_something_else
from qualcode.store.outcomes import Outcome

BEFORE, NOW = "the page before it was loaded anew", "the page now"
# Both pages have done an act numbered 1; each became a decision of its own.
TAKEN = {
    BEFORE: {1: Outcome(BEFORE, 1, decision=40)},
    NOW: {1: Outcome(NOW, 1, decision=50), 2: Outcome(NOW, 2, decision=51)},
}
UNDO = {2: {"op": "undo", "seq": 2, "of": {"client": BEFORE, "seq": 1}}}


def test_a_page_loaded_anew_takes_back_what_its_former_self_did():
    assert turned_something_else(NOW, UNDO, TAKEN, {51: 40}) == []


def test_an_undo_that_took_another_act_than_the_one_named_is_a_fault():
    (fault,) = turned_something_else(NOW, UNDO, TAKEN, {51: 50})
    assert "turned 50" in fault
