"""A tree reviewed: what is said of it, what each has seen, what is proposed, who may change it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from qualcode.domain.categories import Level
from qualcode.domain.decisions import REVIEWERS_ACTS, Act
from qualcode.domain.errors import (
    CategoryCycle,
    ChangedMeanwhile,
    DuplicateName,
    EmptyName,
    WrongLevel,
)
from qualcode.domain.proposals import Proposal, ProposalState, Proposed, Stale
from qualcode.domain.review import NodeState, RemarkKind, ReviewState, SinceLook
from qualcode.domain.tree_changes import Merged
from qualcode.store.review_views import ThreadQuery
from qualcode.texts import gettext_for
from qualcode.workbench import (
    categorising,
    coding,
    history,
    reducing,
    role_mapping,
)
from qualcode.workbench.bench import OnlyReviewing, watching
from qualcode.workbench.messages import act_sentence
from qualcode.workbench.reviewing import freezing, looking, proposing, remarks
from tests.builders import everything
from tests.workbench.review_study import a_reviewed_study, reduction

FI = gettext_for("fi")


@pytest.fixture
def people():
    return a_reviewed_study()


@pytest.fixture
def maija(people):
    return people[0]


@pytest.fixture
def pekka(people):
    return people[1]


def told(bench):
    """The newest line of the log."""
    with bench.store.reading() as rows:
        return act_sentence(rows.decisions(0, 1).rows[0], FI)


def asked(bench, function, *args):
    with bench.store.reading() as rows:
        return function(rows, *args)


# --- threads ----------------------------------------------------------------------------------


def test_a_question_waits_until_its_thread_is_resolved(maija, pekka):
    first = remarks.say(pekka, "category", "apu", "Onko tämä eri kuin X?", RemarkKind.QUESTION)
    assert told(maija) == "kysyi aiheesta ”Nopea apu”: Onko tämä eri kuin X?"
    remarks.reply(maija, first.id, "On, koska puhutaan ajasta.")
    assert told(maija) == "vastasi aiheesta ”Nopea apu” (Pekka): On, koska puhutaan ajasta."
    (thread,) = remarks.about(pekka, "category", ["apu"])
    assert thread.open
    assert [one.text for one in thread.replies] == ["On, koska puhutaan ajasta."]
    assert thread.unread == {thread.replies[0].id}
    remarks.resolve(pekka, first.id)
    (thread,) = remarks.about(pekka, "category", ["apu"])
    assert not thread.open
    assert not thread.unread, "whoever resolves has read"
    remarks.reopen(maija, first.id)
    assert remarks.browse(pekka, ThreadQuery(open=True), 0, 5).total == 1


def test_a_reply_to_a_reply_comes_under_the_same_first_remark(maija, pekka):
    first = remarks.say(pekka, "category", "apu", "Yksi")
    second = remarks.reply(maija, first.id, "Kaksi")
    third = remarks.reply(pekka, second.id, "Kolme")
    assert third.reply_to == first.id
    (thread,) = remarks.about(maija, "category", ["apu"])
    assert [one.text for one in thread.replies] == ["Kaksi", "Kolme"]


def test_reductions_and_roles_are_spoken_of_too(maija, pekka):
    role_map = role_mapping.start(maija, "Kartta", "asiakas")
    role = role_mapping.add_role(maija, role_map.id, role_mapping.RoleDraft("Kysyjä"))
    remarks.say(pekka, "role", role.id, "Kenen rooli?", RemarkKind.QUESTION)
    remarks.say(pekka, "reduction", reduction(maija, "oli kiire"), "Sama kuin toinen")
    found = remarks.browse(maija, ThreadQuery(), 0, 5).rows
    assert [thread.about.label for thread in found] == ["oli kiire", "Kysyjä"]


def test_only_the_writer_changes_and_removes_and_never_under_a_reply(maija, pekka):
    first = remarks.say(pekka, "category", "apu", "Alku")
    with pytest.raises(remarks.NotYourRemark):
        remarks.change(maija, first.id, "Toisin")
    with pytest.raises(ChangedMeanwhile):
        remarks.change(pekka, first.id, "Toisin", seen="Jotain vanhempaa")
    assert remarks.change(pekka, first.id, "Toisin", seen="Alku").changed_at
    remarks.reply(maija, first.id, "Vastaus")
    with pytest.raises(remarks.HasReplies):
        remarks.remove(pekka, first.id)
    for empty in ("", "  \n"):
        with pytest.raises(remarks.EmptyRemark):
            remarks.say(pekka, "category", "apu", empty)


def test_what_is_said_goes_along_in_a_merger_and_outlives_a_removal(maija, pekka):
    remarks.say(pekka, "category", "kuulo", "Sama asia?")
    categorising.merge(maija, "apu", ["kuulo"])
    assert [t.first.about_label for t in remarks.about(pekka, "category", ["apu"])] == ["Kuuntelu"]
    history.undo(maija)
    assert len(remarks.about(pekka, "category", ["kuulo"])) == 1
    categorising.remove(maija, ["kuulo"])
    (thread,) = remarks.browse(pekka, ThreadQuery(), 0, 5).rows
    assert (thread.about.label, thread.about.there) == ("Kuuntelu", False)


def test_every_act_of_a_thread_is_undone(maija, pekka):
    first = remarks.say(pekka, "category", "apu", "Alku")
    for act in (
        lambda: remarks.say(pekka, "category", "apu", "Toinen"),
        lambda: remarks.change(pekka, first.id, "Muu"),
        lambda: remarks.resolve(pekka, first.id),
        lambda: remarks.remove(pekka, first.id),
    ):
        before = everything(pekka.store)
        act()
        assert everything(pekka.store) != before
        history.undo(pekka)
        assert everything(pekka.store) == before


# --- looks and states ---------------------------------------------------------------------------


def since(bench):
    with bench.store.reading() as rows:
        looks = looking.looks_of(rows, bench.coder)
        return looking.since(categorising.tree_of(rows), looks)


def test_nothing_is_new_to_someone_who_has_not_begun(pekka):
    assert since(pekka) == {}


def test_what_changed_since_my_look_is_told_and_not_what_i_saw(maija, pekka):
    looking.look_at(pekka, ["apu"])
    assert since(pekka) == {}
    moved = reduction(maija, "oli kiire")
    categorising.place(maija, [moved], "apu")
    categorising.rename(maija, "kuulo", "Kuulluksi tuleminen")
    categorising.move(maija, ["kiire"], "koht")
    categorising.add(maija, "Uusi", Level.SUBCATEGORY, category_id="uusi")
    tree = categorising.tree(maija)
    categorising.edit(maija, replace(tree["tuki"], definition="Mitä saatiin"))
    assert since(pekka) == {
        "apu": SinceLook(came=(moved,)),
        "kuulo": SinceLook(was_called="Kuuntelu"),
        "kiire": SinceLook(was_under="", left=(moved,)),
        "uusi": SinceLook(new=True),
        "tuki": SinceLook(redefined=True),
    }
    assert since(maija) == {}, "everybody has looks of their own"
    looking.look_at(pekka, ["apu", "uusi"])
    assert set(since(pekka)) == {"kuulo", "kiire", "tuki"}
    history.undo(pekka)
    assert len(since(pekka)) == 5, "a look taken by mistake is taken back"


def test_a_look_reads_what_is_said_of_the_category_and_of_what_is_in_it(maija, pekka):
    remarks.say(maija, "category", "apu", "Katso tätä")
    remarks.say(maija, "reduction", reduction(maija, "apua saatiin heti"), "Ja tätä")
    remarks.say(maija, "category", "kiire", "Ei vielä tätä")
    looking.look_at(pekka, ["apu"])
    assert [tally.unread for tally in asked(pekka, lambda rows: rows.remark_tallies("Pekka"))] == [
        0,
        1,
        0,
    ]


def test_a_removed_category_is_forgotten_when_that_has_been_seen(maija, pekka):
    looking.look_at(pekka, ["apu", "kiire"])
    categorising.remove(maija, ["kiire"])
    looks = asked(pekka, looking.looks_of, "Pekka")
    assert "kiire" in {look.category_id for look in looks}
    looking.look_at(pekka, ["apu", "kiire"])
    looks = asked(pekka, looking.looks_of, "Pekka")
    assert "kiire" not in {look.category_id for look in looks}


def test_an_approval_says_who_and_when_and_whether_it_still_holds(maija, pekka):
    looking.set_state(pekka, ["apu"], NodeState.APPROVED)
    assert told(maija) == "hyväksyi luokan ”Nopea apu”"
    (state,) = asked(maija, lambda rows: rows.find(ReviewState))
    assert (state.who, state.state) == ("Pekka", NodeState.APPROVED)
    tree = categorising.tree(maija)
    assert state.seal == looking.seal(tree, "apu") == looking.seals(tree)["apu"]
    categorising.place(maija, [reduction(maija, "oli kiire")], "apu")
    assert state.seal != looking.seal(categorising.tree(maija), "apu")
    history.undo(maija)
    assert state.seal == looking.seal(categorising.tree(maija), "apu")


# --- proposals ----------------------------------------------------------------------------------


def only(bench):
    (proposal,) = asked(bench, lambda rows: rows.find(Proposal))
    return proposal


@pytest.mark.parametrize(
    ("what", "subjects", "target", "name", "sentence"),
    [
        (Proposed.MOVE, ["kiire"], "koht", "", "siirsi luokan ”Kiire” luokkaan ”Kohtaaminen”"),
        (Proposed.MERGE, ["kuulo"], "apu", "", "yhdisti luokan ”Kuuntelu” luokkaan ”Nopea apu”"),
        (Proposed.RENAME, ["apu"], None, "Apu ajallaan", "nimesi luokan ”Nopea apu” uudelleen"),
        (Proposed.PLACE, ["oli kiire"], "apu", "", "sijoitti pelkistyksen ”oli kiire”"),
    ],
)
def test_an_accepted_proposal_is_one_act_that_names_its_proposer(
    maija, pekka, what, subjects, target, name, sentence
):
    if what is Proposed.PLACE:
        subjects = [reduction(maija, wording) for wording in subjects]
    remarks.say(pekka, "category", "kuulo", "Kuuluisi toisaalle")
    proposal = proposing.propose(pekka, what, subjects, target, name, "Koska näin")
    assert [one.stale for one in asked(maija, proposing.open_ones, categorising.tree(maija))] == [
        None
    ]
    before = everything(maija.store)
    with watching() as acts:
        proposing.accept(maija, proposal.id)
    assert len(acts) == 1
    assert sentence in told(maija)
    assert "Pekka" in told(maija)
    assert only(maija).state is ProposalState.ACCEPTED
    with pytest.raises(proposing.NotOpen):
        proposing.decline(maija, proposal.id)
    history.undo(maija)
    assert everything(maija.store) == before
    assert only(maija).state is ProposalState.OPEN, "it can be decided anew"


def test_a_merger_that_was_proposed_takes_threads_and_roles_along(maija, pekka):
    remarks.say(pekka, "category", "kuulo", "Mukaan")
    proposal = proposing.propose(pekka, Proposed.MERGE, ["kuulo"], "apu")
    proposing.accept(maija, proposal.id)
    assert len(remarks.about(pekka, "category", ["apu"])) == 1


@pytest.mark.parametrize(
    ("meanwhile", "stale"),
    [
        (lambda bench: categorising.move(bench, ["kiire"], "koht"), Stale.DONE),
        (lambda bench: categorising.remove(bench, ["kiire"]), Stale.GONE),
        (lambda bench: categorising.remove(bench, ["koht"]), Stale.TARGET_GONE),
        (lambda bench: categorising.move(bench, ["kiire"], "tuki"), Stale.ELSEWHERE),
    ],
)
def test_a_proposal_of_an_older_tree_says_so_and_changes_nothing(maija, pekka, meanwhile, stale):
    proposal = proposing.propose(pekka, Proposed.MOVE, ["kiire"], "koht")
    meanwhile(maija)
    assert asked(maija, proposing.open_ones, categorising.tree(maija))[0].stale is stale
    before = everything(maija.store)
    with pytest.raises(proposing.StaleProposal):
        proposing.accept(maija, proposal.id)
    assert everything(maija.store) == before
    proposing.decline(maija, proposal.id, "Tehty jo toisin")
    assert only(maija).answer == "Tehty jo toisin"


def test_what_could_not_be_done_is_not_proposed(pekka):
    with pytest.raises(WrongLevel):
        proposing.propose(pekka, Proposed.MOVE, ["kiire"], "apu")
    with pytest.raises(CategoryCycle):
        proposing.propose(pekka, Proposed.MOVE, ["tuki"], "apu")
    with pytest.raises(proposing.NothingProposed):
        proposing.propose(pekka, Proposed.MOVE, ["apu"], "koht")
    with pytest.raises(proposing.NothingProposed):
        proposing.propose(pekka, Proposed.MERGE, ["apu"], "apu")
    with pytest.raises(DuplicateName):
        proposing.propose(pekka, Proposed.RENAME, ["apu"], name="kiire")
    with pytest.raises(EmptyName):
        proposing.propose(pekka, Proposed.RENAME, ["apu"], name=" ")


def test_a_proposal_is_withdrawn_by_its_proposer_only(maija, pekka):
    proposal = proposing.propose(pekka, Proposed.MOVE, ["kiire"], "koht")
    with pytest.raises(proposing.NotYourProposal):
        proposing.withdraw(maija, proposal.id)
    proposing.withdraw(pekka, proposal.id)
    assert only(maija).state is ProposalState.WITHDRAWN
    assert [one.id for one in asked(maija, proposing.decided, 5)] == [proposal.id]


# --- versions -----------------------------------------------------------------------------------


def test_a_frozen_version_is_compared_with_the_tree_of_now(maija):
    version = freezing.freeze(maija, "Ennen palaveria", "Ensimmäinen")
    assert (version.categories, version.reductions) == (5, 7)
    assert told(maija) == "jäädytti luokkapuun versioksi ”Ennen palaveria”"
    categorising.merge(maija, "apu", ["kuulo"])
    old, new, found = asked(maija, freezing.compared, version.id, None)
    assert found.merged == (Merged(("apu", "kuulo"), "apu"),)
    assert len(found.moves) == 2
    assert set(old.tree.categories) - set(new.tree.categories) == {"kuulo"}
    later = freezing.freeze(maija, "Palaverin jälkeen")
    assert asked(maija, freezing.compared, version.id, later.id)[2] == found
    assert [one.name for one in asked(maija, freezing.versions)] == [
        "Ennen palaveria",
        "Palaverin jälkeen",
    ]


def test_versions_have_names_of_their_own_and_go_without_touching_the_tree(maija):
    version = freezing.freeze(maija, "Luonnos")
    with pytest.raises(DuplicateName):
        freezing.freeze(maija, "luonnos ")
    with pytest.raises(EmptyName):
        freezing.freeze(maija, " ")
    before = everything(maija.store)
    freezing.remove(maija, version.id)
    assert asked(maija, freezing.versions) == []
    history.undo(maija)
    assert everything(maija.store) == before


# --- who may do what ----------------------------------------------------------------------------


def test_who_only_reviews_may_speak_and_nothing_else(maija, pekka):
    reviewer = replace(pekka, reviewing=True)
    before = everything(maija.store)
    for act in (
        lambda: categorising.rename(reviewer, "apu", "Muu"),
        lambda: reducing.reduce(reviewer, "d0", 0, 5, "sain"),
        lambda: coding.set_aside(reviewer, ["d0"], True),
        lambda: freezing.freeze(reviewer, "Minun"),
    ):
        with pytest.raises(OnlyReviewing):
            act()
    assert everything(maija.store) == before
    proposal = proposing.propose(reviewer, Proposed.MOVE, ["kiire"], "koht")
    with pytest.raises(OnlyReviewing):
        proposing.accept(reviewer, proposal.id)
    remarks.say(reviewer, "category", "apu", "Hyvä")
    looking.set_state(reviewer, ["apu"], NodeState.APPROVED)
    looking.look_at(reviewer, ["apu"])
    proposing.withdraw(reviewer, proposal.id)


def test_who_reviews_takes_back_only_what_they_have_said(maija, pekka):
    reviewer = replace(pekka, reviewing=True)
    categorising.rename(pekka, "apu", "Muu")
    with pytest.raises(OnlyReviewing):
        history.undo(reviewer)
    remarks.say(maija, "category", "apu", "Maijan sana")
    number = asked(maija, lambda rows: rows.decisions(0, 1)).rows[0].id
    with pytest.raises(history.NotYoursToTurn):
        history.undo_decision(reviewer, number)
    remarks.say(reviewer, "category", "apu", "Oma sana")
    history.undo(reviewer)
    assert [t.first.text for t in remarks.about(maija, "category", ["apu"])] == ["Maijan sana"]
    history.redo(reviewer)
    assert len(remarks.about(maija, "category", ["apu"])) == 2


def test_no_act_of_a_reviewer_changes_what_is_analysed():
    """What they may do is named one by one; a new act is refused until somebody adds it."""
    assert Act.ACCEPT_PROPOSAL not in REVIEWERS_ACTS
    assert Act.UNDO not in REVIEWERS_ACTS
