"""The tables: CSV files checked by one schema, loaded as a study."""

from analysis.study.anchors import ANCHOR_WORDS, look_up
from analysis.study.arguments import parse
from analysis.study.codebook import (
    ASKS,
    CODED,
    EVIDENCE_LABELS,
    NONE,
    OWN_WORDS,
    PLACES,
    RELATIONS,
    STATES,
    STEPS,
    VERDICTS,
    WHOLE,
)
from analysis.study.coders import check_coder
from analysis.study.contents import Study
from analysis.study.documents import LAYERS, of_layer, only, reading_order
from analysis.study.faults import Fault, shown
from analysis.study.loading import DEFAULT, check, examine, find, load
from analysis.study.package import between, describe, descriptor, document, write_package
from analysis.study.periods import months, span, within
from analysis.study.progress import next_steps
from analysis.study.schemas import categories, is_coding, paths, schema
from analysis.study.spreadsheets import marked
from analysis.study.statements import Labels, addressed_side, admit, labels
from analysis.study.translations import differences, digest, translated, translation_faults
from analysis.study.trial import tried
from analysis.study.wants import want_statements, wants
from analysis.study.writing import table_csv
