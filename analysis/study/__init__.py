"""The tables: CSV files checked by one schema, loaded as a study."""

from analysis.study.anchors import ANCHOR_WORDS
from analysis.study.arguments import parse
from analysis.study.codebook import ASKS, CODED, EVIDENCE_LABELS, NONE, OWN_WORDS, STEPS, VERDICTS
from analysis.study.contents import Study
from analysis.study.documents import LAYERS, of_layer, only, reading_order
from analysis.study.faults import Fault, shown
from analysis.study.loading import DEFAULT, called, check, examine, find, load, next_steps, tried
from analysis.study.package import between, describe, descriptor, document, write_package
from analysis.study.periods import months, span, within
from analysis.study.schemas import categories, check_coder, paths, schema, table_csv
from analysis.study.spreadsheets import marked
from analysis.study.statements import addressed_side, admit, labels
from analysis.study.translations import differences, digest, translated, translation_faults
from analysis.study.wants import want_statements, wants
