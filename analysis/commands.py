"""What the commands do: a function each, which takes the arguments and may return an exit status."""

from collections import Counter
from functools import partial

from analysis import article, coding, exchange, files, findings, report, study
from analysis.study import loading


def check(arguments):
    """Print each fault of a study, or what is still to be done; return 1 if it cannot be used yet."""
    folder = study.find(arguments.study)
    loaded, faults = study.examine(folder)
    print("".join(f"{fault}\n" for fault in faults), end="")
    if len(faults) > 1:
        sums = Counter(f"{fault.file} {fault.column or ''}".strip() for fault in faults)
        print(f"{len(faults)} faults: {', '.join(f'{place} {number}' for place, number in sums.items())}")
    if faults:
        for path, (_, marks) in study.marked(folder).items():
            print(f"{path}: a spreadsheet has saved it, with {', '.join(marks)}; `tidy` rewrites it, "
                  "no cell changes")  # fmt: skip
        return 1
    needed, useful = coding.steps(loaded)
    print(f"{loaded.name}: no faults{', but unfinished; next:' if needed else ''}")
    for number, step in enumerate(needed, 1):
        print(f"{number}. {step}")
    if useful:
        print("Also worth doing:", *useful, sep="\n- ")
    return int(bool(needed))


def new(arguments):
    """Make a new study from a text."""
    folder = coding.new(arguments.name, arguments.text)
    made = study.load(folder, unfinished=True).paragraphs
    place = f"data/{folder.name}" if folder.parent == loading.ROOT else arguments.name
    print(f"{place}: {len(made)} paragraphs, {made['words'].sum()} words; "
          f"`python -m analysis check {arguments.name}` says what comes next")  # fmt: skip


def add(arguments):
    """Add another text to a study."""
    given = arguments.document, arguments.layer, arguments.side, arguments.short
    number, questions = coding.add(arguments.study, arguments.text, *given)
    print(f"{arguments.document}: {number} paragraphs, {questions} of them reporters' questions")


def align(arguments):
    """Print for each paragraph whether a reader's copy has it; return 1 if any has changed."""
    loaded = study.load(arguments.study, unfinished=True)
    loaded = study.only(loaded, *filter(None, [arguments.document]))
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
        printed = f", printed {row.copies} times" if row.copies > 1 else ""
        shared = f": {row.similarity:.0%} of the words are shared"
        note = {"matches": printed, "differs": shared, "missing": ""}[row.status]
        print(f"{row.paragraph:<4} {row.kind:<9} {row.status}{note}")
    tally = Counter(frame["status"])
    print(f"{tally['matches']} match, {tally['differs']} differ, {tally['missing']} are missing; "
          f"{len(rest)} pieces of the copy belong to none")  # fmt: skip
    return int((frame.loc[frame["kind"].isin(study.CODED), "status"] != "matches").any())


def sheet(arguments):
    """Write an empty coding sheet and its guide, or with a copy a sheet to code in, with the text."""
    if arguments.text or arguments.out:
        return workbook(arguments)
    for path in coding.write_sheet(_asked(arguments), arguments.coder):
        print(f"written: codings/{path.name}")


def workbook(arguments):
    """Write a sheet that holds the text, with lists of codes, outside the repository."""
    if not (arguments.text and arguments.out):
        raise ValueError("--text COPY and --out FILE go together: the sheet is written with your copy's text")
    study.check_coder(arguments.coder)
    loaded = _asked(arguments, unfinished=True)
    if loaded.issues.empty:
        raise ValueError(f"{loaded.name}: issues.csv has no issue yet, so there is nothing to choose from")
    blocks = [block for text in arguments.text for block in article.read_copy(text)]
    found, words = coding.suggest(loaded, blocks), exchange.coded_text(loaded, blocks)
    number = exchange.write_workbook(loaded, words, arguments.out, found)
    rows = loaded.paragraphs[loaded.paragraphs["kind"].isin(study.CODED)]
    held = rows.loc[rows["paragraph"].isin(list(words)), "document"].unique()
    lacking = int(rows["document"].isin(held).sum()) - len(words)
    print(f"{arguments.out}: {number} sentences of {len(words)} paragraphs of {', '.join(held)}")
    if lacking:
        print(f"{lacking} paragraphs of it your copy lacks, or has with other words")
    print(f"{len(found)} suggestions from search terms; none is a code")


