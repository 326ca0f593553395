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
SETTINGS = {
    "@jupyterlab/docmanager-extension/plugin": {"autosave": False},
    "@jupyterlab/notebook-extension/tracker": {"windowingMode": "none"},
    "@jupyterlab/apputils-extension/notification": {"fetchNews": "false", "checkForUpdates": False},
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
    notebook = nbformat.read(path, as_version=4)
    data = [output.get("data", {}) for cell in notebook.cells for output in cell.get("outputs", [])]
    return {
        "images": sum("image/png" in item for item in data),
        "tables": sum(
            item.get("text/html", "").count("<table") + len(RULE.findall(item.get("text/markdown", "")))
            for item in data
        ),
    }


@contextlib.contextmanager
def server(place):
    """Start JupyterLab with directories of its own; give its address and its token."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    token = secrets.token_hex(16)
    for name, content in SETTINGS.items():
        path = place / "settings" / f"{name}.jupyterlab-settings"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(content), encoding="utf-8")
    page = place / "config" / "labconfig" / "page_config.json"
    page.parent.mkdir(parents=True)
    page.write_text(
        json.dumps({"disabledExtensions": {"@jupyterlab/apputils-extension:announcements": True}}),
        encoding="utf-8",
    )
    command = [
        sys.executable, "-m", "jupyterlab", "--no-browser", "--ServerApp.ip=127.0.0.1",
        f"--ServerApp.port={port}", "--ServerApp.port_retries=0", f"--IdentityProvider.token={token}",
        f"--ServerApp.root_dir={ROOT}", f"--LabApp.user_settings_dir={place / 'settings'}",
        f"--LabApp.workspaces_dir={place / 'workspaces'}", "--ServerApp.log_level=ERROR",
        "--FileCheckpoints.checkpoint_dir=" + str(place / "checkpoints"),
    ]  # fmt: skip
    if os.geteuid() == 0:
        command.append("--allow-root")
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


def choose(page, menu, entry):
    """Choose an entry of a menu."""
    page.get_by_role("menuitem", name=menu, exact=True).click()
    page.get_by_role("menuitem", name=entry, exact=True).click()


def until(page, reached, what):
    """Look at the page until it is as wanted; return what was seen, or raise after a while."""
    end = time.monotonic() + WAIT
    while True:
        seen = page.evaluate(LOOK)
        if reached(seen):
            return seen
        if time.monotonic() > end:
            raise TimeoutError(f"{what} did not come: {seen}")
        page.wait_for_timeout(300)


def visit(browser, address, token, path):
    """Open a notebook, run all its cells; return what was seen and a list of faults."""
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
        return seen, faults
    except Exception as fault:  # Whatever the browser could not do is a fault of this notebook.
        return {}, [*faults, str(fault).splitlines()[0][:300]]
    finally:
        page.close()


@contextlib.contextmanager
def chromium():
    """Start Chromium; give the browser, or None, having said why, where it is not installed."""
    names = [os.environ.get("CHROMIUM", ""), "chromium", "chromium-browser", "google-chrome"]
    program = next(filter(None, map(shutil.which, filter(None, names))), None)
    if not program:
        print("skipped: Chromium is not installed (Debian: apt-get install chromium)")
        yield None
        return
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
    with chromium() as browser, tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as place:
        if browser is None:
            return 0
        with server(Path(place)) as (address, token):
            for path in sorted((ROOT / "notebooks").glob("[0-9][0-9]-*.ipynb")):
                if numbers and path.name[:2] not in numbers:
                    continue
                seen, faults = visit(browser, address, token, path)
                wrong += bool(faults)
                counts = {name: len(part) if isinstance(part, list) else part for name, part in seen.items()}
                print(f"{path.name}: {'; '.join(faults) or counts}", flush=True)
    if subprocess.run(status, cwd=ROOT, capture_output=True, check=False).stdout != before:
        wrong += 1
        print("the folder was changed: see git status")
    print(f"{wrong} faults" if wrong else "no error in an output, in the console or in the folder")
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main())
