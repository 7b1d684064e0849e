"""What each command does: read the options, ask the workbench, print."""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from qualcode import bootstrap
from qualcode.bootstrap import SUFFIX, Settings
from qualcode.commands import codebook_acts, memo_acts
from qualcode.commands.importing import bring_in as bring_in
from qualcode.commands.models import models as models
from qualcode.domain.errors import CannotWrite, StudyMissing
from qualcode.store.repository import Store
from qualcode.store.views import MemoQuery
from qualcode.texts import gettext_for
from qualcode.workbench import codebook_files, history, memo_export, studies
from qualcode.workbench import codebooks as books
from qualcode.workbench.bench import Workbench
from qualcode.workbench.demo import ANALYST
from qualcode.workbench.messages import act_sentence, local_time

Options = argparse.Namespace
OWN_ADDRESSES = ("127.0.0.1", "localhost", "::1")
ROOT = Path(__file__).resolve().parents[2]


# --- studies --------------------------------------------------------------------------------


def new(options: Options) -> int:
    store = bootstrap.create_store(_address(options))
    study = studies.start(_bench_at(store, options), options.name)
    _say(options, {"study": store.address, "name": study.name}, store.address)
    return 0


def demo(options: Options) -> int:
    path = _demo_path(options)
    if not path.exists():
        bootstrap.create_demo(path, _settings(options)).close()
    elif options.again:
        bootstrap.replace_demo(path, _settings(options)).close()
    _say(options, {"study": str(path)}, str(path))
    return 0


def upgrade(options: Options) -> int:
    _ = gettext_for(options.language)
    found = bootstrap.upgrade_server(_address(options))
    print(_("Brought up from schema {found}.").format(found=found))
    return 0


def serve(options: Options) -> int:
    """Starts the web server in this process's place, so that stopping it stops everything."""
    environment = dict(os.environ)
    # Many windows ask at once, each for a small product of matrices: spread over the processors
    # they wait for one another, ten times as long on a busy computer.
    environment.setdefault("OPENBLAS_NUM_THREADS", "1")
    if options.demo:
        path = _demo_path(options)
        if not path.exists():
            _ = gettext_for(options.language)
            print(_("Making the demo study…"), file=sys.stderr, flush=True)
            bootstrap.create_demo(path, _settings(options)).close()
        environment["QUALCODE_STUDY"] = str(path)
        # Under the invented analyst's name undo has something to take back.
        options.coder = options.coder or environment.get("QUALCODE_CODER") or ANALYST
    elif options.study:
        environment["QUALCODE_STUDY"] = _absolute(options.study)
    environment["QUALCODE_LANGUAGE"] = options.language
    if options.coder:
        environment["QUALCODE_CODER"] = options.coder
    if options.ask_name or (options.address not in OWN_ADDRESSES and not options.coder):
        # Several people, one server: nobody is to work under the name of whoever started it.
        environment["QUALCODE_ASK_NAME"] = "1"
    command = [
        sys.executable,
        "-m",
        "streamlit",
        "run",
        str(ROOT / "app.py"),
        "--server.port",
        str(options.port),
        "--server.address",
        options.address,
        "--server.headless",
        "true" if options.no_browser else "false",
    ]
    # The settings in .streamlit are found beside app.py, whatever folder this is started in.
    environment["PYTHONPATH"] = os.pathsep.join(
        filter(None, [str(ROOT), environment.get("PYTHONPATH")])
    )
    if os.name == "posix":
        os.execve(sys.executable, command, environment)
    return subprocess.call(command, env=environment)


# --- the log --------------------------------------------------------------------------------


def log(options: Options) -> int:
    bench = _bench(options)
    page = history.log(bench, 0, options.limit, options.who)
    if options.json:
        rows = [
            {
                "id": d.id,
                "at": d.at,
                "who": d.who,
                "act": d.act.value,
                "summary": dict(d.summary),
                "undone": d.undone,
                "of": d.of,
            }
            for d in page.rows
        ]
        _json({"total": page.total, "decisions": rows})
        return 0
    _ = gettext_for(options.language)
    for d in page.rows:
        undone = f"  [{_('undone')}]" if d.undone else ""
        print(f"{d.id:>6}  {local_time(d.at)}  {d.who}: {act_sentence(d, _)}{undone}")
    if page.total > len(page.rows):
        print(_("… and {count} older ones (--limit)").format(count=page.total - len(page.rows)))
    return 0


def undo(options: Options) -> int:
    return _turned(options, back=True)


def redo(options: Options) -> int:
    return _turned(options, back=False)


def _turned(options: Options, back: bool) -> int:
    bench = _bench(options)
    decision = history.undo(bench) if back else history.redo(bench)
    sentence = act_sentence(decision, gettext_for(options.language))
    _say(options, {"id": decision.id, "act": decision.act.value}, sentence)
    return 0


# --- memos ----------------------------------------------------------------------------------


def memos(options: Options) -> int:
    bench = _bench(options)
    query = MemoQuery(text=options.text, kind=options.about, who=options.who)
    if options.json:
        _json({"memos": memo_acts.listed(bench, query)})
    else:
        print(memo_export.as_markdown(bench, query), end="")
    return 0