def _asked(arguments, **options):
    """Return a study, or one of its documents, in the language that is asked for."""
    loaded = study.load(arguments.study, language=arguments.language, **options)
    return study.only(loaded, arguments.document) if arguments.document else loaded


def suggest(arguments):
    """Print the passages that hold a search term of the codebook."""
    loaded = study.load(arguments.study, unfinished=True)
    if not any(coding.terms(loaded).values()):
        raise ValueError(f"{loaded.name}: issues.csv has no search terms yet; write them in the column terms, "
                         "separated by semicolons")  # fmt: skip
    found = coding.suggest(loaded, article.read_copy(arguments.text))
    for row in found.itertuples():
        place = f"{row.paragraph:<4} {row.start:>4} to {row.end:>4}"
        print(f"{place}  {row.issue}: {row.term} in “{row.passage}”")
    print(f"{len(found)} passages to look at; what they are coded as is for you to say")


def export(arguments):
    """Write a study in a format of another program."""
    given = arguments.text, arguments.out, arguments.force, arguments.document
    path = exchange.export(arguments.study, arguments.to, *given)
    print(f"{path}: written; it does not hold: {exchange.LOST[arguments.to]}")


def add_coding(arguments):
    """Take another coding into a study."""
    given = arguments.text, arguments.replace, arguments.user, arguments.made_by
    path, number, left = exchange.add_coding(arguments.study, arguments.file, arguments.coder, *given)
    print(f"codings/{path.name}: {number} statements")
    if left:
        print(f"Not taken: {', '.join(map(study.shown, left))}")


def tidy(arguments):
    """Rewrite the tables that a spreadsheet has saved, as the project writes them; no cell changes."""
    folder = study.find(arguments.study)
    found = study.marked(folder)
    if not found:
        print(f"{folder.name}: no table was saved by a spreadsheet")
        return
    faults, contents = study.tried(folder, {path: data for path, (data, _) in found.items()})
    files.write_all(contents)
    for path, (_, marks) in found.items():
        more = f"; `check` has more to say of it: python -m analysis check {arguments.study}"
        more = more if path in {fault.file for fault in faults} else ""
        print(f"{path}: rewritten; it had {', '.join(marks)}{more}")


def renumber(arguments):
    """Give paragraphs the ids of their kinds, in all tables."""
    changed = coding.renumber(arguments.study)
    for old, new in changed.items():
        print(f"{old} is now {new}")
    print(f"{len(changed)} ids changed")


def describe(arguments):
    """Write what repeats other files: datapackage.json, and the tables in the READMEs."""
    folder = study.find(arguments.study)
    contents = {folder / "datapackage.json": study.descriptor(folder)}
    if folder.parent != loading.ROOT:
        files.write_all(contents)
        print(f"written: {folder.name}/datapackage.json")
        return 0
    loaded, root = study.load(study.DEFAULT, described=False), loading.ROOT.parent
    tables = {loading.ROOT / "README.md": ("tables", study.document())}
    for language in ("", *loaded.translations):
        path = root / (f"README.{language}.md" if language else "README.md")
        if path.is_file():
            told = study.translated(loaded, language) if language else loaded
            tables[path] = "findings", report.findings_table(told)
    for path, (name, text) in tables.items():
        contents[path] = study.between(files.read(path).decode("utf-8"), name, text).encode("utf-8")
    files.write_all(contents)
    print(f"written: {folder.name}/datapackage.json, and the tables in data/README.md and README.md")
    held = findings.baseline(loaded)
    for finding in held.index[~held]:
        print(f"{finding} does not hold for the coding in use: correct its sentence or its arguments")
    return int(not held.all())


def notebooks(arguments):
    """Execute the notebooks in place, or that of one study; return 1 if any fails."""
    from analysis import notebooks as runner  # It takes longer to import than all else takes to run.

    tell = partial(print, flush=True)
    if arguments.study:
        study.load(arguments.study)
        return runner.execute_study(study.find(arguments.study), tell)
    place = runner.ROOT / "notebooks"
    paths = sorted([*place.glob("[0-9][0-9]-*.ipynb"), *place.glob("appendix/*.ipynb")])
    if not paths:
        raise ValueError("notebooks are in a checkout, next to the package; for a study's own, give its path")
    failed = runner.execute(paths, runner.ROOT / "figures", tell)
    return int(bool(failed + runner.execute_translated(runner.ROOT, tell)))
