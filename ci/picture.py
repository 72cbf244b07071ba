#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rdnsgate authors
"""Draws docs/run.svg, the picture in the README, from a real run: the example inventory against the example zone files.

Usage: picture.py RDNSGATE_BINARY [--check]      --check draws nothing, and fails where the picture is not that of this binary
"""
import html
import re
import shutil
import subprocess
import sys
import tempfile
import textwrap
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PICTURE = ROOT / "docs" / "run.svg"
COMMAND = ["check", "--zone-files", "zones", "inventory.yaml"]
COLUMNS = 100
CHARACTER, LINE, MARGIN = 7.8, 18, 16  # pixels
COLOURS = {"1": "#ffffff", "31;1": "#ff7b72", "33;1": "#e3b341", "34;1": "#79c0ff", "36": "#79c0ff", "32;1": "#7ee787", "2": "#8b949e"}
PLAIN, BACKGROUND, PROMPT = "#e6edf3", "#0d1117", "#7ee787"


def output_of(binary):
    with tempfile.TemporaryDirectory() as folder:
        shutil.copytree(ROOT / "example/zones", Path(folder) / "zones")
        text = (ROOT / "inventory.example.yaml").read_text(encoding="utf-8").replace("example/zones/", "zones/")
        (Path(folder) / "inventory.yaml").write_text(text, encoding="utf-8")
        return subprocess.run([str(Path(binary).resolve()), "--no-config", "--color", "always", *COMMAND], cwd=folder,
                              env={"LANG": "C.UTF-8", "COLUMNS": str(COLUMNS)}, capture_output=True, text=True, timeout=60, check=False).stdout


def pieces_of(line):
    """[(colour, text)] of a line with the escape sequences of a terminal; links are left out."""
    line = re.sub(r"\x1b\]8;[^\x1b\x07]*(?:\x1b\\|\x07)", "", line)
    colour, pieces = PLAIN, []
    for part in re.split(r"(\x1b\[[0-9;]*m)", line):
        code = re.fullmatch(r"\x1b\[([0-9;]*)m", part)
        if code:
            colour = COLOURS.get(code[1], PLAIN)
        elif part:
            pieces.append((colour, part))
    return pieces


def folded(pieces):
    """Lines of at most COLUMNS characters, broken at blanks, what follows indented."""
    text = "".join(part for _, part in pieces)
    if len(text) <= COLUMNS:
        return [pieces]
    letters = [(colour, letter) for colour, part in pieces for letter in part]
    lines, at = [], 0
    for row in textwrap.wrap(text, COLUMNS, subsequent_indent="    ", drop_whitespace=True, break_on_hyphens=False):
        indent = "    " if lines else ""
        at = text.index(row[len(indent):], at)
        lines.append([(PLAIN, indent), *letters[at:at + len(row) - len(indent)]])
        at += len(row) - len(indent)
    return lines


def drawn(text):
    rows = [[(PROMPT, "$ "), (PLAIN, "rdnsgate " + " ".join(COMMAND))]]
    for line in text.splitlines():
        rows += folded(pieces_of(line))
    width, height = round(COLUMNS * CHARACTER + 2 * MARGIN), len(rows) * LINE + 2 * MARGIN
    out = [f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}" role="img">',
           "<!-- SPDX-License-Identifier: MIT; drawn by ci/picture.py -->",
           "<title>rdnsgate check holds the example inventory against zone files</title>",
           f'<rect width="100%" height="100%" rx="8" fill="{BACKGROUND}"/>',
           '<g font-family="ui-monospace, SFMono-Regular, Menlo, Consolas, monospace" font-size="13" xml:space="preserve">']
    for number, row in enumerate(rows):
        joined = []
        for colour, part in row:
            if joined and joined[-1][0] == colour:
                joined[-1][1] += part
            else:
                joined.append([colour, part])
        spans = "".join(f'<tspan fill="{colour}">{html.escape(part)}</tspan>' for colour, part in joined)
        # The length of a line is given, so that every font keeps the columns.
        columns = sum(len(part) for _, part in joined)
        if columns:
            out.append(f'<text x="{MARGIN}" y="{MARGIN + 13 + number * LINE}" textLength="{columns * CHARACTER:.1f}">{spans}</text>')
    return "\n".join([*out, "</g>", "</svg>", ""])


def main():
    binary, check = sys.argv[1], "--check" in sys.argv[2:]
    picture = drawn(output_of(binary))
    if not check:
        PICTURE.write_text(picture)
    elif not PICTURE.exists() or PICTURE.read_text() != picture:
        sys.exit(f"docs/run.svg is not what this rdnsgate prints: ci/picture.py {binary}")


if __name__ == "__main__":
    main()
