"""The rules that tie the tables of a coded article together."""

from pathlib import Path

import pandas as pd

from analysis.article.tokens import WORD
from analysis.study.anchors import anchor_faults, vocabulary
from analysis.study.codebook import CODED, NONE
from analysis.study.faults import Fault
from analysis.study.rules.claims import check_claims
from analysis.study.rules.codings import check_coding
from analysis.study.rules.findings import check_findings
from analysis.study.schemas import is_coding


def check_rules(meta, frames):
    """Check what the codebook asks for beyond single cells."""
    faults = []
    sides = [*meta["sides"], NONE]
    get = {Path(path).stem: frame for path, frame in frames.items() if not is_coding(path)}

    def fault(path, rows, column, allowed):
        for row in rows:
            faults.append(
                Fault(path, allowed, line=row + 2, column=column, value=str(frames[path].at[row, column]))
            )

    for name in ("actors", "rankings"):
        frame = get[name]
        fault(
            f"{name}.csv",
            frame.index[~frame["side"].isin(sides)],
            "side",
            f"allowed: {', '.join(sides)}",
        )
    issues = get["issues"]
    themes = ", ".join(meta["themes"])
    fault(
        "issues.csv",
        issues.index[~issues["theme"].isin(list(meta["themes"]))],
        "theme",
        f"allowed: {themes}",
    )
    paragraphs = get["paragraphs"]
    order = paragraphs["order"].tolist()
    fault(
        "paragraphs.csv",
        [k for k, place in enumerate(order) if place != k + 1],
        "order",
        "rows stand in the order of the page, numbered from 1",
    )
    words, known = get["words"], vocabulary(get)
    page = known.page
    counted = words["count"].groupby(page).sum().reindex(range(len(paragraphs)), fill_value=0)
    wrong = paragraphs.index[paragraphs["words"].to_numpy() != counted.to_numpy()]
    fault("paragraphs.csv", wrong, "words", "this is not the sum of words.csv")
    odd = [word for word in words["word"].unique() if not WORD.fullmatch(word) or word != word.casefold()]
    fault("words.csv", words.index[words["word"].isin(odd)], "word", "one case-folded word is needed")
    along = paragraphs["order"].reindex(page).set_axis(words.index)
    back = words.index[along < along.shift()]
    fault("words.csv", back, "paragraph", "paragraphs stand in the order of the page")
    later = page.eq(page.shift()) & (words["word"] < words["word"].shift())
    fault("words.csv", words.index[later], "word", "words of a paragraph stand in alphabetical order")
    faults += anchor_faults("paragraphs.csv", paragraphs, paragraphs.index.to_series(), known)
    rankings = get["rankings"]
    for ranking, rows in rankings.groupby("ranking", sort=False):
        if sorted(set(rows["bucket"])) != list(range(1, rows["bucket"].max() + 1)):
            fault(
                "rankings.csv",
                rows.index[-1:],
                "bucket",
                f"the buckets of {ranking} run from 1 without a gap",
            )
        for column in ("paragraph", "side", "speaker", "hedged"):
            odd = rows.index[rows[column] != rows[column].iloc[0]]
            fault("rankings.csv", odd, column, f"all rows of {ranking} have the same {column}")
    codings = [path for path in frames if is_coding(path)]
    if f"codings/{meta['coding']}.csv" not in frames:
        have = ", ".join(Path(path).stem for path in codings)
        faults.append(Fault("study.toml", f"allowed: {have}", column="coding", value=meta["coding"]))
    for path in codings:
        faults += check_coding(path, frames[path], get, sides, known)
    anchors = pd.concat([frames[path][["paragraph", "anchor"]] for path in codings])
    most = max(paragraphs.loc[paragraphs["kind"].isin(CODED), "characters"].sum(), 1) / 4
    # An anchor that stands twice shows its passage once; that is looked at only where there is much of it.
    shown = anchors["anchor"].str.len().sum()
    if shown >= most and anchors.drop_duplicates()["anchor"].str.len().sum() >= most:
        faults.append(Fault("codings", "anchors together stay below a quarter of the text", column="anchor"))
    if "decisions" in get:
        for coder in ("first", "second"):
            known = frames.get(f"codings/{coder}.csv")
            ids = {""} if known is None else {"", *known["statement"]}
            odd = get["decisions"].index[~get["decisions"][coder].isin(ids)]
            fault("codings/decisions.csv", odd, coder, f"a statement of codings/{coder}.csv is needed")
    known = {
        "claims": get["claims"]["claim"].tolist() if "claims" in get else [],
        "horizon": list(meta["horizons"]) if isinstance(meta.get("horizons"), dict) else [],
    }
    for name in ("findings", "outside"):
        if name in get:
            faults += check_findings(
                get[name],
                issues["issue"].tolist(),
                list(meta["sides"]),
                get["actors"]["actor"].tolist(),
                get,
                known,
                f"{name}.csv",
            )
    faults += check_claims(meta, get | {"coding": frames.get(f"codings/{meta['coding']}.csv")})
    return faults
