"""Photograph every page of the site at GitHub's width, and say what is lost or clipped.

The pages hold what GitHub leaves of a notebook: no style of its own, no script, no handler. Pictures
of each page go to build/look/: as it is, in grey, and as colour-blind eyes see it (simulated by
Chromium); and the page on paper, as PDF. They are there to be looked at.

Needs Chromium and playwright, as `make browser` does.
"""

import argparse
import shutil
import sys
from pathlib import Path

from browser import chromium

ROOT = Path(__file__).resolve().parents[1]
TARGET = ROOT / "build" / "look"
WIDTHS = {"GitHub": 980, "paper": 718, "telephone": 390}  # CSS pixels; paper is A4 within its margins
EYES = ("achromatopsia", "protanopia", "deuteranopia", "tritanopia")
# What does not fit: the page itself, or what scrolls within it and would be cut on paper.
LOOK = """() => {
  const said = [];
  const name = (e) => `${e.tagName.toLowerCase()} “${e.textContent.trim().replace(/\\s+/g, ' ').slice(0, 50)}”`;
  const root = document.documentElement;
  if (root.scrollWidth > root.clientWidth) said.push(`the page is ${root.scrollWidth - root.clientWidth} pixels too wide`);
  for (const e of document.querySelectorAll('main table, main pre, main p, main li, main h1, main h2, main h3'))
    if (e.scrollWidth > e.clientWidth + 1) said.push(`${e.scrollWidth - e.clientWidth} pixels cut of ${name(e)}`);
  for (const e of document.querySelectorAll('img'))
    if (!e.complete || !e.naturalWidth) said.push(`a picture is not shown: ${e.src.slice(0, 80)}`);
  return said;
}"""


def look(page, source, eyes):
    """Look at one page of the site at each width; return what is wrong at the widths that count."""
    page.goto(source.as_uri())
    wrong, stem = [], "-".join(source.relative_to(ROOT / "site").with_suffix("").parts)
    for what, width in WIDTHS.items():
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(media="print" if what == "paper" else "screen")
        found = page.evaluate(LOOK)
        # A telephone scrolls wide tables; that the page itself fits is what counts there.
        wrong += [
            f"{what}: {text}" for text in found if what != "telephone" or text.startswith(("the", "a "))
        ]
        if what == "GitHub":
            page.screenshot(path=TARGET / f"{stem}.png", full_page=True)
            session = page.context.new_cdp_session(page)
            for sight in eyes:
                session.send("Emulation.setEmulatedVisionDeficiency", {"type": sight})
                page.screenshot(path=TARGET / f"{stem}-{sight}.png", full_page=True)
            session.send("Emulation.setEmulatedVisionDeficiency", {"type": "none"})
            session.detach()
    page.pdf(path=TARGET / f"{stem}.pdf", format="A4")
    return wrong


def main(arguments=None):
    """Look at the pages of the site; return 1 if anything is lost or clipped."""
    ask = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    ask.add_argument("page", nargs="*", help="only pages whose path holds this, such as 03-compare")
    wanted = ask.parse_args(arguments).page
    shutil.rmtree(TARGET, ignore_errors=True)
    TARGET.mkdir(parents=True)
    number = 0
    with chromium() as browser:
        page = browser.new_page()
        for path in sorted((ROOT / "site").rglob("*.html")):
            if wanted and not any(part in str(path) for part in wanted):
                continue
            wrong = look(page, path, EYES if "<img" in path.read_text(encoding="utf-8") else ())
            number += len(wrong)
            print(f"{path.relative_to(ROOT / 'site')}: {'; '.join(wrong) or 'whole'}", flush=True)
    print(f"{number} faults; pictures in {TARGET.relative_to(ROOT)}/")
    return int(number > 0)


if __name__ == "__main__":
    sys.exit(main())
