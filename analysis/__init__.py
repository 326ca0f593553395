"""Turn one news article into evidence: tables, frames, measures, figures.

Data flows one way through the modules: `study` reads and checks the tables, `article` holds a
reader's copy of the text against them, `priorities` and `comparison` measure, `findings` says
whether a sentence holds, `plots` draws. `python -m analysis` is the command line.
"""
