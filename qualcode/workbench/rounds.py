"""Rounds of gathering, and how many forms were sent and came back."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace

from qualcode.analysis.closed_answers import count_items
from qualcode.domain.decisions import Act
from qualcode.domain.documents import Item, Source, SourceKind, one_line
from qualcode.domain.errors import EmptyName, QualcodeError, StillInUse
from qualcode.domain.rounds import Gathering, Round, Sending
from qualcode.store.repository import Reading
from qualcode.workbench.bench import Workbench


class MoreReturnedThanSent(QualcodeError):
    template = (
        "{returned} forms cannot have come back of {sent} that were sent. Check both numbers; "
        "leave the one you do not know empty."
    )


# --- rounds --------------------------------------------------------------------------------------


def rounds(rows: Reading) -> list[Round]:
    """The study's rounds in their order."""
    return sorted(rows.find(Round), key=lambda r: (r.position, r.name, r.id))


def put_round(bench: Workbench, name: str, when: str = "", id: str | None = None) -> Round:
    """A new round at the end, or the round of this id with another name or time."""
    with bench.act(Act.EDIT_ROUNDS) as work:
        if not one_line(name):
            raise EmptyName()
        old = work.require(Round, id) if id else None
        new = Round(
            old.id if old else bench.new_id(),
            one_line(name),
            one_line(when),
            old.position if old else work.rows.last_position(Round) + 1,
        )
        work.put(new)
        work.say(**{"round" if old else "added": new.name})
    return new


def remove_round(bench: Workbench, id: str) -> None:
    """The round goes, unless files or sendings are of it."""
    with bench.act(Act.EDIT_ROUNDS) as work:
        gone = work.require(Round, id)
        used = work.rows.count(Gathering, round_id=id) + work.rows.count(Sending, round_id=id)
        if used:
            raise StillInUse(kind="round", name=gone.name, count=used)
        work.remove(Round, [id])
        work.say(removed=gone.name)


def gathered_in(bench: Workbench, source_id: str, round_id: str | None) -> None:
    """The file's answers are of this round (None: of none)."""
    with bench.act(Act.SET_ROUND) as work:
        source = work.require(Source, source_id)
        named = work.require(Round, round_id).name if round_id else ""
        old = work.rows.get(Gathering, source_id) or Gathering(source_id)
        work.put(replace(old, round_id=round_id))
        work.say(file=source.name, round=named)


def round_of_sources(rows: Reading) -> dict[str, str]:
    """File -> its round's id; files of no round are left out."""
    return {g.id: g.round_id for g in rows.find(Gathering) if g.round_id}


# --- sent and returned ---------------------------------------------------------------------------


@dataclass(frozen=True)
class ResponseRow:
    """One line of the response table: what was entered, and how many forms the study has.

    ``sending`` is None for an actor group whose sent forms nobody has entered yet. ``found`` is
    None when forms of one pilot cannot be told apart in the material. ``told`` is how many were
    said to be sent when the files came in.
    """

    actor_group: str
    round: Round | None
    sending: Sending | None
    found: int | None
    told: int | None = None

    @property
    def sent(self) -> int | None:
        """What was entered, else what was told with the files."""
        entered = self.sending.sent if self.sending else None
        return self.told if entered is None else entered

    @property
    def returned(self) -> int | None:
        """What was entered, else what the material has."""
        entered = self.sending.returned if self.sending else None
        return self.found if entered is None else entered

    @property
    def rate(self) -> float | None:
        known = Sending("", self.actor_group, sent=self.sent, returned=self.returned)
        return known.rate

    @property
    def differs(self) -> bool:
        """Whether the number entered is not what the material has."""
        entered = self.sending.returned if self.sending else None
        return entered is not None and self.found is not None and entered != self.found


def responses(bench: Workbench) -> list[ResponseRow]:
    """Sent, returned and found per round, actor group and pilot; groups without an entry too."""
    with bench.store.reading() as rows:
        return responses_in(rows)


def responses_in(rows: Reading) -> list[ResponseRow]:
    """The same of what is being read."""
    named = {r.id: r for r in rounds(rows)}
    sendings = sorted(rows.find(Sending), key=lambda s: (s.position, s.id))
    found = forms_found(rows)
    told = _told_with_files(rows)
    places = _by_place(rows, {s.pilot for s in sendings if s.pilot})
    lines: list[ResponseRow] = []
    entered: set[tuple[str | None, str]] = set()
    for s in sendings:
        entered.add((s.round_id, s.actor_group))
        there = places.get((s.round_id, s.actor_group, s.pilot)) if s.pilot else None
        there = there if s.pilot else found.get((s.round_id, s.actor_group), 0)
        whole = None if s.pilot else told.get((s.round_id, s.actor_group))
        lines.append(ResponseRow(s.actor_group, named.get(s.round_id or ""), s, there, whole))
    for (round_id, group), n in found.items():
        if (round_id, group) not in entered:
            of_files = told.get((round_id, group))
            lines.append(ResponseRow(group, named.get(round_id or ""), None, n, of_files))
    order = {id: n for n, id in enumerate(named)}
    lines.sort(key=lambda line: order.get(line.round.id, -1) if line.round else -1)
    return lines


