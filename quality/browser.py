"""Open JupyterLab on each notebook in a real browser, run all cells, and look for what went wrong.

Needs Chromium (`apt-get install chromium`, or CHROMIUM=path of another build of it); without it one
line says so, and nothing is run. `make browser` installs the driver, playwright, beside the rest.
"""

import argparse
import contextlib
import json
import os
import re
import secrets
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

import nbformat

ROOT = Path(__file__).resolve().parents[1]
WAIT = 90  # seconds
RULE = re.compile(r"^\|(?: ?:?-+:? ?\|)+$", re.MULTILINE)  # below the head of a table in Markdown
# Nothing is saved by itself, no news is asked for, and all cells are in the page at once.
NEWS = "@jupyterlab/apputils-extension:announcements"
SETTINGS = {
    "settings/@jupyterlab/docmanager-extension/plugin.jupyterlab-settings": {"autosave": False},
    "settings/@jupyterlab/notebook-extension/tracker.jupyterlab-settings": {"windowingMode": "none"},
    "config/labconfig/page_config.json": {"disabledExtensions": {NEWS: True}},
}
LOOK = """() => {
  const all = (query) => [...document.querySelectorAll('.jp-Notebook ' + query)];
  return {
    prompts: all('.jp-CodeCell .jp-InputPrompt').map((prompt) => prompt.textContent.trim()),
    images: all('.jp-OutputArea-output img').filter((i) => i.complete && i.naturalWidth > 100).length,
    tables: all('.jp-OutputArea-output table').length,
    errors: all('[data-mime-type="application/vnd.jupyter.error"], ' +
      '.jp-Notebook [data-mime-type="application/vnd.jupyter.stderr"]').map((e) => e.textContent.slice(0, 200)),
  };
}"""


def expected(path):
    """Return how many pictures and tables the outputs of a committed notebook have."""
    images = tables = 0
    for cell in nbformat.read(path, as_version=4).cells:
        for output in cell.get("outputs", []):
            data = output.get("data", {})
            images += "image/png" in data
            tables += data.get("text/html", "").count("<table")
            tables += len(RULE.findall(data.get("text/markdown", "")))
    return {"images": images, "tables": tables}


