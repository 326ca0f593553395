"""Turn one news article into evidence: tables, frames, measures, figures.

Data flows one way through the modules: `study` reads and checks the tables, `article` holds a
reader's copy of the text against them, `priorities` and `comparison` measure, `findings` says
whether a sentence holds, `plots` draws. For further studies, `create` makes one from a text,
`dictionary` marks passages to look at, `export`, `importing` and `refi` give it to other programs and
take codings back, and `report` puts what is found into sentences. `python -m analysis` is the command line.
"""
