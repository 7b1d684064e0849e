"""The grouping board alone, over a throw-away study with invented reductions.

    streamlit run tests/ui/playground_board.py -- [number of reductions] [--broken]

Everything goes through the real workbench, so what the board does here it does in the app.
"""

from __future__ import annotations

import atexit
import random
import shutil
import sys
import tempfile
from pathlib import Path

import streamlit as st

from qualcode.analysis.grouping import group_key
from qualcode.bootstrap import create_store
from qualcode.domain.categories import Level
from qualcode.domain.coding import ReducedExpression, ReductionLink
from qualcode.domain.decisions import Act
from qualcode.domain.documents import Document, Respondent, Segment, Source, SourceKind
from qualcode.domain.suggestions import GroupSuggestion, Reason, ReasonKind
from qualcode.store.repository import Store
from qualcode.ui import coding_view, sent_acts
from qualcode.ui.components.category_board import Find, Operations, category_board
from qualcode.ui.grouping_board import Offer, read_board
from qualcode.workbench import categorising, operations, studies
from qualcode.workbench.bench import Workbench
from qualcode.workbench.edge import Operation

LANGUAGE = "fi"
BOARD = "playground"
BROKEN = "Rikki"
"""No category can get this name from a server that was started with ``--broken``."""
WORDINGS = (
    "apua saatiin heti, kun sitä pyydettiin",
    "työntekijä kuunteli ja otti todesta",
    "oma raha antoi vallan valita tukija",
    "palvelun sai sovittaa omaan arkeen",
    "päätöksen perusteet jäivät epäselviksi",
    "budjetin laskeminen tuntui vaikealta",
    "läheinen auttoi hakemuksen kanssa",
    "kiire näkyi lyhyinä käynteinä",
    "toiveista kysyttiin ensimmäistä kertaa",
    "sama ihminen ei vastannut kahta kertaa",
    "vertaisilta sai rohkeutta kokeilla",
    "työntekijä opetteli itsekin uutta tapaa",
)


