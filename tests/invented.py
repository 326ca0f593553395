"""Make studies of any size for the tests, from an invented text."""

import csv
import io
import random

from analysis import coding, exchange, study

SIDES = ["#0072B2", "#B85C00", "#5F5F5F", "#117733", "#882255", "#6A5FA8"]
LONG = "how the harbour of the northern province and its many small ferries are paid for"


def table(folder, name, rows):
    """Write the rows of a table; columns that a row lacks are empty."""
    described = study.schema()[name]
    out = io.StringIO()
    fields = [field["name"] for field in described["schema"]["fields"]]
    writer = csv.DictWriter(out, fields, restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    (folder / f"{name}.csv").write_text(out.getvalue(), encoding="utf-8", newline="\n")


def invent(root, name="invented", sides=3, issues=12, statements=60, labels=None, names=None, seed=1):
    """Make a study under `root`; return its folder.

    Every paragraph has sentences of numbered words, so that each passage stands once.
    """
    dice = random.Random(seed)
    paragraphs = max(8, statements // 3)
    words = iter(range(10_000))
    text = "\n\n".join(
        " ".join(f"word{next(words)}" for _ in range(40)).capitalize() + "." for _ in range(paragraphs)
    )
    root.mkdir(parents=True, exist_ok=True)
    (root / "text.txt").write_text(f"A headline of five words\n\n{text}\n", encoding="utf-8")
    folder = coding.new(name, root / "text.txt", root)
    named = names or [f"Side {number}" for number in range(1, sides + 1)]
    shown = labels or [f"Issue {number}" for number in range(1, issues + 1)]
    settings = [
        'title = "An invented study"', 'compare = ["s1", "s2"]', 'coding = "first"',
    ]  # fmt: skip
    for number, label in enumerate(named, 1):
        marker = "oDs^PX"[number - 1]
        settings += [f"[sides.s{number}]", f"label = {coding.quoted(label)}", f"text = {coding.quoted(label)}",
                     f'colour = "{SIDES[number - 1]}"', f'marker = "{marker}"']  # fmt: skip
    settings += ["[themes]"]
    for number in range(1, 5):
        settings += [f't{number} = {{ label = "Theme {number}", colour = "{SIDES[number]}" }}']
    settings += [
        "[baseline]",
        'evidence = ["own", "quoted", "reported", "act", "attributed", "analyst"]',
        "captions = true",
    ]
    (folder / "study.toml").write_text("\n".join(settings) + "\n", encoding="utf-8")
    table(folder, "documents", [
        {"document": "article", "short": "No one", "title": "A headline of five words", "publisher": "No one",
         "layer": "reported", "language": "en", "extent": "whole"}
    ])  # fmt: skip
    table(folder, "issues", [
        {"issue": f"i{number}", "label": label, "theme": f"t{number % 4 + 1}", "proposition": "it should be",
         "definition": "what it is", "includes": "more", "excludes": "less", "example": "one"}
        for number, label in enumerate(shown, 1)
    ])  # fmt: skip
    actors = [{"actor": "reporter", "label": "The reporter", "short": "reporter", "side": "none", "kind": "media"},
              {"actor": "expert", "label": "An expert", "short": "expert", "side": "none", "kind": "observer"}]  # fmt: skip
    actors += [
        {"actor": f"a{side}{k}", "label": f"{named[side - 1]}, {'government' if k == 1 else 'minister'}",
         "short": f"{named[side - 1][:14]} {k}", "side": f"s{side}", "kind": "government"}
        for side in range(1, sides + 1) for k in (1, 2)
    ]  # fmt: skip
    table(folder, "actors", actors)
    rows = []
    for number in range(statements):
        side = dice.choice([1, 1, 2, 2, *range(1, sides + 1)])
        evidence = dice.choice(["quoted", "act", "attributed", "analyst"])
        actor = f"a{side}{dice.choice([1, 2])}"
        other = dice.choice([s for s in range(1, sides + 1) if s != side])
        start = (number % 3) * 60
        rows.append({
            "statement": f"a{number + 1}", "paragraph": f"p{number // 3 % paragraphs + 1:02}",
            "start": start, "end": start + 50, "issue": f"i{dice.randint(1, len(shown))}", "side": f"s{side}",
            "actor": actor, "evidence": evidence,
            "speaker": {"quoted": actor, "analyst": "expert"}.get(evidence, "reporter"),
            "addressee": f"s{other}", "addressee_basis": "named", "form": dice.choice(["demand", "support", "concern"]),
            "position": dice.choice(["1", "1", "-1", "0", "mixed"]), "joint": "",
            "gist": f"statement {number + 1} about something that matters to them",
        })  # fmt: skip
    blocks = (root / "text.txt").read_text(encoding="utf-8").split("\n\n")[1:]
    held = {f"p{number:02}": block.strip() for number, block in enumerate(blocks, 1)}
    for row in rows:
        row["anchor"] = exchange.passages.find_anchor(held, row["paragraph"], row["start"], row["end"])
    (folder / "codings" / "first.csv").write_bytes(study.table_csv("coding", rows))
    table(folder, "rankings", [
        {"ranking": "list", "paragraph": "p01", "side": "s1", "speaker": "a11", "hedged": "false",
         "bucket": place, "issue": f"i{place}", "emphasis": "high", "named": f"matter {place}"} for place in (1, 2, 3)
    ])  # fmt: skip
    study.write_package(folder)
    return folder


def load(*arguments, **options):
    """Make a study and load it."""
    return study.load(invent(*arguments, **options))
