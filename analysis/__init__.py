"""Turn one news article into evidence: tables, frames, measures, figures.

Data flows one way through the modules.

- Tables: `tables` reads and checks cells by the one schema, `study` loads and checks a study.
- Text: `article` holds a reader's copy against the tables, `words` counts words in any script.
- Measures: `priorities` of one side, `comparison` of two, `agreement` of coders, `robustness` of
  findings, `findings` whether a sentence holds, `claims` whether a figure does.
- Figures: `plots` and `claim_plots` draw on a sheet of `drawing`.
- Work: `create` starts a study, `dictionary` suggests passages, `sheet`, `importing`, `export`,
  `refi` and `files` exchange codings, `report` writes a study's sentences, `notebooks` executes.

`python -m analysis` is the command line.
"""
