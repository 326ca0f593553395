"""The command line: `python -m analysis COMMAND`; `--help` lists the commands."""

import argparse
import sys

from analysis import commands, exchange, study

# What stands between a command's name and its options.
PLACED = {
    "STUDY": "a folder under data/, or a path",
    "NAME": "name of its folder under data/, or a path such as ./mine",
    "TEXT": "the article, as you have it: plain text or a saved HTML page",
    "CODER": "the coder's name: lower-case letters, digits, hyphens",
    "FILE": ".qdpx, .csv or .xlsx",
}
COPY = {"metavar": "COPY", "help": "your copy of the article"}
DOCUMENT = {"metavar": "ID", "help": "only this document of the study"}
COPIES = {**COPY, "action": "append", "help": "your copy of the article; again for further documents"}
CODER = {"metavar": "CODER", "required": True, "help": PLACED["CODER"]}
FORMAT = {
    "metavar": "FORMAT",
    "required": True,
    "choices": exchange.FORMATS,
    "help": ", ".join(exchange.FORMATS),
}
COMMANDS = {
    "check": (commands.check, "[STUDY]", "validate a study's tables, and say what is still to be done"),
    "new": (commands.new, "NAME TEXT", "make a new study from a text"),
    "add": (commands.add, "STUDY TEXT", "add a further text: a paper, a transcript, a saved page"),
    "align": (commands.align, "STUDY TEXT", "compare your copy of the article with a study"),
    "sheet": (commands.sheet, "STUDY CODER", "write a sheet for a further coder, empty or with your text"),
    "suggest": (commands.suggest, "STUDY TEXT", "mark passages that hold a search term; never code them"),
    "import": (commands.add_coding, "STUDY FILE", "add a further coding: REFI-QDA, CSV or Excel"),
    "export": (commands.export, "STUDY", "write a study in a format of another program"),
    "renumber": (commands.renumber, "STUDY", "give paragraphs the ids of their kinds, in all tables"),
    "tidy": (commands.tidy, "[STUDY]", "rewrite tables that a spreadsheet has saved; no cell changes"),
    "describe": (commands.describe, "[STUDY]", "write datapackage.json and the tables of the READMEs"),
    "notebooks": (commands.notebooks, "[STUDY]", "execute the notebooks, or that of one study, in place"),
}
OPTIONS = {
    "add": {
        "--document": {
            "metavar": "ID",
            "required": True,
            "help": "its id: lower-case letters, digits, hyphens",
        },
        "--layer": {"metavar": "LAYER", "required": True, "help": "reported, declared, adopted or later"},
        "--side": {"metavar": "SIDE", "default": "", "help": "the side whose own text it is"},
        "--short": {"metavar": "NAME", "default": "", "help": "its name in figures and tables"},
    },
    "align": {
        "--document": {"metavar": "ID", "help": "the document that it is (default: the article)"},
        "--find": {"metavar": "PHRASE", "help": "print the paragraph, start and end of a phrase instead"},
    },
    "sheet": {
        "--document": DOCUMENT,
        "--text": COPIES,
        "--out": {
            "metavar": "FILE",
            "help": "a new .xlsx or .csv, outside every repository: it holds the text",
        },
    },
    "import": {
        "--coder": CODER,
        "--text": COPIES,
        "--user": {"metavar": "NAME", "help": "whose selections of a project are taken"},
        "--replace": {"action": "store_true", "help": "replace the coder's earlier coding"},
        "--made-by": {
            "metavar": "KIND",
            "choices": ["person", "model"],
            "default": "person",
            "help": "who coded: person (as it is unless said otherwise) or model",
        },
    },
    "export": {
        "--to": FORMAT,
        "--document": DOCUMENT,
        "--text": COPIES,
        "--out": {"metavar": "FILE", "help": "the file to write (default: the study's name)"},
        "--force": {"action": "store_true", "help": "replace an earlier export"},
    },
}


class Parser(argparse.ArgumentParser):
    """A parser that says in one line what is wrong with a command."""

    def error(self, message):
        """Leave with the message and status 2."""
        shown = message if message.isprintable() else message.encode("unicode_escape").decode()
        self.exit(2, f"{shown}; `{self.prog} --help` says more\n")


def parser():
    """Return the parser of the command line."""
    ask = Parser(prog="python -m analysis", description=__doc__.splitlines()[0])
    listed = ask.add_subparsers(required=True, metavar="COMMAND")
    for name, (action, placed, about) in COMMANDS.items():
        command = listed.add_parser(name, help=about, description=about)
        command.set_defaults(action=action)
        for each in placed.split():
            place = each.strip("[]")
            default = None if name == "notebooks" else study.DEFAULT
            left_out = {"nargs": "?", "default": default} if each != place else {}
            command.add_argument(place.lower(), metavar=place, help=PLACED[place], **left_out)
        for option, settings in OPTIONS.get(name, {}).items():
            command.add_argument(option, **settings)
    return ask


def main(arguments=None):
    """Run a command; return its exit status."""
    options = parser().parse_args(arguments)
    for value in vars(options).values():
        if isinstance(value, str) and not value.isprintable():
            print(f"{study.shown(value)}: a name without control characters is needed", file=sys.stderr)
            return 2
    try:
        return options.action(options)
    except (OSError, ValueError) as fault:
        print(fault, file=sys.stderr)
        return 2
    except ModuleNotFoundError as fault:
        extra = "exchange" if fault.name == "openpyxl" else "notebooks"
        print(f"{fault.name} is needed for this: pip install 'analysis[{extra}]'", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("interrupted; nothing is half-written", file=sys.stderr)
        return 130


if __name__ == "__main__":
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="backslashreplace")  # an old code page lacks some letters of any text
    sys.exit(main())
