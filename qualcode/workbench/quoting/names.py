"""Names in what is to be printed, found by the helper process and remembered for a while."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Sequence

from qualcode.nlp.names import METHOD
from qualcode.nlp.worker import shared_worker

MOST_KEPT = 20_000
_found: OrderedDict[tuple[str, str, str], list[str]] = OrderedDict()
_lock = threading.Lock()


def names_in(texts: Sequence[str], language: str) -> list[list[str]]:
    """For each text the words in it that may name a person, a place or an organisation, or lead to
    a person. A help for the eye: what is not found may be there all the same."""
    keys = [(METHOD, language, text) for text in texts]
    with _lock:
        missing = [key for key in dict.fromkeys(keys) if key not in _found]
    if missing:
        hits = shared_worker().names([text for *_rest, text in missing], language)
        with _lock:
            for key, found in zip(missing, hits, strict=True):
                words = [key[2][hit.start : hit.end] for hit in found]
                _found[key] = list(dict.fromkeys(words))
            while len(_found) > MOST_KEPT:
                _found.popitem(last=False)
    with _lock:
        return [_found.get(key, []) for key in keys]
