// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include <fmt/format.h>
#include <sys/resource.h>

#include <algorithm>
#include <random>
#include <thread>

#include "base/hash.h"
#include "inventory/folder.h"
#include "inventory/helpers.h"

using namespace rdnsgate;
using namespace rdnsgate::inventory;

namespace {

/// An inventory loaded from a folder; paths in what is said are relative to it.
struct Estate {
  Folder folder;
  Sources sources;
  Diagnostics problems;
  std::optional<Inventory> inventory;

  void load(const std::vector<std::string>& names = {"inventory.yaml"}, LoadOptions options = {}) {
    options.rule_names = test_rules;
    problems.clear();
    std::vector<std::string> paths;
    for (const auto& name : names) paths.push_back(folder / name);
    inventory = load_files(sources, paths, options, problems);
    CHECK(inventory.has_value() == problems.empty());
    CHECK(std::is_sorted(problems.begin(), problems.end(),
                         [](const auto& a, const auto& b) { return a.at < b.at; }));
  }
  std::string said() const {
    std::string all;
    for (const auto& problem : problems) all += render(problem, sources);
    const std::string prefix = folder / "";
    for (auto at = all.find(prefix); at != std::string::npos; at = all.find(prefix))
      all.erase(at, prefix.size());
    return all;
  }
  bool says(std::string_view text) const { return said().find(text) != std::string::npos; }
};

std::string sender(const std::string& name, const std::string& address) {
  return fmt::format("  - {{name: {0}, helo: {0}.mail.example, addresses: [{1}]}}\n", name, address);
}

std::string file_of(const std::string& head, const std::string& name, const std::string& address) {
  return "version: 1\n" + head + "senders:\n" + sender(name, address);
}

}  // namespace

TEST_CASE("what an included file holds is as if it stood in the one that includes it, at its own place") {
  Estate estate;
  estate.folder.write("inventory.yaml",
                      "version: 1\ninclude: [hosts/*.yaml, relays.yaml]\ndomains:\n"
                      "  - {name: example.com, via: [mx1, mx2, news]}\n");
  estate.folder.write("hosts/b.yaml", file_of("", "mx2", "192.0.2.2"));
  estate.folder.write("hosts/a.yaml",
                      file_of("zones: [{name: mail.example, file: a.zone}]\n", "mx1", "192.0.2.1"));
  estate.folder.write("relays.yaml", "version: 1\nrelays: [{name: news, addresses: [198.51.100.0/28]}]\n");
  estate.load();
  CAPTURE(estate.said());
  REQUIRE(estate.inventory);
  const auto& inventory = *estate.inventory;
  REQUIRE(inventory.senders.size() == 2);
  CHECK(inventory.senders[0].name == "mx1");  // sorted by path, not by how the folder is read
  CHECK(inventory.senders[1].name == "mx2");
  CHECK(inventory.relays.size() == 1);
  CHECK(inventory.path == estate.folder / "inventory.yaml");
  CHECK(estate.sources.path(inventory.addresses[1].at.file) == estate.folder / "hosts/b.yaml");
  CHECK(estate.sources.text(inventory.addresses[1].at) == "192.0.2.2");
  CHECK(inventory.zones[0].file == "hosts/a.zone");  // relative to the file that says so
}

TEST_CASE("of defaults the nearest file wins, key by key, and those of a file hold for no other branch") {
  Estate estate;
  estate.folder.write("inventory.yaml",
                      file_of("include: [eu.yaml, us.yaml, zones.yaml]\ndefaults: {ttl: 1h, owner: ops}\n",
                              "top", "192.0.2.1"));
  estate.folder.write("zones.yaml",
                      "version: 1\nzones:\n  - {name: mail.example}\n"
                      "  - {name: 2.0.192.in-addr.arpa, owner: hoster}\n");
  estate.folder.write("eu.yaml", file_of("include: [eu/*.yaml]\ndefaults: {ttl: 2h}\n", "eu", "192.0.2.2"));
  estate.folder.write("eu/fra.yaml", file_of("", "fra", "192.0.2.3"));
  estate.folder.write("eu/muc.yaml", file_of("defaults: {owner: muc, ttl: 3h}\n", "muc", "192.0.2.4"));
  estate.folder.write("us.yaml", file_of("", "us", "192.0.2.5"));
  estate.load();
  CAPTURE(estate.said());
  REQUIRE(estate.inventory);
  std::string seen;
  for (const auto& address : estate.inventory->addresses) {
    const auto& owner = estate.inventory->sender_of(address);
    seen += fmt::format("{} {} {}; ", owner.name, address.ttl, owner.owner);
  }
  CHECK(seen == "top 3600 ops; eu 7200 ops; us 3600 ops; fra 7200 ops; muc 10800 muc; ");
  CHECK(estate.inventory->defaults.ttl == seconds(3600));
  REQUIRE(estate.inventory->zones.size() == 2);
  CHECK(estate.inventory->zones[0].owner == "ops");
  CHECK(estate.inventory->zones[1].owner == "hoster");
}

