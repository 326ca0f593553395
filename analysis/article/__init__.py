"""The text: a reader's copy of the article, its words, and where they stand."""

from analysis.article.alignment import align, places
from analysis.article.copies import VARIABLE, decode, is_page, page_blocks, read_copy, reader_copy
from analysis.article.tokens import WORD, fingerprint, normalise, sentences, word_counts
