"""The command line: `python -m analysis COMMAND`; `--help` lists the commands."""

import argparse
import sys

from analysis import files, study
from analysis.study import loading, package

FORMATS = ("annotations", "excel", "graphml", "long", "matrix", "package", "qdc", "qdpx", "wide")


def check(arguments):
    """Print each fault of a study, or what is still to be done; return 1 if it cannot be used yet."""
    from analysis import coding

    loaded, faults = study.examine(study.find(arguments.study))
    for fault in faults:
        print(fault)
    if faults:
        return 1
    needed, useful = coding.steps(loaded)
    if needed:
        print(f"{loaded.name}: no faults, but unfinished; next:")
    else:
        print(f"{loaded.name}: no faults")
    for number, step in enumerate(needed, 1):
        print(f"{number}. {step}")
    if useful:
        print("Also worth doing:")
    for step in useful:
        print(f"- {step}")
    return int(bool(needed))


def new(arguments):
    """Make a new study from a text."""
    from analysis import coding

    folder = coding.new(arguments.name, arguments.text)
    made = study.load(folder, unfinished=True).paragraphs
    print(
        f"{folder.name}: {len(made)} paragraphs, {made['words'].sum()} words; "
        f"`python -m analysis check {folder.name}` says what comes next"
    )
    return 0


def add(arguments):
    """Add a further text to a study."""
    from analysis import coding

    given = arguments.document, arguments.layer, arguments.side, arguments.short
    number, questions = coding.add(arguments.study, arguments.text, *given)
    print(f"{arguments.document}: {number} paragraphs, {questions} of them reporters' questions")
    return 0


def align(arguments):
    """Say for each paragraph whether a reader's copy has it; return 1 if any is not as it was."""
    from analysis import article

    loaded = study.load(arguments.study, unfinished=True)
    frame, rest = article.align(loaded, article.read_copy(arguments.text))
    if arguments.find is not None:
        places = article.places(frame, arguments.find)
        for place in places:
            print(*place)
        if not places:
            print(f"{study.shown(arguments.find)}: not in a paragraph of this copy")
        return int(not places)
    frame = frame[frame["kind"] != "furniture"]
    for row in frame.itertuples():
        note = {
            "matches": "matches" + (f", printed {row.copies} times" if row.copies > 1 else ""),
            "differs": f"differs: {row.similarity:.0%} of the words are shared",
            "missing": "missing",
        }[row.status]
        print(f"{row.paragraph:<4} {row.kind:<9} {note}")
    tally = frame["status"].value_counts()
    print(
        f"{tally.get('matches', 0)} match, {tally.get('differs', 0)} differ, "
        f"{tally.get('missing', 0)} are missing; {len(rest)} pieces of the copy belong to none"
    )
    return int((frame.loc[frame["kind"].isin(study.CODED), "status"] != "matches").any())


def sheet(arguments):
    """Write an empty coding sheet and its guide."""
    from analysis import coding

    for path in coding.write_sheet(study.load(arguments.study), arguments.coder):
        print(f"written: codings/{path.name}")
    return 0


def suggest(arguments):
    """Print the passages that hold a search term of the codebook."""
    from analysis import article, coding

    loaded = study.load(arguments.study, unfinished=True)
    if not any(coding.terms(loaded).values()):
        raise ValueError(
            "issues.csv has no search terms yet; they stand in the column terms, apart by semicolons"
        )
    found = coding.suggest(loaded, article.read_copy(arguments.text))
    for row in found.itertuples():
        print(
            f"{row.paragraph:<4} {row.start:>4} to {row.end:>4}  {row.issue}: {row.term} in “{row.passage}”"
        )
    print(f"{len(found)} passages to look at; what they are coded as is for you to say")
    return 0


def export(arguments):
    """Write a study in a format of another program."""
    from analysis import exchange

    path = exchange.export(arguments.study, arguments.to, arguments.text, arguments.out, arguments.force)
    print(f"{path}: written; it does not hold: {exchange.LOST[arguments.to]}")
    return 0


def take(arguments):
    """Take a further coding into a study."""
    from analysis import exchange

    path, number, left = exchange.add_coding(arguments.study, arguments.file, arguments.coder, arguments.text)
    print(f"codings/{path.name}: {number} statements")
    if left:
        print(f"Not taken: {', '.join(map(study.shown, left))}")
    return 0


def describe(arguments):
    """Write anew what repeats other files: datapackage.json, and the tables in the READMEs."""
    from analysis import findings, report

    folder, loaded = study.find(arguments.study), study.load(study.DEFAULT, described=False)
    contents = {folder / "datapackage.json": study.descriptor(folder)}
    for path, name, text in (
        (loading.ROOT / "README.md", "tables", study.document()),
        (loading.ROOT.parent / "README.md", "findings", report.findings_table(loaded)),
    ):
        whole = files.read(path).decode("utf-8")
        contents[path] = package.between(whole, name, text).encode("utf-8")
    files.write_all(contents)
    print(f"written: {folder.name}/datapackage.json, and the tables in data/README.md and README.md")
    held = findings.baseline(loaded)
    for finding in held.index[~held]:
        print(f"{finding} does not hold for the coding in use: correct its sentence or its arguments")
    return int(not held.all())