def forms_found(rows: Reading) -> dict[tuple[str | None, str], int]:
    """(round, actor group) -> forms in the material."""
    of_round = round_of_sources(rows)
    found: dict[tuple[str | None, str], int] = defaultdict(int)
    for (source_id, group), n in _forms_of_files(rows).items():
        found[of_round.get(source_id), group] += n
    return dict(found)


def _forms_of_files(rows: Reading) -> dict[tuple[str, str], int]:
    """(file, actor group) -> its forms: respondents, or what printed counts add up to.

    A file of counts has no respondents: its forms are what the most of its questions sum up to.
    Who spoke in a workshop or an interview returned no form.
    """
    forms = _files_of_forms(rows)
    found: dict[tuple[str, str], int] = {}
    with_people: set[str] = set()
    for line in rows.returned():
        with_people.add(line.source_id)
        if line.source_id in forms:
            found[line.source_id, line.actor_group] = line.respondents
    sources = {item.id: item.source_id for item in rows.find(Item)}
    sums: dict[tuple[str, str], list[int]] = defaultdict(list)
    counts = [c for c in rows.closed_counts() if sources[c.item_id] not in with_people]
    for item in count_items(counts, {}):
        sums[sources[item.item_id], item.actor_group].append(item.returned)
    for key, numbers in sums.items():
        found[key] = max(numbers, key=lambda n: (numbers.count(n), n))
    return found


def _told_with_files(rows: Reading) -> dict[tuple[str | None, str], int]:
    """(round, actor group) -> forms sent, as told when the group's files came in: when it was told
    of each of them, and none of them has forms of others, too."""
    of_round = round_of_sources(rows)
    sent = {source.id: source.sent for source in rows.find(Source)}
    pairs = list(_forms_of_files(rows))
    shared = Counter(source_id for source_id, _ in pairs)
    told: dict[tuple[str | None, str], list[int | None]] = defaultdict(list)
    for source_id, group in pairs:
        alone = sent[source_id] if shared[source_id] == 1 else None
        told[of_round.get(source_id), group].append(alone)
    return {
        key: sum(n or 0 for n in numbers) for key, numbers in told.items() if None not in numbers
    }


def _files_of_forms(rows: Reading) -> set[str]:
    """The files whose respondents each filled in a form."""
    return {source.id for source in rows.find(Source) if source.kind is SourceKind.SURVEY}


def _by_place(rows: Reading, pilots: Iterable[str]) -> dict[tuple[str | None, str, str], int]:
    """(round, actor group, pilot) -> respondents, by the background variable that knows pilots."""
    wanted = set(pilots)
    if not wanted:
        return {}
    of_round = round_of_sources(rows)
    forms = _files_of_forms(rows)
    best: dict[tuple[str | None, str, str], int] = {}
    for variable, values in rows.attribute_values().items():
        if not wanted & set(values):
            continue
        found: dict[tuple[str | None, str, str], int] = defaultdict(int)
        for line in rows.returned(variable):
            if line.place in wanted and line.source_id in forms:
                key = (of_round.get(line.source_id), line.actor_group, line.place)
                found[key] += line.respondents
        if sum(found.values()) > sum(best.values()):
            best = dict(found)
    return best


def put_sending(bench: Workbench, sending: Sending) -> Sending:
    """Forms sent and returned as entered; a sending without an id is a new one."""
    if None not in (sending.sent, sending.returned) and (sending.returned or 0) > (
        sending.sent or 0
    ):
        raise MoreReturnedThanSent(sent=sending.sent, returned=sending.returned)
    with bench.act(Act.COUNT_FORMS) as work:
        group = one_line(sending.actor_group)
        if not group:
            raise EmptyName()
        old = work.rows.get(Sending, sending.id) if sending.id else None
        new = replace(
            sending,
            id=old.id if old else bench.new_id(),
            actor_group=group,
            pilot=one_line(sending.pilot),
            note=one_line(sending.note),
            position=old.position if old else work.rows.last_position(Sending) + 1,
        )
        work.put(new)
        work.say(
            group=", ".join(part for part in (group, new.pilot) if part),
            sent=new.sent,
            returned=new.returned,
        )
    return new


def remove_sending(bench: Workbench, id: str) -> None:
    with bench.act(Act.COUNT_FORMS) as work:
        gone = work.require(Sending, id)
        work.remove(Sending, [id])
        work.say(group=gone.actor_group)
