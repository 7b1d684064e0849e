"""The words of a window that saves by itself: how far it is, and what to do when it has stopped."""

from __future__ import annotations

from qualcode.texts import N_

TEXTS = {
    "state_saved": N_("Saved"),
    "state_saving": N_("Saving"),
    "state_stopped": N_("Saving has stopped, {count} unsaved"),
    "stopped": N_(
        "The server meets an error when it saves. Your work is kept in this window: leave it open. "
        "Try again. If the error comes back, leave out the one act that it concerns, so that the "
        "others are saved, and tell the one who keeps the server: its log says what happened."
    ),
    "try_again": N_("Try again"),
    "leave_out": N_("Leave out the first act"),
    "left_out": N_("This was left out, because the server met an error with it. Do it again."),
}
