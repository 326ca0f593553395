"""Write one CSV table by its schema."""

import csv
import io

from analysis.study.schemas import schema


def table_csv(table, rows):
    """Return rows as a CSV file with the columns of a table, in UTF-8.

    Parameters
    ----------
    table : str
        A table of schema.json.
    rows : list of dict
        By column; a column that is missing is empty, others are left out.

    Returns
    -------
    bytes
    """
    columns = [field["name"] for field in schema()[table]["schema"]["fields"]]
    out = io.StringIO()
    writer = csv.DictWriter(out, columns, restval="", extrasaction="ignore", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode("utf-8", "backslashreplace")
