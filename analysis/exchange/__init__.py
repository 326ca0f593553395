"""Studies for other programs, and codings from them; nothing else imports this."""

from analysis.exchange.formats import FORMATS, LOST, coded_text, export
from analysis.exchange.graphs import ANNOTATIONS, annotations, graph
from analysis.exchange.intake import add_coding
from analysis.exchange.passages import find_anchor
from analysis.exchange.projects import from_project
from analysis.exchange.sheets import from_sheet
from analysis.exchange.spreadsheets import harmless, long, matrix, table_csv, wide, workbook
from analysis.exchange.workbooks import to_code, write_workbook
