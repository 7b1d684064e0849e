"""The command line: a second user interface on the same workbench.

Exit codes: 0 done; 1 done, but something needs a look (bad rows, findings of ``check``);
2 the command was misspelt; 3 the study could not be opened; 4 a file could not be read;
5 the act was refused.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence

from qualcode.commands.arguments import parser
from qualcode.domain.errors import FileProblem, QualcodeError, StudyFileError
from qualcode.texts import gettext_for

DONE, LOOK, MISSPELT, NO_STUDY, NO_FILE, REFUSED = range(6)


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command; gives the exit code. Errors go to standard error in one sentence."""
    from qualcode.commands import acts
    from qualcode.workbench.messages import message_of

    # A Finnish answer must print on a Windows console of another code page, not end the program.
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    options = parser().parse_args(arguments)
    translate = gettext_for(options.language)
    try:
        return int(getattr(acts, options.act)(options))
    except StudyFileError as error:
        print(error.message(translate), file=sys.stderr)
        return NO_STUDY
    except FileProblem as error:
        print(error.message(translate), file=sys.stderr)
        return NO_FILE
    except QualcodeError as error:
        print(message_of(error, translate), file=sys.stderr)
        return REFUSED
    except BrokenPipeError:
        # The reader of a pipe (``| head``) has seen enough.
        sys.stderr.close()
        return DONE