TEST_CASE("what holds for the whole inventory stands in any one of its files, and in one only") {
  Estate estate;
  estate.folder.write("inventory.yaml", file_of("include: [a.yaml, b.yaml]\n", "mx", "192.0.2.1"));
  const std::string policy =
      "version: 1\ndefaults: {rollout: {bake: 2h}}\nrules: {ptr-generic: off}\n"
      "standards: {names: ['^mx'], latency: {warn: 1s}}\n";
  estate.folder.write("a.yaml", policy);
  estate.folder.write("b.yaml", "version: 1\nrules: {ptr-missing: info}\nstandards: {names: ['^out']}\n");
  estate.load();
  CAPTURE(estate.said());
  REQUIRE(estate.inventory);
  CHECK(estate.inventory->defaults.rollout.bake == seconds(7200));
  CHECK(estate.inventory->rules.size() == 2);
  CHECK(estate.inventory->standards.names.size() == 2);
  CHECK(estate.inventory->standards.latency_warn == std::chrono::milliseconds(1000));

  estate.folder.write("b.yaml", policy);
  estate.load();
  CHECK(estate.says("b.yaml:2:21: error: \"rollout\" holds for the whole inventory, and is given already"));
  CHECK(estate.says("hint: the first is in a.yaml:2; only one of them can hold"));
  CHECK(estate.says("b.yaml:3:9: error: the rule ptr-generic has a severity already"));
  CHECK(estate.says("b.yaml:4:38: error: \"latency\" holds for the whole inventory"));
  CHECK(estate.problems.size() == 3);
}

TEST_CASE("what is declared twice is said with both places, in whichever files they are") {
  Estate estate;
  estate.folder.write("inventory.yaml", file_of("include: [a.yaml]\nzones: [{name: 2.0.192.in-addr.arpa}]\n"
                                                "domains: [{name: example.com}]\n",
                                                "mx1", "192.0.2.1"));
  estate.folder.write("a.yaml",
                      file_of("zones: [{name: 2.0.192.in-addr.arpa}]\nrelays: [{name: mx1, addresses: "
                              "[192.0.2.0/24]}]\ndomains: [{name: Example.com}]\n",
                              "mx1", "192.0.2.1"));
  estate.load();
  CHECK(estate.says("a.yaml:2:16: error: the zone 2.0.192.in-addr.arpa is declared twice"));
  CHECK(estate.says("hint: the first is in inventory.yaml:3\n"));
  CHECK(estate.says("a.yaml:6:12: error: there is a sender called \"mx1\" already"));
  CHECK(estate.says("a.yaml:6:53: error: 192.0.2.1 belongs to sender \"mx1\" already"));
  CHECK(estate.says("the first is in inventory.yaml:6; one address has one owner"));
  CHECK(estate.says("a.yaml:3:34: error: 192.0.2.1 of relay \"mx1\" belongs to sender \"mx1\" already"));
  CHECK(estate.says("a.yaml:4:18: error: there is a domain called \"example.com\" already"));
}

