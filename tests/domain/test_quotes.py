"""What stands outside brackets is the respondent's own."""

from __future__ import annotations

import pytest

from qualcode.domain.quotes import NotTheirWords, check_printed

WRITTEN = "Äiti Liisa auttoi aina, kun tulin kotiin. Se oli tärkeää."


@pytest.mark.parametrize(
    "printed",
    [
        "",
        WRITTEN,
        "Äiti [---] auttoi aina, kun tulin kotiin. Se oli tärkeää.",
        "Äiti [nimi] auttoi aina, kun tulin [---]. Se oli tärkeää.",
        "[---] Se oli tärkeää.",
        "Äiti Liisa auttoi aina [---]",
        "[Äiti] [---]",
        "Äiti Liisa auttoi aina,  kun tulin\nkotiin. [Tämä] oli tärkeää.",
    ],
)
def test_omissions_and_changes_in_brackets_keep_the_words(printed):
    check_printed(WRITTEN, printed)


@pytest.mark.parametrize(
    "printed",
    [
        "Isä auttoi aina, kun tulin kotiin. Se oli tärkeää.",
        "Äiti Liisa auttoi aina",
        "auttoi aina, kun tulin kotiin. Se oli tärkeää.",
        "[---] Se oli tosi tärkeää.",
        "Äiti [---] kotiin [---] auttoi [---]",
        "Äiti Liisa auttoi aina, kun tulin kotiin. [---] kun tulin kotiin. Se oli tärkeää.",
    ],
)
def test_other_words_outside_brackets_are_refused(printed):
    with pytest.raises(NotTheirWords):
        check_printed(WRITTEN, printed)
