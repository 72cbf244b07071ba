# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rdnsgate authors
"""Two real resolvers with two views: the internal one is held to what the inventory says of it, and the outside to the rest."""
from rdnslab import inventories as inv
from rdnslab.case import WorldCase, scratch
from rdnslab.servers import Unbound

INSIDE = "127.0.1.30"
VANTAGES = f"""{inv.RECURSIVE}
  - {{name: office, kind: forward, address: {INSIDE}, view: internal}}"""
# What the internal resolver has in place of the zones' records.
DATA = {
    "10.2.0.192.in-addr.arpa": ("PTR mx1.corp.example.",),
    "mx1.corp.example": ("A 10.0.0.10",),
    "mx1.mail.example": ("A 10.0.0.10",),
    "32.2.0.192.in-addr.arpa": (),
}
SENDER = """  - name: mx1
    helo: mx1.mail.example
    addresses: [{{ip: 192.0.2.10{}}}, "2001:db8::10"]
"""
RIGHT = ", internal: {ptr: mx1.corp.example, addresses: [10.0.0.10]}"


# As a resolver shows it that lets questions about private addresses out to AS112.
LEAKY = "127.0.1.31"
LEAKS = "".join(f'''  local-zone: "{zone}.in-addr.arpa." static
  local-data: "{zone}.in-addr.arpa. 300 IN SOA prisoner.iana.org. hostmaster.root-servers.org. 1 1800 900 604800 604800"
''' for zone in ("10", "20.172"))


class Views(WorldCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        zones = "".join(f'  local-zone: "{name}." {"typetransparent" if records else "static"}\n  local-data: "{name}. 300 IN SOA ns.corp.example. root.corp.example. 1 1 1 1 300"\n'
                        + "".join(f'  local-data: "{name}. 300 IN {data}"\n' for data in records)
                        for name, records in DATA.items())
        for folder, address, more in (("office", INSIDE, zones), ("leaky", LEAKY, LEAKS)):
            resolver = Unbound(scratch() / folder, address, cls.world.root_hints, more=more)
            cls.addClassCleanup(resolver.stop)
            resolver.start()
            resolver.wait_until_ready()

    def check(self, vantages, *senders):
        path = self.write("inventory.yaml", inv.inventory(vantages, *senders))
        return self.gate("check", "--format", "json", *self.private_root(), path)

    def test_declared_view_is_right(self):
        run = self.check(VANTAGES, SENDER.format(RIGHT), inv.CLASSLESS)
        self.assertEqual(run.findings("error", "warning"), set(), run)
        self.assertEqual(run.exit, 0, run)

    def test_undeclared_view_is_told_and_is_no_error(self):
        run = self.check(VANTAGES, SENDER.format(""), inv.CLASSLESS)
        self.assertEqual(run.findings("error", "warning"), {("192.0.2.10", "resolver-split-view")}, run)
        self.assertEqual(run.exit, 0, run)

    def test_other_view_than_declared(self):
        for internal, rule, observed in (
                (", internal: {ptr: mx9.corp.example, addresses: [10.0.0.10]}", "internal-ptr-mismatch", "mx1.corp.example"),
                (", internal: {ptr: none, addresses: [10.0.0.10]}", "internal-ptr-mismatch", "mx1.corp.example"),
                (", internal: {ptr: mx1.corp.example, addresses: [10.0.0.99]}", "internal-address-mismatch", "10.0.0.10")):
            with self.subTest(internal):
                run = self.check(VANTAGES, SENDER.format(internal))
                self.assertEqual(run.exit, 1, run)
                self.assertIn(("192.0.2.10", rule), run.findings("error"), run)
                found = [f for f in run.report["findings"] if f["rule"] == rule]
                self.assertEqual({(f["certainty"], f["scope"], *f["vantages"]) for f in found}, {("confirmed", "isolated", "office")}, run)
                self.assertIn(observed, found[0]["observed"])

    def test_no_ptr_inside(self):
        bulk = '  - {name: bulk, helo: out-32.mail.example, addresses: [{ip: 192.0.2.32, internal: {ptr: none}}]}\n'
        run = self.check(VANTAGES, bulk)
        self.assertEqual((run.exit, run.findings("error", "warning")), (0, set()), run)

    def test_from_inside_alone(self):
        run = self.check(VANTAGES.splitlines()[1], SENDER.format(RIGHT))
        self.assertEqual(run.findings("error"), set(), run)

    def test_who_asks_the_internet_about_private_addresses(self):
        leaky = f"  - {{name: leaky, kind: forward, address: {LEAKY}, view: internal}}"
        run = self.check(f"{VANTAGES}\n{leaky}", inv.CLASSLESS)
        said = [f for f in run.report["findings"] if f["rule"] == "leak-1918-reverse-upstream"]
        self.assertEqual([(f["target"]["id"], f["severity"], f["certainty"], f["observed"]) for f in said],
                         [("leaky", "info", "confirmed", "10.in-addr.arpa, 20.172.in-addr.arpa")], run)
        self.assertEqual(run.exit, 0, run)
        outside = self.check(leaky.replace(", view: internal", ""), inv.CLASSLESS)
        self.assertNotIn("leak-1918-reverse-upstream", {f["rule"] for f in outside.report["findings"]}, outside)

    def test_plan_is_for_the_outside(self):
        """The first vantage is no reason to plan by what only it sees."""
        path = self.write("inventory.yaml", inv.inventory(VANTAGES.splitlines()[1] + "\n" + inv.LONE_FORWARD, SENDER.format(RIGHT)))
        run = self.gate("plan", "--format", "json", path)
        self.assertEqual((run.exit, run.report["totals"]["changes"]), (0, 0), run)
