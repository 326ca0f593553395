"""Studies for other programs, and codings from them; nothing else imports this."""

from analysis.exchange.formats import FORMATS, LOST, coded_text, export
from analysis.exchange.intake import add_coding
from analysis.exchange.sheets import from_sheet
from analysis.exchange.workbooks import to_code, write_workbook
