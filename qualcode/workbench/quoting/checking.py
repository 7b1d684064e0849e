"""What a person does to a quote before it is printed: edits it in brackets, checks it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from qualcode.domain.approaches import Study
from qualcode.domain.decisions import Act
from qualcode.domain.documents import Document, Respondent, Segment, normalise
from qualcode.domain.errors import ChangedMeanwhile, QualcodeError
from qualcode.domain.quotes import ChosenQuote, check_printed
from qualcode.workbench import segments
from qualcode.workbench.bench import STUDY_ID, Work, Workbench
from qualcode.workbench.quoting.people import People
from qualcode.workbench.quoting.rules import rules


class MayNotBeQuoted(QualcodeError):
    template = (
        "“{quote}” may not be printed: its respondent has not consented to being quoted "
        "({variable}: {value}). Leave it out, or correct the respondent's details first."
    )


def edit(bench: Workbench, segment_id: str, printed: str, note: str, seen: ChosenQuote) -> None:
    """How the quote is printed, with omissions and changes in [brackets]; the original stays.

    Other words than those that were checked are not checked. ``seen`` is the quote as it was when
    the writing began.
    """
    with bench.act(Act.EDIT_QUOTE) as work:
        quote = work.require(ChosenQuote, segment_id)
        _, document, written = _passage(work, segment_id)
        printed = normalise(printed).strip()
        if printed == written.strip():
            printed = ""
        check_printed(written, printed)
        if (quote.printed, quote.note) != (seen.printed, seen.note):
            raise ChangedMeanwhile(
                kind="chosen_quote",
                who=quote.checked_by or quote.chosen_by,
                now=quote.shown(written),
                yours=printed or written,
            )
        new = replace(quote, printed=printed, note=note.strip())
        if new.printed != quote.printed:
            new = replace(new, checked_by="", checked_at="")
        work.put(new)
        work.say(quote=written, printed=printed, document=document.id)


def check(bench: Workbench, segment_ids: Sequence[str], checked: bool = True) -> None:
    """The coder has looked at the quotes and they may be printed; or that is taken back.

    A quote whose respondent has not consented cannot be checked.
    """
    with bench.act(Act.CHECK_QUOTE) as work:
        wanted = rules(work.require(Study, STUDY_ID))
        told = []
        for segment_id in dict.fromkeys(segment_ids):
            quote = work.require(ChosenQuote, segment_id)
            if quote.is_checked == checked:
                continue
            segment, document, _written = _passage(work, segment_id)
            words = segments.quote(segment, document)
            if checked and document.respondent_id:
                person = work.require(Respondent, document.respondent_id)
                asked = People({person.id: person}, wanted)
                if asked.consents(person.id) is False:
                    raise MayNotBeQuoted(
                        quote=words,
                        variable=wanted.consent,
                        value=person.background.get(wanted.consent, "") or "–",
                    )
            by, at = (bench.coder, bench.clock()) if checked else ("", "")
            work.put(replace(quote, checked_by=by, checked_at=at))
            told.append(words)
        if told:
            work.say(**{"quote" if checked else "unchecked": told[0], "count": len(told)})


def _passage(work: Work, segment_id: str) -> tuple[Segment, Document, str]:
    segment = work.require(Segment, segment_id)
    document = work.require(Document, segment.document_id)
    return segment, document, segment.of(document.text)
