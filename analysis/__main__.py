"""The command line: `python -m analysis COMMAND`; `--help` lists the commands."""

import argparse
import os
import signal
import sys
import traceback
import unicodedata
from pathlib import Path

# What stands between a command's name and its options.
PLACED = {
    "STUDY": "a folder under data/, or a path",
    "NAME": "name of its folder under data/, or a path such as ./mine",
    "TEXT": "the article, as you have it: plain text or a saved HTML page",
    "CODER": "the coder's name: lower-case letters, digits, hyphens",
    "FILE": ".qdpx, .csv or .xlsx",
}
# By name: the function of `commands`, what is placed, and what it does.
COMMANDS = {
    "check": ("check", "[STUDY]", "validate a study's tables, and say what is still to be done"),
    "new": ("new", "NAME TEXT", "make a new study from a text"),
    "add": ("add", "STUDY TEXT", "add another text: a paper, a transcript, a saved page"),
    "align": ("align", "STUDY TEXT", "compare your copy of the article with a study"),
    "sheet": ("sheet", "STUDY CODER", "write a sheet for another coder, empty or with your text"),
    "suggest": ("suggest", "STUDY TEXT", "mark passages that hold a search term; never code them"),
    "import": ("add_coding", "STUDY FILE", "add another coding: REFI-QDA, CSV or Excel"),
    "export": ("export", "STUDY", "write a study in a format of another program"),
    "renumber": ("renumber", "STUDY", "give paragraphs the ids of their kinds, in all tables"),
    "tidy": ("tidy", "[STUDY]", "rewrite tables that a spreadsheet has saved; no cell changes"),
    "describe": ("describe", "[STUDY]", "write datapackage.json and the tables of the READMEs"),
    "notebooks": ("notebooks", "[STUDY]", "execute the notebooks, or that of one study, in place"),
}
DOCUMENT = {"metavar": "ID", "help": "only this document of the study"}
COPIES = {
    "metavar": "COPY",
    "action": "append",
    "help": "your copy of the article; repeat for other documents",
}
OPTIONS = {
    "add": {
        "--document": {"metavar": "ID", "required": True, "help": "its id: lower-case letters, digits, hyphens"},
        "--layer": {"metavar": "LAYER", "required": True, "help": "reported, declared, adopted or later"},
        "--side": {"metavar": "SIDE", "default": "", "help": "the side whose own text it is"},
        "--short": {"metavar": "NAME", "default": "", "help": "its name in figures and tables"},
    },
    "align": {
        "--document": {"metavar": "ID", "help": "the document that it is (default: the article)"},
        "--find": {"metavar": "PHRASE", "help": "print the paragraph, start and end of a phrase instead"},
    },
    "sheet": {
        "--document": DOCUMENT, "--text": COPIES,
        "--out": {"metavar": "FILE", "help": "a new .xlsx or .csv, outside every repository: it holds the text"},
        "--language": {"metavar": "LANGUAGE", "help": "language of the sheet and its guide, such as es"},
    },
    "import": {
        "--coder": {"metavar": "CODER", "required": True, "help": PLACED["CODER"]}, "--text": COPIES,
        "--user": {"metavar": "NAME", "help": "whose selections of a project are taken"},
        "--replace": {"action": "store_true", "help": "replace the coder's earlier coding"},
        "--made-by": {"metavar": "KIND", "choices": ["person", "model"], "default": "person",
                      "help": "who coded: person (as it is unless said otherwise) or model"},
    },
    "export": {
        "--to": {"metavar": "FORMAT", "required": True}, "--document": DOCUMENT, "--text": COPIES,
        "--out": {"metavar": "FILE", "help": "the file to write (default: the study's name)"},
        "--force": {"action": "store_true", "help": "replace an earlier export"},
    },
}  # fmt: skip
STOPPED = "interrupted; nothing is half-written"


class Parser(argparse.ArgumentParser):
    """A parser that says in one line what is wrong with a command."""

    def error(self, message):
        """Leave with the message and status 2."""
        shown = message if message.isprintable() else message.encode("unicode_escape").decode()
        self.exit(2, f"{shown[:600]}; `{self.prog} --help` says more\n")


