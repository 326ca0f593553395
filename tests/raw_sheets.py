"""Compare the codings of the coders' passes with the raw sheets that the coders handed in."""

from pathlib import Path

import pandas as pd

EMPTY = "nothing"  # the issue of a row that says: read, and no statement found


def told(path):
    """Return the rows of a CSV file as text."""
    return pd.read_csv(path, dtype=str, keep_default_na=False)


def named_alike(joint):
    """Name joint statements by their order: coders name them by a word, a whole coding by j1, j2 and so on."""
    names = dict.fromkeys(joint)
    names.pop("", None)
    order = {name: str(number) for number, name in enumerate(names)}
    return [order.get(name, "") for name in joint]


def differences(folder):
    """Return what differs between each pass and its raw sheets, and gists that no pass wrote, a sentence each.

    All that both have is compared: paragraph, codes, gist, and which statements are joint; a sheet has no
    ids, and says where a statement stands by its first and last words. Two things are not the same by
    intent: names of joint statements, which are numbered through a whole coding, and the order of rows
    within a paragraph, where `import` puts them by where they begin.
    """
    found, gists = [], set()
    for sheets in sorted(path for path in (Path(folder) / "sheets").iterdir() if path.is_dir()):
        coding = told(Path(folder) / f"codings/{sheets.name}.csv")
        gists |= set(zip(coding["paragraph"], coding["gist"], strict=True))
        home, _, place = zip(*(name.rpartition(".") for name in coding["paragraph"]), strict=True)
        coding = coding.assign(paragraph=place, document=home)
        papers = {path.stem: told(path) for path in sorted(sheets.glob("*.csv"))}
        documents = coding["document"].replace("", "article")
        strange = set(documents) - set(papers)
        found += [f"{sheets.name} has no sheet of {document}" for document in sorted(strange)]
        for document, sheet in papers.items():
            raw, kept = sheet[sheet["issue"] != EMPTY], coding[documents == document]
            shared = [name for name in sheet.columns if name in coding.columns]
            tables = [table.assign(joint=named_alike(table["joint"]))[shared] for table in (raw, kept)]
            if len({tuple(sorted(map(tuple, table.to_numpy()))) for table in tables}) > 1:
                found.append(f"{sheets.name} is not its raw sheet of {document}")
    settled = told(Path(folder) / "codings/adjudicated.csv")
    found += [
        f"adjudicated, {row.statement}: no pass has this gist there"
        for row in settled.itertuples()
        if (row.paragraph, row.gist) not in gists
    ]
    return found
