"""``replay --study``: the study's own finished analysis done once more, with every engine."""

from __future__ import annotations

import argparse
import json
import sys
import time

from qualcode.commands.opening import bench_of
from qualcode.commands.replay_printing import print_study
from qualcode.commands.replay_progress import Progress
from qualcode.domain.errors import QualcodeError
from qualcode.nlp.problems import EngineProblem
from qualcode.texts import gettext_for
from qualcode.workbench.worth import plain
from qualcode.workbench.worth.study import FEWEST, engines_of, finished, replay_study


class TooLittleDone(QualcodeError):
    template = (
        "There is too little to do again: at least {fewest} reductions in two or more categories, "
        "or as many coded passages, are needed. Go on with the analysis and try later."
    )


def replay(options: argparse.Namespace) -> int:
    """Prints what each engine would have offered; 1 when one of them did not work."""
    _ = gettext_for(options.language)
    begun = time.monotonic()
    bench = bench_of(options)
    done = finished(bench)
    if not (done.has_groups or done.has_codes):
        raise TooLittleDone(fewest=FEWEST)
    engines = [options.engine] if options.engine else engines_of(bench)
    found, failed = [], 0
    for engine in engines:
        try:
            worth = replay_study(
                bench,
                done,
                engine,
                shuffled=options.shuffled or 0,
                told=Progress(options.language, engine),
            )
        except EngineProblem as problem:
            if options.engine:
                raise
            failed += 1
            print(problem.message(_), file=sys.stderr)
        else:
            found.append(plain.of_study(worth))
    told = {
        "study": bench.study().name,
        "order": "shuffled" if options.shuffled else "own",
        "engines": found,
        "suggestions": plain.of_past(done.past),
        "seconds": round(time.monotonic() - begun, 1),
    }
    if options.json:
        json.dump(told, sys.stdout, ensure_ascii=False, indent=1, allow_nan=False)
        print()
    else:
        print_study(told, _)
    return 1 if failed else 0