def parser():
    """Return the parser of the command line."""
    from analysis import commands, exchange, study

    formats = {"choices": exchange.FORMATS, "help": ", ".join(exchange.FORMATS)}
    ask = Parser(prog="python -m analysis", description="Turn one news article into evidence.")
    listed = ask.add_subparsers(required=True, metavar="COMMAND", dest="command")
    for name, (action, placed, about) in COMMANDS.items():
        command = listed.add_parser(name, help=about, description=about)
        command.set_defaults(action=getattr(commands, action))
        for each in placed.split():
            place = each.strip("[]")
            default = None if name == "notebooks" else study.DEFAULT
            left_out = {"nargs": "?", "default": default} if each != place else {}
            command.add_argument(place.lower(), metavar=place, help=PLACED[place], **left_out)
        for option, settings in OPTIONS.get(name, {}).items():
            command.add_argument(option, **settings, **(formats if option == "--to" else {}))
    return ask


def main(arguments=None):
    """Run a command; return its exit status, and say in a line, or one per fault, why it failed."""
    given = sys.argv[1:] if arguments is None else arguments
    named = "python -m analysis"
    try:
        from analysis import study

        ask = parser()
        if any(value.endswith("=--") for value in given):  # Some versions of argparse make a list of it.
            ask.error("give a value after =")
        options = ask.parse_args(given)
        for value in given:
            if {unicodedata.category(sign) for sign in value} & {"Cc", "Cf", "Cs", "Zl", "Zp"}:
                raise ValueError(f"{study.shown(value)}: names must not contain control characters")
        named = " ".join([value for value in vars(options).values() if isinstance(value, str)][:4])
        return options.action(options) or 0
    except KeyboardInterrupt:
        print(STOPPED, file=sys.stderr)
        return 130
    except BrokenPipeError:
        return 1
    except ModuleNotFoundError as fault:
        extra = "exchange" if fault.name == "openpyxl" else "notebooks"
        said = f"{fault.name} is needed for this: pip install 'analysis[{extra}]'"
    except OSError as fault:
        said = f"{fault.filename or named}: {fault.strerror}" if fault.strerror else str(fault)
    except ValueError as fault:
        said = str(fault)
    except MemoryError:
        said = f"{named}: there is not enough memory"
    except Exception as fault:
        if sys.flags.dev_mode:  # python -X dev shows where it comes from.
            raise
        place = traceback.extract_tb(fault.__traceback__)[-1]
        said = (f"{named}: a fault of the program, please report it: {type(fault).__name__}: {str(fault)[:200]!r}, "
                f"{Path(place.filename).name}, line {place.lineno}")  # fmt: skip
    print(said, file=sys.stderr)
    return 2


def leave(*_):
    """End at once: while modules are imported nothing has begun, and after a command nothing is left to do."""
    os.write(2, f"{STOPPED}\n".encode())
    os._exit(130)


def stop(number, frame):
    """Stop as Ctrl-C does, also in the background of a shell, where that is ignored."""
    handler = signal.getsignal(signal.SIGINT)
    (handler if callable(handler) else signal.default_int_handler)(number, frame)


def run(arguments=None):
    """Run a command as a program: answer Ctrl-C and SIGTERM in one line, from its start to its end."""
    heard = signal.getsignal(signal.SIGINT) != signal.SIG_IGN
    signal.signal(signal.SIGTERM, leave)
    signal.signal(signal.SIGINT, leave if heard else signal.SIG_IGN)
    for stream in filter(None, (sys.stdout, sys.stderr)):
        stream.reconfigure(errors="backslashreplace")  # an old code page lacks some letters of any text
    try:
        parser()
        signal.signal(signal.SIGTERM, stop)
        signal.signal(signal.SIGINT, signal.default_int_handler if heard else signal.SIG_IGN)
        status = main(arguments)
    except SystemExit as left:  # argparse has said what is wrong, or has helped
        status = left.code
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        for stream in filter(None, (sys.stdout, sys.stderr)):
            stream.flush()
    except OSError as fault:
        # Python would fail once more at its end, with what it could not print.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if not isinstance(fault, BrokenPipeError):
            os.write(2, f"the output cannot be written: {fault.strerror}\n".encode())
        status = status or 1
    return status


if __name__ == "__main__":
    sys.exit(run())
