"""Where the study's suggestions come from: the engine in use, building it, choosing another."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Literal, TypeVar

import streamlit as st

from qualcode.domain.errors import QualcodeError
from qualcode.nlp import model_folder
from qualcode.nlp.labels import COSTS, LABELS, LACKS
from qualcode.nlp.offline import STEPS
from qualcode.nlp.trial import Trial
from qualcode.ui import state
from qualcode.ui.pages import engine_old_vectors
from qualcode.workbench import engines
from qualcode.workbench.bench import Workbench
from qualcode.workbench.engines import OWN, ChosenEngine

BEST = ""
"""In the list of engines: whichever is the best that works."""

OFFERED = (BEST, "e5-forms", "e5-floret", "e5", "floret", "tfidf", OWN)
DEVICES = ("cpu", "", "cuda", "mps")
MOST_AT_ONCE = 512
Got = TypeVar("Got")


def show(bench: Workbench) -> None:
    """The engine in use and why no better one is; then the choice."""
    _ = state.translator()
    with st.container(border=True, key="engine-settings"):
        st.markdown("**{}**".format(_("Where suggestions come from")))
        engine = _or_told(lambda: engines.engine_of(bench))
        if engine is None:
            return
        st.write(f"{_(engine.label)}. {_(engine.cost)}")
        if engine.options.get("model"):
            st.code(engine.options["model"], language=None)
        if engine.passed_over:
            better = str(engine.passed_over[0].values.get("engine", ""))
            said = [_("A better one is not in use: {engine}.").format(engine=_label(better))]
            if better in LACKS:
                said.append(_(LACKS[better]))
            why = list(dict.fromkeys(state.message(problem) for problem in engine.passed_over))
            st.info(" ".join(said), icon=":material/info:")
            with st.expander(_("Why, and what helps")):
                for sentence in why:
                    st.markdown(f"- {sentence}")
        if engines.can_be_built(engine):
            _building(bench)
        with st.expander(_("Choose another engine")):
            _choice(bench)
        engine_old_vectors.show(bench)


# --- the offline model ----------------------------------------------------------------------


def _building(bench: Workbench) -> None:
    _ = state.translator()
    if not st.button(
        _("Make the sentence model on this computer"),
        icon=":material/build:",
        key="build-model",
        help=_("Takes about a minute and 200 MB of disk while it works, 70 MB when done."),
    ):
        return
    bar = st.progress(0.0)

    def progressed(done: int, steps: int) -> None:
        bar.progress(done / steps, text=_(STEPS[done]) + "…" if done < len(STEPS) else None)

    def build() -> bool:
        engines.build_model(progressed)
        return True

    done = _or_told(build)
    bar.empty()
    if done:
        state.notify(_made(bench))
        st.rerun()


def _made(bench: Workbench) -> str:
    """What making the model has come to, as far as this study's suggestions go."""
    _ = state.translator()
    engine = engines.engine_of(bench)
    if engines.is_of_the_model(engine):
        return _("The sentence model is ready and in use.")
    return _(
        "The sentence model was made, but the engine in use is another: {engine}. Why, and what "
        "helps, is told on this page."
    ).format(engine=_(engine.label))


# --- choosing -------------------------------------------------------------------------------


def _choice(bench: Workbench) -> None:
    _ = state.translator()
    now = engines.chosen(bench)
    now = now and replace(now, warning="")
    name = st.selectbox(
        _("Engine"),
        OFFERED,
        index=OFFERED.index(now.name) if now and now.name in OFFERED else 0,
        format_func=_label,
        key="engine-name",
    )
    st.caption(_(COSTS[name]) if name else _("What is best for the language of the study here."))
    if name == OWN:
        _own_model(bench, now)
        return
    wanted = ChosenEngine(name) if name else None
    if st.button(_("Take into use"), key="choose-engine", disabled=wanted == now):
        _take(bench, wanted)


