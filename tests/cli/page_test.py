#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rdnsgate authors
"""The page of a plan in Chromium: it fits wide and narrow windows, its picture is whole, and it loads and runs nothing,
whatever the names in it.

Usage: page_test.py RDNSGATE_BINARY [unittest arguments]
"""
import html
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

import offline

BINARY = None
CASES = Path(__file__).resolve().parent / "cases"
# Looks at the page in a frame of its own; --dump-dom shows what it found.
LOOK = """<!doctype html><meta charset="utf-8"><body style="margin:0">
<iframe id="page" style="border:0;width:{width}px;height:800px"></iframe><pre id="seen"></pre><script>
const frame = document.getElementById("page");
let dialogs = 0;
frame.onload = () => {{
  const page = frame.contentDocument, window_ = frame.contentWindow, root = page.documentElement;
  const svg = page.querySelector("svg"), box = svg ? svg.viewBox.baseVal : null;
  const outside = [...page.querySelectorAll("svg text, svg rect, svg line")].filter(one => {{
    const at = one.getBBox();
    return at.x < box.x || at.y < box.y || at.x + at.width > box.x + box.width || at.y + at.height > box.y + box.height;
  }}).map(one => one.outerHTML);
  const rows = [...page.querySelectorAll("svg text:not(.late)")].map(one => one.textContent);
  document.getElementById("seen").textContent = JSON.stringify({{
    overflow: root.scrollWidth - root.clientWidth, width: root.clientWidth, outside, rows,
    foreign: page.querySelectorAll("script, img, iframe, link, object, embed, video, audio, form").length,
    requests: window_.performance.getEntriesByType("resource").length, title: page.title,
    ran: window_.ran === undefined ? "nothing" : window_.ran, text: page.body.innerText}});
}};
frame.src = "plan.html";
</script>"""


class Page(unittest.TestCase):
    def setUp(self):
        self.folder = Path(tempfile.mkdtemp())
        self.addCleanup(shutil.rmtree, self.folder)

    def make(self, case, *arguments, edit=None, record=""):
        shutil.copytree(CASES / case, self.folder, dirs_exist_ok=True)
        if record:
            with open(self.folder / "example.com.zone", "a", encoding="utf-8") as zone:
                zone.write(record)
        if edit:
            path = self.folder / "inventory.yaml"
            path.write_text(edit(path.read_text()))
        page = subprocess.run([BINARY, "plan", "--format", "html", *arguments, "inventory.yaml"], cwd=self.folder, capture_output=True,
                              text=True, check=False)
        self.assertEqual(page.returncode, 0, page.stderr)
        (self.folder / "plan.html").write_text(page.stdout)
        plan = subprocess.run([BINARY, "plan", "--format", "json", *arguments, "inventory.yaml"], cwd=self.folder, capture_output=True,
                              text=True, check=True)
        return json.loads(plan.stdout)

    def look(self, width):
        (self.folder / "look.html").write_text(LOOK.format(width=width))
        done = subprocess.run(offline.command(["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-extensions",
                               "--disable-background-networking", "--disable-component-update",
                               "--allow-file-access-from-files", f"--user-data-dir={self.folder / 'profile'}",
                               "--virtual-time-budget=10000", "--timeout=20000", "--dump-dom", (self.folder / "look.html").as_uri()], local=True),
                              capture_output=True, text=True, timeout=120, check=False)
        seen = re.search(r'<pre id="seen">(.+?)</pre>', done.stdout, re.DOTALL)
        self.assertTrue(seen, done.stdout[-2000:] + done.stderr[-2000:])
        return json.loads(html.unescape(seen[1]))

    def check(self, plan):
        for width in (1280, 600, 390):
            with self.subTest(width=width):
                seen = self.look(width)
                self.assertLessEqual(seen["width"], width)
                self.assertGreater(seen["width"], width - 40)
                self.assertLessEqual(seen["overflow"], 0)
                self.assertEqual(seen["outside"], [])
                self.assertEqual((seen["foreign"], seen["requests"], seen["ran"]), (0, 0, "nothing"))
                self.assertEqual(seen["title"], f"DNS change {plan['id']}")
                self.assertEqual([row for row in seen["rows"] if not row.startswith("+")], [phase["id"] for phase in plan["phases"]])
        return seen

    def test_records_that_move(self):
        self.check(self.make("plan-redelegate", "--zone-files", "."))

    def test_what_takes_days(self):
        plan = self.make("plan-relay-dkim", "--base", "before.yaml", "--zone-files", "example.com.zone", "--zone-files", "2.0.192.in-addr.arpa.zone")
        self.assertIn("from the moment at which it is done: queue 432000", self.check(plan)["text"])

    def test_texts_that_are_markup(self):
        record = "</code><img src=x onerror=top.ran=1><script>window.ran=1</script>" + "x" * 150
        contact = "'\"><svg onload=window.ran=1>&lt;b>"
        plan = self.make("plan-relay-dkim", "--base", "before.yaml", "--zone-files", "example.com.zone", "--zone-files", "2.0.192.in-addr.arpa.zone",
                         edit=lambda text: text.replace("name: example.com, managed_by: nsupdate",
                                                        f"name: example.com, managed_by: nsupdate, contact: {json.dumps(contact)}"),
                         record=f'@ TXT "{record}"\n')
        text = self.check(plan)["text"]
        self.assertIn(record, text)
        self.assertIn(contact, text)


if __name__ == "__main__":
    BINARY = str(Path(sys.argv.pop(1)).resolve())
    unittest.main(verbosity=2)