def execute(arguments):
    """Execute the notebooks in place, or that of one study; return 1 if any fails."""
    from analysis import notebooks

    if arguments.study:
        study.load(arguments.study)
        return notebooks.execute_study(
            study.find(arguments.study), report=lambda line: print(line, flush=True)
        )
    paths = sorted((notebooks.ROOT / "notebooks").glob("[0-9][0-9]-*.ipynb"))
    failed = notebooks.execute(paths, notebooks.ROOT / "figures", report=lambda line: print(line, flush=True))
    return int(bool(failed))


class Parser(argparse.ArgumentParser):
    """A parser that says in one line what is wrong with a command."""

    def error(self, message):
        """Leave with the message and status 2."""
        shown = message if message.isprintable() else message.encode("unicode_escape").decode()
        self.exit(2, f"{shown}; `{self.prog} --help` says more\n")


def parser():
    """Return the parser of the command line."""
    ask = Parser(prog="python -m analysis", description=__doc__.splitlines()[0])
    commands = ask.add_subparsers(required=True, metavar="COMMAND")

    def command(name, action, about):
        made = commands.add_parser(name, help=about, description=about)
        made.set_defaults(action=action)
        return made

    def takes_study(made, optional=True):
        made.add_argument(
            "study",
            nargs="?" if optional else None,
            default=study.DEFAULT,
            metavar="STUDY",
            help="a folder under data/, or a path (default: %(default)s)",
        )

    takes_study(command("check", check, "validate a study's tables, and say what is still to be done"))
    made = command("new", new, "make a new study from a text")
    made.add_argument("name", metavar="NAME", help="name of its folder under data/")
    made.add_argument("text", metavar="TEXT", help="the article: plain text or a saved HTML page")
    made = command("add", add, "add a further text to a study: a paper, a transcript, a saved page")
    takes_study(made, optional=False)
    made.add_argument(
        "text", metavar="TEXT", help="plain text, which may begin with a header, or a saved page"
    )
    made.add_argument(
        "--document", required=True, metavar="ID", help="its id: lower-case letters, digits, hyphens"
    )
    made.add_argument("--layer", required=True, metavar="LAYER", help="reported, declared, adopted or later")
    made.add_argument("--side", default="", metavar="SIDE", help="the side whose own text it is")
    made.add_argument("--short", default="", metavar="NAME", help="its name in figures and tables")
    made = command("align", align, "hold your copy of the article against a study")
    takes_study(made, optional=False)
    made.add_argument("text", metavar="TEXT", help="plain text or a saved HTML page")
    made.add_argument(
        "--find", metavar="PHRASE", help="print the paragraph, start and end of a phrase instead"
    )
    made = command("sheet", sheet, "write an empty coding sheet for a further coder")
    takes_study(made, optional=False)
    made.add_argument("coder", metavar="CODER", help="the coder's name: lower-case letters, digits, hyphens")
    takes_study(command("describe", describe, "write datapackage.json and the tables of the READMEs anew"))
    made = command("suggest", suggest, "mark passages that hold a search term; never code them")
    takes_study(made, optional=False)
    made.add_argument("text", metavar="TEXT", help="your copy of the article")
    made = command("export", export, "write a study in a format of another program")
    takes_study(made, optional=False)
    made.add_argument("--to", required=True, metavar="FORMAT", choices=FORMATS, help=", ".join(FORMATS))
    made.add_argument("--text", metavar="COPY", help="your copy of the article")
    made.add_argument("--out", metavar="FILE", help="the file to write (default: the study's name)")
    made.add_argument("--force", action="store_true", help="replace an earlier export")
    made = command("import", take, "take a further coding into a study: REFI-QDA, CSV or Excel")
    takes_study(made, optional=False)
    made.add_argument("file", metavar="FILE", help=".qdpx, .csv or .xlsx")
    made.add_argument("--coder", required=True, metavar="CODER", help="name of the coding")
    made.add_argument("--text", metavar="COPY", help="your copy, where the sheet gives passages in words")
    made = command("notebooks", execute, "execute the notebooks in place and take their pictures")
    made.add_argument("study", nargs="?", metavar="STUDY", help="only the neutral notebook of this study")
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
    except KeyboardInterrupt:
        print("interrupted; nothing is half-written", file=sys.stderr)
        return 130


if __name__ == "__main__":
    sys.exit(main())