@contextlib.contextmanager
def server(place):
    """Start JupyterLab with directories of its own; give its address and its token."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    token = secrets.token_hex(16)
    for name, content in SETTINGS.items():
        path = place / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(content), encoding="utf-8")
    command = [
        sys.executable, "-m", "jupyterlab", "--no-browser", "--ServerApp.ip=127.0.0.1",
        f"--ServerApp.port={port}", "--ServerApp.port_retries=0", f"--IdentityProvider.token={token}",
        f"--ServerApp.root_dir={ROOT}", f"--LabApp.user_settings_dir={place / 'settings'}",
        f"--LabApp.workspaces_dir={place / 'workspaces'}", "--ServerApp.log_level=ERROR", "--allow-root",
        f"--FileCheckpoints.checkpoint_dir={place / 'checkpoints'}",
    ]  # fmt: skip
    own = {f"JUPYTER_{kind.upper()}_DIR": str(place / kind) for kind in ("config", "data", "runtime")}
    address = f"http://127.0.0.1:{port}"
    with (place / "server.log").open("w") as log:
        process = subprocess.Popen(command, env=os.environ | own, stdout=log, stderr=log)
    try:
        for _ in range(WAIT * 2):
            if process.poll() is not None:
                raise OSError(f"JupyterLab did not start: {(place / 'server.log').read_text()[-300:]}")
            with contextlib.suppress(OSError):
                urllib.request.urlopen(f"{address}/api/status?token={token}", timeout=5).close()
                break
            time.sleep(0.5)
        yield address, token
    finally:
        process.terminate()
        process.wait(timeout=30)


def choose(page, *entries):
    """Choose an entry of a menu."""
    for name in entries:
        page.get_by_role("menuitem", name=name, exact=True).click()


def until(page, reached, what):
    """Look at the page until it is as wanted; return what was seen, or raise after a while."""
    for _ in range(3 * WAIT):
        seen = page.evaluate(LOOK)
        if reached(seen):
            return seen
        page.wait_for_timeout(333)
    raise TimeoutError(f"{what} did not come: {seen}")


def visit(browser, address, token, path):
    """Open a notebook, run all its cells; return a list of faults."""
    page, faults = browser.new_page(viewport={"width": 1200, "height": 900}), []
    page.set_default_timeout(WAIT * 1000)
    page.on("console", lambda said: said.type == "error" and faults.append(f"console: {said.text[:200]}"))
    page.on("pageerror", lambda fault: faults.append(f"page: {str(fault)[:200]}"))
    wanted = expected(path)

    def shown(seen):
        return all(seen[kind] == number for kind, number in wanted.items())

    def ran(seen):
        return shown(seen) and all(prompt[1:-2].isdigit() for prompt in seen["prompts"])

    try:
        page.goto(f"{address}/doc/tree/{path.relative_to(ROOT).as_posix()}?token={token}&reset")
        until(page, lambda seen: seen["prompts"] and shown(seen), "the committed pictures and tables")
        page.get_by_text("| Idle").wait_for()  # A kernel that is not there yet drops what it is asked.
        choose(page, "Edit", "Clear Outputs of All Cells")
        until(page, lambda seen: not seen["images"] + seen["tables"], "an empty notebook")
        choose(page, "Run", "Run All Cells")
        seen = until(page, lambda seen: seen["errors"] or ran(seen), "the end of the run")
        faults += [f"output: {text}" for text in seen["errors"]]
        # Kernels cannot all stay: each holds pandas in memory.
        headers = {"Authorization": f"token {token}"}
        for session in page.request.get(f"{address}/api/sessions", headers=headers).json():
            page.request.delete(f"{address}/api/kernels/{session['kernel']['id']}", headers=headers)
        return faults
    except Exception as fault:  # Whatever the browser could not do is a fault of this notebook.
        return [*faults, str(fault).splitlines()[0][:300]]
    finally:
        page.close()


@contextlib.contextmanager
def chromium():
    """Start Chromium and give the browser; stop with a sentence, and no fault, where it is not installed."""
    names = [os.environ.get("CHROMIUM", ""), "chromium", "chromium-browser", "google-chrome"]
    program = next(filter(None, map(shutil.which, filter(None, names))), None)
    if not program:
        print("skipped: Chromium is not installed (Debian: apt-get install chromium)")
        sys.exit(0)
    from playwright.sync_api import sync_playwright

    rights = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as driver, driver.chromium.launch(executable_path=program, args=rights) as browser:
        yield browser


def main(arguments=None):
    """Visit all notebooks, or those whose number is given; return 1 if anything is wrong."""
    ask = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    ask.add_argument("number", nargs="*", help="only the notebooks with these numbers, such as 03")
    numbers = ask.parse_args(arguments).number
    status = ["git", "status", "--porcelain", "--untracked-files=all"]
    before = subprocess.run(status, cwd=ROOT, capture_output=True, check=False).stdout
    wrong = 0
    paths = sorted((ROOT / "notebooks").glob("[0-9][0-9]-*.ipynb"))
    desk = tempfile.TemporaryDirectory(ignore_cleanup_errors=True)
    with chromium() as browser, desk as place, server(Path(place)) as (address, token):
        for path in (path for path in paths if not numbers or path.name[:2] in numbers):
            faults = visit(browser, address, token, path)
            wrong += bool(faults)
            print(f"{path.name}: {'; '.join(faults) or expected(path)}", flush=True)
    if subprocess.run(status, cwd=ROOT, capture_output=True, check=False).stdout != before:
        wrong += 1
        print("the folder was changed: see git status")
    print(f"{wrong} faults" if wrong else "no error in an output, in the console or in the folder")
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main())
