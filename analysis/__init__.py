"""Turn one news article into evidence: tables, measures, findings, figures.

The folders are the stages of the flow; each imports only what stands above it in this list.

- `article`: the text; a reader's copy, its words, where they stand.
- `study`: the tables; read by one schema, checked by `study.rules`, loaded as a study.
- `measures`, `claims`, `agreement`: counts of what sides say, claims against sources, coders.
- `findings`: sentences that hold or do not.
- `figures`: pictures; a table and a title in, a figure out.
- `robustness`: how far to trust a finding.
- `report`: words; titles, descriptions, lists with links.
- `coding`: help for coders; new studies, search terms, sheets, next steps.
- `exchange`: other programs; imported by nothing else.
- `notebooks`: execute notebooks in place.

`files` writes a file in one step. `python -m analysis` is the command line.
"""