def _own_model(bench: Workbench, now: ChosenEngine | None) -> None:
    """Fields for a model of one's own; it is tried on the study's texts before it can be used."""
    _ = state.translator()
    before = now if now and now.name == OWN else ChosenEngine(OWN)
    model = st.text_input(
        _("Folder of the model, or its name on the model hub"),
        value=before.model,
        key="engine-model",
        placeholder="intfloat/multilingual-e5-small",
        help=_(
            "A model of sentence-transformers. A name is found when the model has been downloaded "
            "to this computer; the program itself downloads nothing."
        ),
    ).strip()
    own = model_folder.own_prefix(model) if model else ""
    asked = (
        _("the model asks for “{prefix}”").format(prefix=own)
        if own
        else _("nothing, unless the model asks")
    )
    prefix = st.text_input(
        _("Put before every text"),
        value=before.prefix or "",
        key="engine-prefix",
        placeholder=asked,
        help=_("E5 models want “query: ”. Left empty, the model's own settings are followed."),
    )
    left, right = st.columns(2)
    with left:
        device = st.selectbox(
            _("Runs on"),
            DEVICES,
            index=DEVICES.index(before.device) if before.device in DEVICES else 0,
            format_func=lambda one: {
                "cpu": _("the processor"),
                "": _("the fastest there is"),
            }.get(one, one),
            key="engine-device",
        )
    with right:
        at_once = st.number_input(
            _("Texts at a time"), 1, MOST_AT_ONCE, value=before.batch_size, key="engine-batch"
        )
    wanted = ChosenEngine(OWN, model, prefix or None, int(at_once), device)
    if st.button(_("Try it on this study"), key="try-model", disabled=not model):
        with st.spinner(_("Loading the model and trying it on the texts…")):
            seen = _or_told(lambda: engines.try_model(bench, wanted))
        state.choose("engine:trial", seen and (wanted, seen))
    tried = state.chosen("engine:trial")
    if tried is None or tried[0] != wanted:
        if model and wanted != now:
            st.caption(_("Try the model first: then you see whether it knows the language."))
        return
    _told(tried[1])
    warning = tried[1].warning
    look: Literal["primary", "secondary"] = "secondary" if warning else "primary"
    if st.button(_("Take into use"), key="choose-model", type=look, disabled=wanted == now):
        _take(bench, replace(wanted, warning=warning))


def _told(seen: Trial) -> None:
    """What trying the model has shown."""
    _ = state.translator()
    if seen.warning:
        st.warning(_(seen.warning), icon=":material/warning:")
    lines = [
        _("{count} texts of the study, {speed} texts a second, {size} numbers a text").format(
            count=seen.texts, speed=f"{seen.texts_a_second:.0f}", size=seen.dimensions
        )
    ]
    if seen.prefix:
        lines.append(_("before every text: “{prefix}”").format(prefix=seen.prefix))
    if seen.pieces_a_word is not None:
        lines.append(
            _("cuts a word into {pieces} pieces (about 2 where it knows the language)").format(
                pieces=_number(seen.pieces_a_word, 1)
            )
        )
    if seen.like_meaning is not None and seen.like_spelling is not None:
        lines.append(
            _(
                "finds texts alike as “{engine}” does: {meaning}; as spelling does: {spelling} "
                "(1 would be in all, 0 in nothing)"
            ).format(
                engine=_label(seen.reference),
                meaning=_number(seen.like_meaning, 2),
                spelling=_number(seen.like_spelling, 2),
            )
        )
    st.markdown("\n".join(f"- {line}" for line in lines))


def _take(bench: Workbench, wanted: ChosenEngine | None) -> None:
    _ = state.translator()
    engines.choose(bench, wanted)
    state.choose("engine:trial", None)
    state.notify(_("Suggestions come from this engine from now on. Undo takes it back."))
    st.rerun()


def _label(name: str) -> str:
    _ = state.translator()
    return _(LABELS.get(name, name)) if name else _("The best one that works")


def _number(value: float, decimals: int) -> str:
    written = f"{value:.{decimals}f}"
    return written.replace(".", ",") if state.language() == "fi" else written


def _or_told(do: Callable[[], Got]) -> Got | None:
    """What comes of it; None after telling why nothing does."""
    try:
        return do()
    except QualcodeError as error:
        st.error(state.message(error), icon=":material/error:")
        return None
