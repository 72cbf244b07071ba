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
  const svg = page.querySelector("svg"), box = svg ? svg.getBoundingClientRect() : null;
  const shown = [...page.querySelectorAll("svg text, svg rect, svg line")].filter(one => window_.getComputedStyle(one).display !== "none");
  const outside = shown.filter(one => {{
    const at = one.getBoundingClientRect();
    return at.left < box.left - 0.5 || at.top < box.top - 0.5 || at.right > box.right + 0.5 || at.bottom > box.bottom + 0.5;
  }}).map(one => one.outerHTML);
  const rows = [...page.querySelectorAll("svg .phase")].map(one => one.textContent);
  const marks = shown.filter(one => one.matches("text.mark")).map(one => one.getBoundingClientRect());
  const overlaps = marks.filter((one, i) => marks.some((other, j) => i < j && one.left < other.right && other.left < one.right &&
    one.top < other.bottom && other.top < one.bottom)).length;
  const wide_tables = [...page.querySelectorAll("table")].filter(one => one.closest("details:not([open])") === null &&
    one.getBoundingClientRect().right > root.clientWidth && window_.getComputedStyle(one.parentElement).overflowX !== "auto").length;
  const folded = [...page.querySelectorAll("details")].map(one => [one.querySelectorAll("tr").length, one.open]);
  const open_rows = Math.max(0, ...[...page.querySelectorAll("table")].filter(one => one.closest("details") === null)
    .map(one => one.rows.length - 1));
  document.getElementById("seen").textContent = JSON.stringify({{
    overflow: root.scrollWidth - root.clientWidth, width: root.clientWidth, outside, rows,
    overlaps, wide_tables, folded, open_rows, windows: page.querySelectorAll("svg rect.window").length,
    marks: marks.length, legend: page.querySelectorAll(".legend li").length,
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
        return self.print_plan(*arguments)

    def print_plan(self, *arguments):
        def run(form):
            done = subprocess.run([BINARY, "plan", "--format", form, *arguments, "inventory.yaml"], cwd=self.folder, capture_output=True,
                                  text=True, check=False)
            self.assertEqual(done.returncode, 0, done.stderr)
            return done.stdout

        (self.folder / "plan.html").write_text(run("html"))
        return json.loads(run("json"))

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

    def check(self, plan, rows=None):
        for width in (1200, 600, 400):
            with self.subTest(width=width):
                seen = self.look(width)
                self.assertLessEqual(seen["width"], width)
                self.assertGreater(seen["width"], width - 40)
                self.assertLessEqual(seen["overflow"], 0)
                self.assertEqual(seen["outside"], [])
                self.assertEqual((seen["overlaps"], seen["wide_tables"]), (0, 0))
                self.assertGreater(seen["marks"], 0)
                self.assertGreaterEqual(seen["legend"], 4)
                self.assertLessEqual(seen["open_rows"], 20)
                self.assertEqual((seen["foreign"], seen["requests"], seen["ran"]), (0, 0, "nothing"))
                self.assertEqual(seen["title"], f"DNS change {plan['id']}")
                self.assertEqual(seen["rows"], rows or [phase["id"] for phase in plan["phases"]])
        return seen

    def test_records_that_move(self):
        self.check(self.make("plan-redelegate", "--zone-files", "."),
                   ["preflight", "lower-ttl", "add-ptr", "redelegate in 2 waves", "restore-ttl"])

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

    def test_many_addresses_within_change_windows(self):
        rows = range(2, 252)
        soa = "$TTL 86400\n@ IN SOA ns.mail.test. dns.mail.test. 1 14400 3600 604800 3600\n@ NS ns.mail.test.\n"

        def inventory(stem, defaults=""):
            return (f"version: 1\n{defaults}rules: {{addr-documentation: off, ptr-special-use-name: off}}\n"
                    "zones: [{name: 113.0.203.in-addr.arpa, managed_by: ticket}, {name: mail.test, managed_by: nsupdate}]\n"
                    f"senders: [{{name: pool, addresses: [{{range: 203.0.113.2-203.0.113.251, ptr: '{stem}-{{4}}.mail.test'}}]}}]\n")

        for name, text in {
                "before.yaml": inventory("old"),
                "inventory.yaml": inventory("out", 'defaults: {rollout: {window: ["Mon-Thu 08:00-16:00 Europe/Zurich"]}}\n'),
                "113.0.203.in-addr.arpa.zone": soa + "".join(f"{i} PTR old-{i}.mail.test.\n" for i in rows),
                "mail.test.zone": soa + "ns A 198.51.100.1\n" + "".join(f"old-{i} A 203.0.113.{i}\n" for i in rows)}.items():
            (self.folder / name).write_text(text)
        plan = self.print_plan("--start", "2027-03-26T17:30+01:00", "--base", "before.yaml", "--zone-files", "113.0.203.in-addr.arpa.zone",
                               "--zone-files", "mail.test.zone")
        seen = self.check(plan, ["preflight", "lower-ttl", "add-forward", "swap-ptr in 11 waves", "remove-old in 11 waves", "restore-ttl"])
        self.assertEqual(seen["windows"], 3)
        self.assertIn("203.0.113.2-203.0.113.251 (250 PTR records)", seen["text"])
        self.assertIn("steps only within Mon-Thu 08:00-16:00 Europe/Zurich", seen["text"])
        self.assertIn("Mon 2027-03-29 08:00 CEST", seen["text"])
        self.assertGreater(len(seen["folded"]), 20)
        self.assertTrue(all(rows > 21 and not is_open for rows, is_open in seen["folded"]), seen["folded"])

    def test_nothing_to_do_has_no_picture(self):
        shutil.copytree(CASES / "plan-nothing", self.folder, dirs_exist_ok=True)
        (self.folder / "inventory.yaml").write_text((self.folder / "before.yaml").read_text())
        plan = self.print_plan("--zone-files", "113.0.203.in-addr.arpa.zone", "--zone-files", "mail.test.zone")
        self.assertEqual(plan["phases"], [])
        seen = self.look(400)
        self.assertIn("Nothing to do: the DNS has what inventory.yaml declares.", seen["text"])
        self.assertEqual((seen["overflow"], seen["rows"], seen["legend"]), (0, [], 0))


if __name__ == "__main__":
    BINARY = str(Path(sys.argv.pop(1)).resolve())
    unittest.main(verbosity=2)