TEST_CASE("a cycle is named with the whole chain, and read once") {
  Estate estate;
  estate.folder.write("inventory.yaml", file_of("include: [a.yaml]\n", "mx1", "192.0.2.1"));
  estate.folder.write("a.yaml", "version: 1\ninclude: [sub/b.yaml]\n");
  estate.folder.write("sub/b.yaml", "version: 1\ninclude: [../inventory.yaml]\n");
  estate.load();
  CHECK(
      estate.said() ==
      "sub/b.yaml:2:11: error: \"inventory.yaml\" includes itself: inventory.yaml -> a.yaml -> sub/b.yaml -> "
      "inventory.yaml [inventory-include]\n"
      "    include: [../inventory.yaml]\n"
      "              ^^^^^^^^^^^^^^^^^\n"
      "    hint: leave out one of these steps\n");
  estate.folder.write("a.yaml", "version: 1\ninclude: [a.yaml]\n");
  estate.load();
  CHECK(estate.says("\"a.yaml\" includes itself: a.yaml -> a.yaml"));
  estate.folder.write("a.yaml", "version: 1\n");
  estate.folder.write("inventory.yaml", file_of("include: ['*.yaml']\n", "mx1", "192.0.2.1"));
  estate.load();  // a pattern that matches its own file means the others
  CAPTURE(estate.said());
  CHECK(estate.inventory);
}

TEST_CASE("a file has one place; patterns of one list may meet") {
  Estate estate;
  estate.folder.write("inventory.yaml", file_of("include: [a.yaml, b.yaml]\n", "mx1", "192.0.2.1"));
  estate.folder.write("a.yaml", "version: 1\ninclude: [c.yaml]\n");
  estate.folder.write("b.yaml", "version: 1\ninclude: [c.yaml]\n");
  estate.folder.write("c.yaml", "version: 1\n");
  estate.load();
  CHECK(estate.says("b.yaml:2:11: error: \"c.yaml\" is included already"));
  CHECK(estate.says("hint: by a.yaml:2; a file has one place"));
  estate.folder.write("b.yaml", "version: 1\n");
  estate.folder.write("a.yaml", "version: 1\ninclude: ['c*.yaml', c.yaml, ./c.yaml]\n");
  estate.load();
  CHECK(estate.inventory);
}

TEST_CASE("an error in an included file is shown in its own text, and hides no other file's errors") {
  Estate estate;
  estate.folder.write(
      "inventory.yaml",
      file_of("include: [a.yaml, b.yaml, none.yaml]\ndomains: [{name: example.com, via: [mx9]}]\n", "mx1",
              "192.0.2.1"));
  estate.folder.write("a.yaml", "version: 1\nsenders: [\n");
  estate.folder.write("b.yaml", "version: 1\nzonse: []\nrelays: [{name: r, addresses: [192.0.2.300]}]\n");
  estate.load();
  CHECK(estate.says("inventory.yaml:2:27: error: there is no file \"none.yaml\" [inventory-include]"));
  CHECK(estate.says("\n    senders: [\n"));
  CHECK(estate.says("b.yaml:2:1: error: unknown key \"zonse\""));
  CHECK(estate.says("b.yaml:3:32: error: \"192.0.2.300\""));
  CHECK_FALSE(estate.says("mx9"));  // it may be in the file that is not there
}

TEST_CASE("every file says its version, and one of another version is left alone") {
  Estate estate;
  estate.folder.write("inventory.yaml", file_of("include: [a.yaml, b.yaml]\n", "mx1", "192.0.2.1"));
  estate.folder.write("a.yaml", "version: 2\nfuture: 1\n");
  estate.folder.write("b.yaml", "relays: []\n");
  estate.load();
  CHECK(estate.says("a.yaml:1:10: error: version 2 of the inventory format is not known here"));
  CHECK(estate.says("b.yaml:1:1: error: the key \"version\" is missing"));
  CHECK(estate.problems.size() == 2);
}

