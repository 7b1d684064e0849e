"""What each command does: read the options, ask the workbench, print."""

from __future__ import annotations

import argparse
import sys
from dataclasses import asdict

from qualcode import bootstrap
from qualcode.commands import codebook_acts, memo_acts
from qualcode.commands.forms import forms as forms
from qualcode.commands.importing import bring_in as bring_in
from qualcode.commands.models import models as models
from qualcode.commands.opening import address_of, bench_at, bench_of, demo_path, settings_of
from qualcode.commands.printing import print_json, say
from qualcode.commands.serving import serve as serve
from qualcode.domain.errors import CannotWrite
from qualcode.store.views import MemoQuery
from qualcode.texts import gettext_for
from qualcode.workbench import codebook_files, history, memo_export, studies
from qualcode.workbench import codebooks as books
from qualcode.workbench.messages import act_sentence, local_time

Options = argparse.Namespace


# --- studies --------------------------------------------------------------------------------


def new(options: Options) -> int:
    store = bootstrap.create_store(address_of(options))
    study = studies.start(bench_at(store, options), options.name)
    say(options, {"study": store.address, "name": study.name}, store.address)
    return 0


def demo(options: Options) -> int:
    path = demo_path(options)
    if not path.exists():
        bootstrap.create_demo(path, settings_of(options)).close()
    elif options.again:
        bootstrap.replace_demo(path, settings_of(options)).close()
    say(options, {"study": str(path)}, str(path))
    return 0


def upgrade(options: Options) -> int:
    _ = gettext_for(options.language)
    found = bootstrap.upgrade_server(address_of(options))
    print(_("Brought up from schema {found}.").format(found=found))
    return 0


# --- the log --------------------------------------------------------------------------------


def log(options: Options) -> int:
    bench = bench_of(options)
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
        print_json({"total": page.total, "decisions": rows})
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
    bench = bench_of(options)
    decision = history.undo(bench) if back else history.redo(bench)
    sentence = act_sentence(decision, gettext_for(options.language))
    say(options, {"id": decision.id, "act": decision.act.value}, sentence)
    return 0


# --- memos ----------------------------------------------------------------------------------


def memos(options: Options) -> int:
    bench = bench_of(options)
    query = MemoQuery(text=options.text, kind=options.about, who=options.who)
    if options.json:
        print_json({"memos": memo_acts.listed(bench, query)})
    else:
        print(memo_export.as_markdown(bench, query), end="")
    return 0


# --- reports and checks ---------------------------------------------------------------------


def report(options: Options) -> int:
    from qualcode.workbench import reporting

    _ = gettext_for(options.language)
    bench = bench_of(options)
    choices = reporting.Choices(data=options.data)
    made = reporting.report(bench, options.language, choices=choices)
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
    say(options, {"written": written}, "\n".join(written))
    return 0


def check(options: Options) -> int:
    from qualcode.workbench import checking

    _ = gettext_for(options.language)
    findings = checking.check(bench_of(options))
    if options.json:
        print_json({"findings": [asdict(finding) for finding in findings]})
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
        book = books.take(bench_of(options), file)
        warnings = codebook_acts.told(file, options)
        if warnings:
            print(warnings, file=sys.stderr)
        say(options, {"codebook": book.key, "codes": len(file.codes)}, book.name(options.language))
        return 1 if warnings else 0
    if options.save:
        path = codebook_files.save_version(
            bench_of(options), f"codebook:{options.save}", options.to
        )
        say(options, {"written": str(path)}, str(path))
        return 0
    rows = codebook_acts.listed(bench_of(options) if options.study else None, options)
    if options.json:
        print_json({"codebooks": rows})
        return 0
    for row in rows:
        print(f"{row['key']:<40} {row['codes']:>4}  {row['name']}")
    return 0


# --- searching ------------------------------------------------------------------------------


def find(options: Options) -> int:
    from qualcode.commands import finding

    return finding.find(options, bench_of(options))


# --- suggestions ----------------------------------------------------------------------------


def suggest(options: Options) -> int:
    from qualcode.commands import suggesting

    return suggesting.suggest(options)


def replay(options: Options) -> int:
    from qualcode.commands import replay as replaying

    return replaying.replay(options)
