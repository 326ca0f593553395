"""Write the figures of notebook 04 as PDF for print, into build/print/: the same bytes each time."""

import sys
from pathlib import Path

import matplotlib as mpl
import nbformat

ROOT = Path(__file__).resolve().parents[1]
TARGET = ROOT / "build" / "print"


def main():
    """Run the notebook's cells and save each figure they draw; return 0."""
    mpl.use("agg")
    import matplotlib.pyplot as plt

    mpl.rcParams["pdf.fonttype"] = 42  # letters stay letters, for search and for printers
    TARGET.mkdir(parents=True, exist_ok=True)
    notebook = nbformat.read(ROOT / "notebooks/04-plot-the-figures.ipynb", as_version=4)
    names = {"__name__": "print"}
    for cell in notebook.cells:
        if cell.cell_type == "code":
            exec(compile(cell.source, cell.id, "exec"), names)
            for number in plt.get_fignums():
                path = TARGET / f"04-{cell.id}.pdf"
                plt.figure(number).savefig(path, metadata={"CreationDate": None}, bbox_inches="tight")
                plt.close(number)
                print(path.relative_to(ROOT))
    return 0


if __name__ == "__main__":
    sys.exit(main())