TEST_CASE("limits hold before a file is read") {
  Estate estate;
  estate.folder.write("inventory.yaml", file_of("include: ['h/*.yaml']\n", "mx1", "192.0.2.1"));
  for (int i = 0; i < 5; ++i)
    estate.folder.write(fmt::format("h/{}.yaml", i), "version: 1\n# " + std::string(1000, 'x'));
  LoadOptions options;
  options.limits.files = 4;
  estate.load({"inventory.yaml"}, options);
  CHECK(estate.says(
      "inventory.yaml:2:11: error: with this the inventory has more than 4 files [inventory-limit]"));
  CHECK(estate.problems.size() == 1);
  options = {};
  options.limits.file_bytes = 4000;
  estate.load({"inventory.yaml"}, options);
  CHECK(estate.says("error: with \"h/3.yaml\" the inventory is larger than 0 MiB [inventory-limit]"));
  options = {};
  options.limits.include_depth = 3;
  for (int i = 0; i < 5; ++i)
    estate.folder.write(fmt::format("c{}.yaml", i), fmt::format("version: 1\ninclude: [c{}.yaml]\n", i + 1));
  estate.folder.write("inventory.yaml", file_of("include: [c0.yaml]\n", "mx1", "192.0.2.1"));
  estate.load({"inventory.yaml"}, options);
  CHECK(
      estate.says("c2.yaml:2:11: error: files include files more than 3 levels deep here [inventory-limit]"));
  options = {};
  options.limits.addresses = 3;
  estate.folder.write("inventory.yaml", file_of("include: [a.yaml]\n", "mx1", "192.0.2.1, 192.0.2.2"));
  estate.folder.write("a.yaml", file_of("", "mx2", "192.0.2.3, 192.0.2.4"));
  estate.load({"inventory.yaml"}, options);
  CHECK(estate.says("a.yaml:3:64: error: with this the senders come to 4 addresses; the limit is 3"));
}

TEST_CASE("what cannot be read is said where it is included") {
  Estate estate;
  estate.folder.write("inventory.yaml", file_of("include: [a.yaml]\n", "mx1", "192.0.2.1"));
  REQUIRE(std::system(("mkfifo " + (estate.folder / "a.yaml")).c_str()) == 0);
  estate.load();
  CHECK(estate.says("inventory.yaml:2:11: error: \"a.yaml\" is not a regular file [inventory-include]"));
  CHECK(estate.problems.size() == 1);
}

TEST_CASE("several files are one inventory; one that another includes counts as included") {
  Estate estate;
  estate.folder.write("a.yaml", file_of("", "mx1", "192.0.2.1"));
  estate.folder.write("b.yaml", file_of("include: [a.yaml]\ndefaults: {ttl: 2h}\n", "mx2", "192.0.2.2"));
  estate.load({"a.yaml", "b.yaml", "a.yaml"});
  CAPTURE(estate.said());
  REQUIRE(estate.inventory);
  REQUIRE(estate.inventory->addresses.size() == 2);
  CHECK(estate.inventory->addresses[0].ttl == 7200);
  estate.folder.write("a.yaml", file_of("include: [b.yaml]\n", "mx1", "192.0.2.1"));
  estate.load({"a.yaml", "b.yaml"});
  CHECK(estate.says("includes itself: "));
}

TEST_CASE("an inventory without senders in any of its files is none") {
  Estate estate;
  estate.folder.write("inventory.yaml", "version: 1\ninclude: [a.yaml]\n");
  estate.folder.write("a.yaml", "version: 1\n");
  estate.load();
  CHECK(estate.says("inventory.yaml:1:1: error: none of the 2 files has senders [inventory-schema]"));
}

TEST_CASE("the hash is that of one file's octets, and of several what sha256sum makes of them") {
  Estate estate;
  const auto top = file_of("include: ['h/*.yaml']\n", "mx1", "192.0.2.1"), part = std::string("version: 1\n");
  estate.folder.write("inventory.yaml", top);
  estate.folder.write("h/b.yaml", part);
  estate.folder.write("h/a.yaml", part + "# a\n");
  estate.load();
  REQUIRE(estate.inventory);
  CHECK(estate.inventory->sha256 ==
        sha256_hex(sha256_hex(part + "# a\n") + "  h/a.yaml\n" + sha256_hex(part) + "  h/b.yaml\n" +
                   sha256_hex(top) + "  inventory.yaml\n"));
  const auto before = estate.inventory->sha256;
  estate.folder.write("h/b.yaml", part + "\n");
  estate.load();
  CHECK(estate.inventory->sha256 != before);
}