# --- reports and checks ---------------------------------------------------------------------


def report(options: Options) -> int:
    from qualcode.workbench import reporting

    _ = gettext_for(options.language)
    bench = _bench(options)
    made = reporting.report(bench, options.language)
    written = []
    for path, as_file in ((options.word, reporting.as_word), (options.excel, reporting.as_excel)):
        if path is None:
            continue
        try:
            path.write_bytes(as_file(made))
        except OSError as error:
            raise CannotWrite(file=path, what=error.strerror) from error
        written.append(str(path))
    if not written:
        print(_("Say where to write: --word FILE and/or --excel FILE."), file=sys.stderr)
        return 2
    _say(options, {"written": written}, "\n".join(written))
    return 0


def check(options: Options) -> int:
    from qualcode.workbench import checking

    _ = gettext_for(options.language)
    findings = checking.check(_bench(options))
    if options.json:
        _json({"findings": [asdict(finding) for finding in findings]})
    elif findings:
        for finding in findings:
            print(finding)
    else:
        print(_("The study is whole."))
    return 1 if findings else 0


# --- codebooks ------------------------------------------------------------------------------


def codebooks(options: Options) -> int:
    """Without options: the study's codebooks, or without a study the shipped ones."""
    if options.show:
        print(codebook_acts.shown(codebook_acts.opened(options.show)), end="")
        return 0
    if options.take:
        file = codebook_acts.opened(options.take)
        book = books.take(_bench(options), file)
        warnings = codebook_acts.told(file, options)
        if warnings:
            print(warnings, file=sys.stderr)
        _say(options, {"codebook": book.key, "codes": len(file.codes)}, book.name(options.language))
        return 1 if warnings else 0
    if options.save:
        path = codebook_files.save_version(_bench(options), f"codebook:{options.save}", options.to)
        _say(options, {"written": str(path)}, str(path))
        return 0
    rows = codebook_acts.listed(_bench(options) if options.study else None, options)
    if options.json:
        _json({"codebooks": rows})
        return 0
    for row in rows:
        print(f"{row['key']:<40} {row['codes']:>4}  {row['name']}")
    return 0


# --- searching ------------------------------------------------------------------------------


def find(options: Options) -> int:
    from qualcode.commands import finding

    return finding.find(options, _bench(options))


# --- suggestions ----------------------------------------------------------------------------


def suggest(options: Options) -> int:
    from qualcode.workbench import suggesting

    bench = _bench(options)
    _ = gettext_for(options.language)
    if options.what == "codes":
        offered = suggesting.suggest_codes(
            bench, limit=options.limit or None, engine=options.engine
        )
        if options.json:
            _json({"kind": "codes", "items": [asdict(s) for s in offered]})
            return 0
        for s in offered:
            print(s.subject)
            for c in s.candidates:
                print(f"    {c.score:6.3f}  {c.label}")
        if not offered:
            print(_("Nothing to suggest: no codebook is in use, or every text is coded."))
        return 0
    grouping = suggesting.suggest_groups(bench, around=options.around, engine=options.engine)
    groups = grouping.groups[: options.limit or None]
    if options.json:
        _json(
            {
                "kind": "groups",
                "items": [asdict(g) for g in groups],
                "left_out": list(grouping.left_out),
            }
        )
        return 0
    wordings = suggesting.wordings_of(bench, [i for g in groups for i in g.member_ids])
    for g in groups:
        joins = _("joins: {name}").format(name=g.name) if g.joins else g.name
        print(f"{joins}  [{', '.join(g.keywords)}]  {g.cohesion:.2f}")
        for member in g.member_ids:
            print(f"    {wordings[member]}")
    if not groups:
        print(_("Nothing to group: every reduction has a place, or there are too few."))
    return 0


def replay(options: Options) -> int:
    from qualcode.commands import replay as replaying

    return replaying.replay(options)


# --- shared ---------------------------------------------------------------------------------


def _settings(options: Options) -> Settings:
    base = Settings.from_environment()
    return replace(
        base,
        study=getattr(options, "study", None),
        coder=options.coder or base.coder,
        language=options.language,
    )


def _absolute(address: str) -> str:
    return address if "://" in address else str(Path(address).expanduser().resolve())


def _address(options: Options) -> str:
    if not options.study:
        raise StudyMissing(path="--study")
    return str(options.study)


def _bench(options: Options) -> Workbench:
    return _bench_at(bootstrap.open_store(_address(options)), options)


def _bench_at(store: Store, options: Options) -> Workbench:
    return bootstrap.workbench(store, _settings(options))


def _demo_path(options: Options) -> Path:
    return (
        Path(_absolute(options.study))
        if options.study
        else _settings(options).folder / f"demo{SUFFIX}"
    )


def _say(options: Options, values: dict[str, Any], line: str) -> None:
    """One result, for a program or for a person."""
    if options.json:
        _json(values)
    else:
        print(line)


def _json(value: object) -> None:
    json.dump(value, sys.stdout, ensure_ascii=False, indent=1, default=str)
    print()
