"""The words of the command line."""

from __future__ import annotations

import argparse
from pathlib import Path

from qualcode import __version__
from qualcode.bootstrap import Settings
from qualcode.commands import replay_arguments
from qualcode.domain.memos import ABOUT
from qualcode.texts import LANGUAGES


def parser() -> argparse.ArgumentParser:
    """Every command with its options; help texts are in English like the documents."""
    settings = Settings.from_environment()
    whole = argparse.ArgumentParser(
        prog="python -m qualcode",
        description="A workbench for qualitative content analysis.",
        epilog="Exit codes: 0 done, 1 done but look (bad rows, findings), 2 misspelt command, "
        "3 study not opened, 4 file not read, 5 act refused.",
    )
    whole.add_argument("--version", action="version", version=f"qualcode {__version__}")
    commands = whole.add_subparsers(dest="command", required=True, metavar="COMMAND")

    shared = argparse.ArgumentParser(add_help=False)
    shared.add_argument(
        "--language",
        choices=LANGUAGES,
        default=settings.language,
        help="language of what is printed and of the report (default: %(default)s)",
    )
    shared.add_argument("--coder", help=f"whose name the log carries (default: {settings.coder})")

    of_study = argparse.ArgumentParser(add_help=False)
    of_study.add_argument(
        "--study",
        default=settings.study,
        help="study file, or a postgresql:// address (default: $QUALCODE_STUDY)",
    )
    json = argparse.ArgumentParser(add_help=False)
    json.add_argument("--json", action="store_true", help="print JSON for a program to read")

    def command(
        name: str, act: str, about: str, *parents: argparse.ArgumentParser
    ) -> argparse.ArgumentParser:
        made = commands.add_parser(name, help=about, description=about, parents=[shared, *parents])
        made.set_defaults(act=act)
        return made

    new = command("new", "new", "start an empty study", of_study, json)
    new.add_argument("name", help="name of the study")

    demo = command("demo", "demo", "make the invented demo study", of_study, json)
    demo.add_argument("--again", action="store_true", help="replace an earlier demo study")

    bring = command("import", "bring_in", "bring material into a study", of_study, json)
    bring.add_argument("file", type=Path, help=".xlsx, .csv, .tsv, .docx, .txt; .json for counts")
    bring.add_argument("--map", type=Path, help="YAML that names the columns of a survey")
    bring.add_argument(
        "--kind",
        choices=("survey", "workshop", "text"),
        help="what the file is (default: guessed from its contents)",
    )
    bring.add_argument("--sheet", help="name of the sheet (default: the fullest one)")
    bring.add_argument("--actor-group", default="", help="actor group of all respondents")
    bring.add_argument("--sent", type=int, help="how many forms were sent, for the response rate")
    bring.add_argument(
        "--unit",
        choices=("whole", "paragraph", "turn"),
        help="what one text of a .docx or .txt is (default: a turn when people speak in it)",
    )
    bring.add_argument(
        "--interviewer",
        action="append",
        metavar="NAME",
        help="a speaker whose turns are set aside; may be repeated (default: H, interviewer...)",
    )
    bring.add_argument(
        "--form", metavar="NAME", help="the study's form that the survey was answered on"
    )
    bring.add_argument("--again", action="store_true", help="import a file that is in already")

    asked = command("forms", "forms", "list, take and show forms", of_study, json)
    asked.add_argument("--take", type=Path, metavar="FILE", help=".xlsx, .csv, .yaml or .json")
    asked.add_argument("--show", metavar="NAME", help="print one form as YAML")

    books = command("codebooks", "codebooks", "list, take and save codebooks", of_study, json)
    books.add_argument("--take", metavar="KEY|FILE", help="take a codebook into the study")
    books.add_argument("--show", metavar="KEY|FILE", help="print one codebook")
    books.add_argument("--save", metavar="KEY", help="save a codebook of the study as YAML")
    books.add_argument("--to", type=Path, default=Path(), help="folder for --save")

    suggest = command("suggest", "suggest", "offer codes or groups, with reasons", of_study, json)
    suggest.add_argument("what", choices=("codes", "groups"))
    suggest.add_argument(
        "--around", action="store_true", help="groups around the categories there are"
    )
    suggest.add_argument("--engine", help="embedding engine (default: the best one installed)")
    suggest.add_argument("--limit", type=int, default=0, help="at most so many items (0: all)")

    again = commands.add_parser(
        "replay",
        help="do a finished coding again: how early would the right one have been offered?",
        description="Does a finished coding again and tells how early the right code or group "
        "would have been offered: that of a study, or of a table (--csv).",
        parents=[of_study, json],
    )
    replay_arguments.add_options(again, settings.language)

    find = command("find", "find", "find words in answers, reductions and memos", of_study, json)
    find.add_argument("words", nargs="+", help="words, “a phrase”, -without, begin*")
    find.add_argument(
        "--how",
        choices=("forms", "exact", "regex", "meaning"),
        default="forms",
        help="any form of the words, as written, a pattern, or by meaning (default: %(default)s)",
    )
    find.add_argument(
        "--where",
        action="append",
        choices=("answers", "reductions", "memos"),
        help="where to look; may be repeated (default: everywhere)",
    )
    find.add_argument("--actor-group", help="only what this actor group said")
    find.add_argument(
        "--limit", type=int, default=50, help="at most so many (default: %(default)s)"
    )

    report = command("report", "report", "write the study's tables", of_study, json)
    report.add_argument("--word", type=Path, help="write a Word document here")
    report.add_argument("--excel", type=Path, help="write an Excel workbook here")
    report.add_argument(
        "--data",
        action="store_true",
        help="with the answers behind the numbers as sheets of the workbook",
    )

    memos = command("memos", "memos", "print the memos, oldest first", of_study, json)
    memos.add_argument("--about", choices=ABOUT, help="only memos about this kind of thing")
    memos.add_argument("--who", help="only memos this coder has written")
    memos.add_argument("--text", default="", help="only memos that hold these words")

    log = command("log", "log", "print the decision log, newest first", of_study, json)
    log.add_argument("--limit", type=int, default=50, help="how many acts (default: %(default)s)")
    log.add_argument("--who", help="only this coder's acts")

    command("undo", "undo", "take back the coder's latest act", of_study, json)
    command("redo", "redo", "do the act undone last again", of_study, json)
    command("check", "check", "verify that the study is whole", of_study, json)
    command("upgrade", "upgrade", "bring a study on a server up to this version", of_study)

    engines = command(
        "models", "models", "suggestion engines: list them, build the model", of_study, json
    )
    engines.add_argument(
        "what", nargs="?", choices=("list", "build", "export", "tidy"), default="list"
    )
    engines.add_argument("--to", type=Path, help="folder (default: the user's cache)")
    engines.add_argument("--again", action="store_true", help="build it even if it is in place")

    serve = command("serve", "serve", "open the workbench in a browser", of_study)
    serve.add_argument("--demo", action="store_true", help="open the demo study")
    serve.add_argument("--port", type=int, default=8501)
    serve.add_argument("--address", default="127.0.0.1", help="listen on this address")
    serve.add_argument(
        "--ask-name",
        action="store_true",
        help="ask each browser who sits there (always so when others may connect)",
    )
    serve.add_argument("--no-browser", action="store_true", help="do not open a browser window")
    return whole