TEST_CASE("an inventory says the same in one file and cut into any number of them") {
  std::mt19937 random(5);
  for (int round = 0; round < 30; ++round) {
    Estate whole, cut;
    std::string all = "version: 1\nsenders:\n";
    const auto parts = static_cast<unsigned>(1 + random() % 40);
    std::vector<std::string> pieces(parts, "version: 1\nsenders:\n");
    for (unsigned i = 0; i < parts; ++i) {
      // Some addresses meet, so that there are errors to compare too.
      const auto host = round % 3 == 0 ? static_cast<unsigned>(random() % 60) : i;
      const auto entry = sender(fmt::format("mx{:03}", i), fmt::format("192.0.2.{}", host));
      all += entry;
      pieces[i] += entry;
    }
    whole.folder.write("inventory.yaml", all);
    cut.folder.write("inventory.yaml", "version: 1\ninclude: ['parts/*.yaml']\n");
    for (unsigned i = 0; i < parts; ++i) cut.folder.write(fmt::format("parts/{:03}.yaml", i), pieces[i]);
    whole.load();
    cut.load();
    REQUIRE(whole.problems.size() == cut.problems.size());
    for (std::size_t i = 0; i < whole.problems.size(); ++i)
      CHECK(whole.problems[i].message == cut.problems[i].message);
    if (!whole.inventory) continue;
    REQUIRE(whole.inventory->addresses.size() == cut.inventory->addresses.size());
    for (std::size_t i = 0; i < whole.inventory->addresses.size(); ++i)
      CHECK(whole.inventory->addresses[i].ip == cut.inventory->addresses[i].ip);
  }
}

TEST_CASE("files that are parsed side by side say the same every time, faulty ones too") {
  const std::vector<std::string> kinds{
      "version: 1\nsenders:\n  - &a {{name: s{0}, helo: s{0}.mail.example, addresses: [10.0.0.{0}]}}\n",
      "version: 1\nsenders:\n  - {{name: s{0}, hello: s{0}.mail.example, addresses: [10.0.0.{0}]}}\n",
      "version: 1\nzones:\n  - {{name: {0}.2.0.192.in-addr.arpa, managed_by: nobody, ttl: soon}}\n",
      "version: 1\nsenders: [{{name: s{0}, addresses: [*nowhere]}}]\n",
      "version: 1\nsenders: [{0}\n",
      "",
      "version: 2\n",
      "version: 1\nrules: {{ptr-generik: off}}\n",
      "version: 1\nrelays:\n  - {{name: r{0}, spf: 'include:spf{0}.example', addresses: [192.0.2.0/33]}}\n",
  };
  std::string first;
  for (int round = 0; round < 5; ++round) {
    Estate estate;
    estate.folder.write("inventory.yaml", "version: 1\ninclude: ['parts/*.yaml']\n");
    for (unsigned i = 0; i < 90; ++i)
      estate.folder.write(fmt::format("parts/{:03}.yaml", i),
                          fmt::format(fmt::runtime(kinds[i % kinds.size()]), i));
    estate.load();
    CHECK_FALSE(estate.inventory.has_value());
    if (round == 0) first = estate.said();
    CHECK(estate.said() == first);
    CHECK(estate.says("did you mean \"ptr-generic\"?"));
    CHECK(estate.says("[inventory-syntax]"));
  }
}

namespace {

/// Microseconds of processor time.
std::int64_t time_of(int who) {
  rusage usage{};
  getrusage(who, &usage);
  const auto total = [](const timeval& time) { return std::int64_t{1'000'000} * time.tv_sec + time.tv_usec; };
  return total(usage.ru_utime) + total(usage.ru_stime);
}

}  // namespace

TEST_CASE("files are parsed by more than one thread") {
  if (std::thread::hardware_concurrency() < 2) return;
  constexpr int files = 40, addresses = 1000;  // so that reading is nothing beside parsing, nor is a late start of a thread
  Estate estate;
  estate.folder.write("inventory.yaml", "version: 1\ninclude: [hosts/*.yaml]\n");
  for (int file = 0; file < files; ++file) {
    std::string text = "version: 1\nsenders:\n";
    for (int n = 0; n < addresses; ++n) {
      text += fmt::format(
          "  - {{name: mx{0}-{1}, helo: mx{0}-{1}.mail.example, addresses: [10.{0}.{2}.{3}]}}\n", file, n,
          n / 250, n % 250);
    }
    estate.folder.write(fmt::format("hosts/{}.yaml", file), text);
  }
  const auto all = time_of(RUSAGE_SELF), own = time_of(RUSAGE_THREAD);
  estate.load();
  const auto own_spent = time_of(RUSAGE_THREAD) - own, all_spent = time_of(RUSAGE_SELF) - all;
  CHECK(estate.inventory->addresses.size() == std::size_t{files} * addresses);
  // With two threads it is two fifths: parsing is most of it. None of it where one does everything.
  CHECK(10 * (all_spent - own_spent) > all_spent);
}
