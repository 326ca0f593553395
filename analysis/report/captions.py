"""What pictures say beside what is computed."""

from analysis import findings


def captions(study, picture, **values):
    """Return the texts of a picture, by the names under which figures take them.

    Parameters
    ----------
    study : Study
    picture : str
        As captions.csv names it.
    **values
        What stands in the braces of the texts; the id of a finding in braces stands for its short form.

    Returns
    -------
    dict
        `title`, `subtitle`, `remark` and `source` as far as there are any; in `labels` and `parts` a
        text for each id.
    """
    rows = study.captions[study.captions["picture"] == picture]
    shorts = {name: findings.short(study, name) for name in findings.every(study)["finding"]
              if rows["text"].str.contains(f"{{{name}}}", regex=False).any()}  # fmt: skip
    told = {}
    for part, text in zip(rows["part"], rows["text"], strict=True):
        kind, _, key = part.partition("-")
        text = text.format(**shorts, **values)
        if key:
            told.setdefault(f"{kind}s", {})[key] = text
        else:
            told[kind] = text
    return told
