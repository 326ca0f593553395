"""Say what is still to be done before anything can be compared."""

from analysis.study.statements import admit

PLACEHOLDER = "To be named:"


def next_steps(study):
    """Say what has to be done in a study before anything can be compared.

    Parameters
    ----------
    study : Study
        A study without faults.

    Returns
    -------
    list of str
        In the order in which a person would do it.
    """
    left, meta = [], study.meta
    if any(entry["label"].startswith(PLACEHOLDER) for entry in meta["sides"].values()):
        left.append("study.toml: name the sides, two to six of them, and in `compare` the two to be compared")
    if any(entry["label"].startswith(PLACEHOLDER) for entry in meta["themes"].values()):
        left.append("study.toml: name the themes that the issues belong to, each with a colour")
    if study.issues.empty:
        left.append("issues.csv: write a row for each issue; columns.md says what stands in each column")
    if study.actors.empty:
        left.append(
            "actors.csv: write a row for each actor and speaker, the reporter among them (kind media)"
        )
    if study.statements.empty:
        left.append(f"codings/{meta['coding']}.csv: code the statements by the rules of codebook.md; "
                    f"`python -m analysis suggest {study.name} TEXT` marks passages to look at")  # fmt: skip
        return left

    said = set(admit(study)["side"].unique())
    for side in meta["compare"]:
        if side not in said:
            left.append(f"codings/{meta['coding']}.csv: {meta['sides'][side]['label']} has no statement yet")
    return left