def store() -> Store:
    """A study file of its own for every window: the store people use, with its real speed."""
    folder = Path(tempfile.mkdtemp(prefix="qualcode-playground-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return create_store(folder / "playground.qualcode")


def start(number: int) -> Workbench:
    """A study of ``number`` invented reductions; most of a large one are placed."""
    bench = Workbench(store(), "Testaaja", LANGUAGE)
    studies.start(bench, "Keksitty tutkimus")
    chance = random.Random(7)
    people = [Respondent(f"p{n}", "s", f"V{n}", "asiakas", position=n) for n in range(1, 12)]
    entities = [Source("s", "keksitty.csv", "0", SourceKind.SURVEY, "", ""), *people]
    for n in range(number):
        wording = WORDINGS[n % len(WORDINGS)]
        wording = wording if n < len(WORDINGS) else f"{wording} ({n // len(WORDINGS)})"
        entities.append(ReducedExpression(f"r{n}", wording))
        for m in range(chance.randint(1, 4)):
            id = f"{n}-{m}"
            entities += [
                Document(f"d{id}", "s", wording.upper(), respondent_id=chance.choice(people).id),
                Segment(f"g{id}", f"d{id}", 0, len(wording)),
                ReductionLink(f"l{id}", f"g{id}", f"r{n}", "Testaaja"),
            ]
    with bench.act(Act.IMPORT) as work:
        work.add(entities)
    unifying = categorising.add(bench, "Osallisuus omassa elämässä", Level.UNIFYING_CATEGORY)
    names = ("Asiakkaan valta", "Työntekijän rooli", "Palvelun esteet")
    mains = [categorising.add(bench, name, Level.MAIN_CATEGORY, unifying.id) for name in names]
    generic = categorising.add(bench, "Kohtaaminen", Level.GENERIC_CATEGORY, mains[1].id)
    homes = [
        categorising.add(bench, "Raha ja valinta", Level.SUBCATEGORY, mains[0].id),
        categorising.add(bench, "Toiveista kysyminen", Level.SUBCATEGORY, mains[0].id),
        categorising.add(bench, "Kuulluksi tuleminen", Level.SUBCATEGORY, generic.id),
        categorising.add(bench, "Jatkuvuuden puute", Level.SUBCATEGORY, mains[2].id),
    ]
    for n in range(5, number // 25):
        homes.append(categorising.add(bench, f"Alaluokka {n}", Level.SUBCATEGORY, mains[n % 3].id))
    placed = number * 4 // 5 if number > 100 else 6
    for n, home in enumerate(homes):
        ids = [f"r{m}" for m in range(placed) if m % len(homes) == n]
        categorising.place(bench, ids, home.id)
    return bench


JOINED = "Toiveista kysyminen"
"""The category that the group of ``?joining`` would go to."""


def suggestions() -> list[GroupSuggestion]:
    """Two hand-made groups of the reductions r6, r7 and r8..r10 of the small study."""

    def group(name: str, keywords: tuple[str, ...], *ids: str) -> GroupSuggestion:
        reason = Reason(ReasonKind.NEAREST, (ids[1],), ("työntekijä",), value=0.7123)
        return GroupSuggestion(
            group_key(ids), name, keywords, ids, 0.7, "käsin tehty", {ids[0]: (reason,)}
        )

    return [
        group("läheinen auttoi", ("läheinen", "hakemus", "apu"), "r6", "r7"),
        group("vertaisuus", ("vertainen", "rohkeus", "kysyä"), "r10", "r8", "r9"),
    ]


def higher_offer(bench: Workbench) -> Offer:
    """A hand-made group of two subcategories that lie under nothing (``?higher``)."""
    names = ("Raha ja valinta", "Toiveista kysyminen")
    by_name = {c.name: c.id for c in categorising.tree(bench).categories.values()}
    first, second = (by_name[name] for name in names)
    categorising.move(bench, [first, second], None)
    reason = Reason(ReasonKind.NEAREST, (second,), ("valinta",), value=0.42)
    group = GroupSuggestion(
        group_key((first, second)), names[0], ("valinta",), (first, second), 0.4, "käsin tehty",
        {first: (reason,)},
    )  # fmt: skip
    return Offer((group,), level=Level.GENERIC_CATEGORY)


def joining_offer(bench: Workbench) -> Offer:
    """A hand-made group that would join a category there is (``?joining``)."""
    home = next(c for c in categorising.tree(bench).categories.values() if c.name == JOINED)
    reason = Reason(ReasonKind.NEAREST, ("r0",), ("toive",), value=0.42)
    ids = ("r6", "r7")
    group = GroupSuggestion(
        group_key((*ids, home.id)), home.name, (), ids, 0.5, "käsin tehty",
        dict.fromkeys(ids, (reason,)), joins=home.id,
    )  # fmt: skip
    return Offer((group,))


@st.fragment(key="board")
def board() -> None:
    bench: Workbench = st.session_state.bench

    if "offer" not in st.session_state:
        groups = tuple(suggestions()) if st.session_state.number <= 100 else ()
        higher = "higher" in st.query_params
        joining = "joining" in st.query_params
        st.session_state.offer = (
            higher_offer(bench) if higher else joining_offer(bench) if joining else Offer(groups)
        )
    offer: Offer = st.session_state.offer

    def carry_out(client: str, sent: Operations) -> None:
        if sent_acts.carry_out(BOARD, bench, client, sent):
            st.session_state.offer = offer.with_accepted(sent)

    def opened(kind: str, id: str) -> None:
        st.session_state.opened = f"{kind} {id}"

    def find(asked: Find) -> None:
        st.session_state.find = asked

    with bench.store.reading() as rows:
        revision, turns = rows.revision(), coding_view.turns_told(rows, bench)
    category_board(
        read_board(bench, st.session_state.get("find", Find()), offer),
        key=BOARD,
        language=LANGUAGE,
        reply=sent_acts.reply_data(BOARD) | {"turns": turns, "revision": revision},
        on_operations=carry_out,
        on_open=opened,
        on_find=find,
    )
    st.caption(f"opened: {st.session_state.get('opened', '-')}")
    with bench.store.reading() as rows:
        tree = categorising.tree_of(rows)
    shape = dict(sorted((tree[c].name, tree.reductions_in(c)) for c in tree.categories))
    st.caption("tree: " + str(shape) if st.session_state.number <= 100 else "tree: large")


def break_down(bench: Workbench, operation: Operation) -> None:
    if operation.get("name") == BROKEN:
        raise RuntimeError("broken on purpose")
    categorising.rename(bench, str(operation["id"]), str(operation["name"]))


st.set_page_config(layout="wide")
if "--broken" in sys.argv:
    operations.HANDLERS["rename"] = break_down
if "bench" not in st.session_state:
    numbers = [int(argument) for argument in sys.argv[1:] if argument.isdecimal()]
    st.session_state.number = numbers[0] if numbers else 12
    st.session_state.bench = start(st.session_state.number)
board()
