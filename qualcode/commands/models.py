"""``python -m qualcode models``: the engines that work here; building the offline one."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from qualcode.commands.opening import bench_of
from qualcode.nlp import offline, registry
from qualcode.nlp.e5 import building, sentence_folder
from qualcode.nlp.labels import LABELS, LACKS
from qualcode.nlp.problems import EngineProblem
from qualcode.texts import gettext_for
from qualcode.workbench.messages import message_of
from qualcode.workbench.old_vectors import forget_old_vectors, told_freed


def models(options: argparse.Namespace) -> int:
    """Lists the engines, builds the offline sentence model, or writes it for other programs.

    ``tidy`` lets those vectors go from a study that are not in use any more.
    """
    if options.what == "build":
        return _build(options)
    if options.what == "export":
        return _export(options)
    if options.what == "tidy":
        return _tidy(options)
    return _list(options)


def _list(options: argparse.Namespace) -> int:
    _ = gettext_for(options.language)
    best = registry.best_available(options.language)
    lines = []
    for name in registry.known():
        problem: EngineProblem | None = None
        try:
            registry.probe(name)
        except EngineProblem as found:
            problem = found
        choice = registry.choice(name)
        lines.append(
            {
                "engine": name,
                "label": _(choice.label),
                "works": problem is None,
                "in_use": name == best.name,
                "about": message_of(problem, _) if problem else _(choice.cost),
            }
        )
    if options.json:
        print(json.dumps(lines, ensure_ascii=False))
    else:
        for line in lines:
            sign = "*" if line["in_use"] else "+" if line["works"] else "-"
            print(f"{sign} {line['engine']}: {line['label']}. {line['about']}")
        if best.passed_over:
            better = str(best.passed_over[0].values["engine"])
            missing = _("A better one is not in use: {engine}.").format(
                engine=_(LABELS.get(better, better))
            )
            print(f"\n{missing} {_(LACKS[better]) if better in LACKS else ''}".rstrip())
    return 0


def _build(options: argparse.Namespace) -> int:
    _ = gettext_for(options.language)
    folder = building.folder_of(options.to)
    if not options.again and offline.sound(options.to):
        _say(options, folder, _("The language model is in place: {folder}"))
        return 0

    def tell(done: int, steps: int, step: str) -> None:
        if step:
            print(f"{done + 1}/{steps} {_(step)}", file=sys.stderr, flush=True)

    offline.build(options.to, tell, again=options.again)
    _say(options, folder, _("The language model is ready: {folder}"))
    return 0


def _export(options: argparse.Namespace) -> int:
    _ = gettext_for(options.language)
    folder = options.to or Path("multilingual-e5-small")
    sentence_folder.write(folder)
    _say(options, folder, _("A sentence-transformers model was written to {folder}"))
    return 0


def _tidy(options: argparse.Namespace) -> int:
    freed = forget_old_vectors(bench_of(options))
    if options.json:
        print(json.dumps({"bytes": freed.bytes, "file_smaller": freed.smaller}))
    else:
        print(told_freed(freed, gettext_for(options.language), options.language))
    return 0


def _say(options: argparse.Namespace, folder: Path, sentence: str) -> None:
    told = building.manifest(folder)
    if options.json:
        known = {} if told is None else {"pieces": told.pieces, "least_cosine": told.least_cosine}
        print(json.dumps({"folder": str(folder), **known}, ensure_ascii=False))
    else:
        print(sentence.format(folder=folder))
