"""The command ``serve``: the web server in this process's place."""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from pathlib import Path

from qualcode import bootstrap
from qualcode.commands.opening import absolute, demo_path, settings_of
from qualcode.texts import gettext_for
from qualcode.workbench.demo import ANALYST

OWN_ADDRESSES = ("127.0.0.1", "localhost", "::1")
ROOT = Path(__file__).resolve().parents[2]


def serve(options: argparse.Namespace) -> int:
    """Starts the web server in this process's place, so that stopping it stops everything."""
    _ = gettext_for(options.language)
    environment = dict(os.environ)
    # Many windows ask at once, each for a small product of matrices: spread over the processors
    # they wait for one another, ten times as long on a busy computer.
    environment.setdefault("OPENBLAS_NUM_THREADS", "1")
    if options.demo:
        path = demo_path(options)
        if not path.exists():
            print(_("Making the demo study…"), file=sys.stderr, flush=True)
            bootstrap.create_demo(path, settings_of(options)).close()
        environment["QUALCODE_STUDY"] = str(path)
        # Under the invented analyst's name undo has something to take back.
        options.coder = options.coder or environment.get("QUALCODE_CODER") or ANALYST
    elif options.study:
        environment["QUALCODE_STUDY"] = absolute(options.study)
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
    own = "127.0.0.1" if options.address in ("0.0.0.0", "::") else options.address
    own = f"[{own}]" if ":" in own else own
    print(
        _("qualcode opens at http://{address}:{port}. Ctrl+C ends it.").format(
            address=own, port=options.port
        ),
        file=sys.stderr,
        flush=True,
    )
    if os.name == "posix":
        os.execve(sys.executable, command, environment)
    return subprocess.call(command, env=environment)
