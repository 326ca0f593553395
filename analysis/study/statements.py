"""Which statements count, and what sides, issues and actors are called."""

from typing import NamedTuple

from analysis.study.anchors import look_up
from analysis.study.codebook import NONE
from analysis.study.documents import REPORTED, layer_of
from analysis.study.wording import say


class Labels(NamedTuple):
    """Labels by id, a dict for each kind; `short` has the short names of actors, for figures."""

    issues: dict
    sides: dict
    actors: dict
    themes: dict
    short: dict


def addressed_side(actors, coding):
    """Return the side that each statement of a coding addresses; `none` if it addresses none."""
    themselves = {name: name for name in coding["addressee"].unique()}  # a side, or none
    return look_up(coding["addressee"], themselves | actors.set_index("actor")["side"].to_dict())


def admit(study, coding=None, evidence=None, captions=None, layers=(REPORTED,)):
    """Select the statements that count, by default those of the documents that report.

    Parameters
    ----------
    study : Study
    coding : pandas.DataFrame, optional
        Statements; the coding that study.toml names by default.
    evidence : list of str, optional
        Evidence admitted; by default what the baseline of study.toml admits.
    captions : bool, optional
        Whether captions count; by default as in the baseline.
    layers : sequence of str
        The layers whose statements count; a side's own text counts for that side only.

    Returns
    -------
    pandas.DataFrame
        The statements of the study's sides that are admitted, with the columns of the coding and
        `document`, `layer` and `toward`, the side of the addressee (`none` if it has none).
    """
    baseline = study.meta["baseline"]
    coding = study.statements if coding is None else coding
    evidence = baseline["evidence"] if evidence is None else evidence
    captions = baseline["captions"] if captions is None else captions
    keep = coding["side"].isin(list(study.meta["sides"])) & coding["evidence"].isin(evidence)
    if not captions:
        kinds = study.paragraphs.set_index("paragraph")["kind"]
        keep &= coding["paragraph"].map(kinds) != "caption"
    found = layer_of(study, coding)
    keep &= found["layer"].isin(layers)
    admitted = coding.assign(**found)[keep].reset_index(drop=True)
    return admitted.assign(toward=addressed_side(study.actors, admitted))


def labels(study):
    """Return what issues, sides, actors and themes are called, each kind by itself, as Labels."""
    sides = {side: entry["label"] for side, entry in study.meta["sides"].items()}
    return Labels(
        issues=study.issues.set_index("issue")["label"].to_dict(),
        sides=sides | {NONE: say(study, "no-one")},
        actors=study.actors.set_index("actor")["label"].to_dict(),
        themes={theme: entry["label"] for theme, entry in study.meta["themes"].items()},
        short=study.actors.set_index("actor")["short"].to_dict(),
    )
