// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include <doctest/doctest.h>
#include <sys/wait.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <map>
#include <nlohmann/json.hpp>
#include <regex>
#include <set>
#include <sstream>

#include "base/text/escape.h"
#include "base/text/utf8.h"
#include "inventory/octodns/octodns_zone.h"
#include "plan/emit/emit.h"
#include "plan/emit/zone_blocks.h"
#include "plan/rename_sample.h"
#include "plan/timetable.h"

using namespace rdnsgate;
using namespace rdnsgate::plan;
using namespace rdnsgate::plan::test;

namespace {

const Time start = parse_time("2027-05-31T08:00:00Z").value();

/// Text that means something in every format.
const std::string evil =
    "a\"b'c`d|e<script>alert(1)</script>&amp;\\n;,:${x}%{y}*/ --> ]]> @team #1 [l](http://x) $(id) "
    "\n=cmd\r\x1b[31m";

Plan renumbering(ManagedBy managed_by, const std::string& host = "n1.mail.example",
                 const std::string& text = "verify=a;b") {
  const auto estate = [&](const std::string& address, const std::string& helo) {
    Builder builder;
    for (const auto* zone : {"2.0.192.in-addr.arpa", "mail.example", "example.com"}) {
      builder.zone(zone, managed_by);
      builder.last_zone().contact = "noc@hoster.example";
    }
    builder.domain("example.com", {"mx1"}).address("mx1", address, helo, helo);
    return builder.build();
  };
  Dns dns;
  dns.zone("2.0.192.in-addr.arpa").zone("mail.example").zone("example.com");
  dns.ptr("192.0.2.10", 86400, {"n0.mail.example"}).a("n0.mail.example", 86400, {"192.0.2.10"});
  dns.txt("example.com", 3600, {"v=spf1 ip4:192.0.2.10 -all", text});
  const auto now = estate("192.0.2.20", host), base = estate("192.0.2.10", "n0.mail.example");
  return plan_for(dns, now, &base).value();
}

Plan hostile(Plan plan) {
  plan.inventory_path = evil;
  plan.notes.push_back(evil);
  for (auto& phase : plan.phases) {
    for (auto& step : phase.steps) step.contact = evil;
    for (auto& step : phase.rollback) step.contact = evil;
    for (auto& manual : phase.manual) manual.sender = manual.text = evil;
    for (auto& manual : phase.rollback_manual) manual.sender = manual.text = evil;
    for (auto& term : phase.wait.terms) term.origin = evil;
  }
  return plan;
}

std::vector<std::string> lines_of(const std::string& text, const std::string& end = "\n") {
  std::vector<std::string> lines;
  for (std::size_t begin = 0; begin < text.size();) {
    const auto stop = text.find(end, begin);
    REQUIRE(stop != std::string::npos);
    lines.push_back(text.substr(begin, stop - begin));
    begin = stop + end.size();
  }
  return lines;
}

bool has(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

/// What is left of a page when every tag that we write is taken out.
std::string without_tags(const std::string& page) {
  static const std::regex tag(
      R"re(</?(?:!doctype html|html|head|body|title|style|h1|h2|p|dl|dt|dd|div|span|time|details|summary|table|tr|th|td|br|code|ul|li|svg|rect|line|text|tspan|meta)(?: [a-zA-Z0-9-]+="[^"<>]*"| lang="en")*/?>)re");
  return std::regex_replace(page, tag, "");
}

}  // namespace

TEST_CASE("the change request says what a reviewer asks and an operator does") {
  const auto text = emit_markdown(renumbering(ManagedBy::ticket), start);
  for (const auto* part :
       {"| lower-ttl | Mon 2027-05-31 08:00 UTC (+0s) |", "| end | ",
        "- 2 addresses: 192.0.2.10, 192.0.2.20\n", "`mail.example` (ticket, `noc@hoster.example`)",
        "- [ ] `mx1`: start sending from 192.0.2.20 with HELO n1.mail.example",
        "- [ ] `dig +norecurse @NAMESERVER n1.mail.example. A` → `192.0.2.20` TTL",
        "| `2.0.192.in-addr.arpa` | `20.2.0.192.in-addr.arpa` PTR | none | `n1.mail.example.` TTL",
        "Rollback: restore the “from” records. Nothing breaks on the way.",
        "Resolvers may have cached their absence for up to the negative TTL.",
        "Wait 1d6m = 86760 s: propagation 300 (default)"}) {
    CAPTURE(part);
    CHECK(has(text, part));
  }
}

TEST_CASE("the timetable keeps to the change windows, and what comes after is as late") {
  const auto base = estate("n0.mail.example");
  auto plan = plan_for(live(), estate("n1.mail.example"), &base).value();
  plan.windows = {ChangeWindow::parse("Mon,Wed 08:00-10:00 UTC").value()};
  const auto sunday = parse_time("2027-06-06T12:00:00Z").value();
  // Lowering the TTL takes a day and a minute and a half: the next window is Wednesday's.
  const Timetable times(plan, sunday);
  const auto at = [&](const char* id) { return format_time(times.at(phase(plan, id)->starts_after)); };
  CHECK(at("lower-ttl") == "2027-06-07T08:00:00Z");
  CHECK(at("add-forward") == "2027-06-09T08:00:00Z");
  CHECK(at("swap-ptr") == "2027-06-09T08:11:00Z");
  CHECK(at("switch-helo") == "2027-06-09T08:22:00Z");
  CHECK(at("remove-old") == "2027-06-09T09:22:00Z");
  CHECK(format_time(times.at(plan.total)) == "2027-06-09T09:33:00Z");
  CHECK(times.since(plan.total) == seconds(2 * 86400 + 93 * 60));
  for (const auto& text : {emit_markdown(plan, sunday), emit_html(plan, sunday), emit_ics(plan, sunday)}) {
    const bool there = text.find("Wed 2027-06-09 08:11 UTC") != std::string::npos ||
                       text.find("20270609T081100Z") != std::string::npos;
    CHECK(there);
  }
  const auto text = emit_text(plan, sunday, Detail::brief);
  CHECK(has(text, "steps only within Mon,Wed 08:00-10:00 UTC"));
  CHECK(has(text, "swap-ptr  Wed 2027-06-09 08:11 UTC"));
  // Without windows everything is as the plan counts it.
  plan.windows.clear();
  CHECK(Timetable(plan, sunday).at(plan.total) == sunday + plan.total);
}

TEST_CASE("foreign text stays text in Markdown") {
  const auto plan = renumbering(ManagedBy::ticket);
  const auto calm = emit_markdown(plan, start), wild = emit_markdown(hostile(plan), start);
  // One more line, for the note.
  CHECK(lines_of(wild).size() <= lines_of(calm).size() + 3);
  for (const auto& line : lines_of(wild)) {
    CAPTURE(line);
    // Outside code spans nothing is left that Markdown, HTML or a forge would act on.
    const auto plain = std::regex_replace(line, std::regex(R"((`+).*?[^`]\1(?!`))"), "");
    CHECK_FALSE(has(plain, "<script"));
    CHECK_FALSE(has(plain, "[l]"));
    CHECK_FALSE(has(plain, "@team"));
    CHECK_FALSE(has(plain, "$("));
    CHECK(std::none_of(line.begin(), line.end(), [](char c) { return c >= 0 && c < 0x20; }));
  }
  CHECK(markdown_code("a`b") == "``a`b``");
  CHECK(markdown_code("`") == "`` ` ``");
  CHECK(markdown_code("a|b") == "`a\\|b`");
}

TEST_CASE("the page holds nothing but our own tags") {
  const auto plan = renumbering(ManagedBy::ticket);
  for (const auto& page : {emit_html(plan, start), emit_html(hostile(plan), start)}) {
    CHECK_FALSE(has(without_tags(page), "<"));
    CHECK_FALSE(has(without_tags(page), "\"><"));
    for (const auto* tag : {"table", "svg", "body", "p", "ul", "dl", "div", "details"}) {
      const std::regex open("<" + std::string(tag) + "[ >]"), close("</" + std::string(tag) + ">");
      CHECK(std::distance(std::sregex_iterator(page.begin(), page.end(), open), {}) ==
            std::distance(std::sregex_iterator(page.begin(), page.end(), close), {}));
    }
  }
  CHECK(has(emit_html(plan, start), "cheap rollback until here"));
  CHECK(has(emit_html(plan, start), "<tspan class=\"phase\">lower-ttl</tspan>"));
}

TEST_CASE("the picture has a bar for every wait, as long as the wait") {
  const auto plan = renumbering(ManagedBy::ticket);
  const auto page = emit_html(plan, start);
  const std::regex bar("<rect class=\"wait\" x=\"([0-9.]+)%\" y=\"[0-9]+\" width=\"([0-9.]+)%\"");
  std::vector<std::pair<double, double>> bars;
  for (std::sregex_iterator at(page.begin(), page.end(), bar), end; at != end; ++at)
    bars.emplace_back(std::stod((*at)[1]), std::stod((*at)[2]));
  const auto whole = static_cast<double>(plan.total.count());
  std::size_t i = 0;
  for (const auto& phase : plan.phases) {
    if (phase.wait.total * 9850 < plan.total) continue;  // thinner than the picture can show
    REQUIRE(i < bars.size());
    CHECK(std::abs(bars[i].first - 98.5 * static_cast<double>(phase.starts_after.count()) / whole) < 0.02);
    CHECK(std::abs(bars[i].second - 98.5 * static_cast<double>(phase.wait.total.count()) / whole) < 0.02);
    ++i;
  }
  CHECK(i >= 3);
}

TEST_CASE("times are those of the change window's time zone, in the calendar those of UTC") {
  auto plan = renumbering(ManagedBy::ticket);
  plan.windows = {ChangeWindow::parse("Mon-Thu 08:00-16:00 Europe/Zurich").value()};
  const auto text = emit_text(plan, start, Detail::brief);
  CHECK(has(text, "  When   Mon 2027-05-31 10:00 CEST to "));
  CHECK(has(text, "times as in Europe/Zurich: CEST is UTC+02:00"));
  CHECK(has(text, "CET is UTC+01:00"));  // the DNS is as of January
  CHECK(has(text, "lower-ttl  Mon 2027-05-31 10:00 CEST"));
  CHECK(has(emit_text(plan, start, Detail::full), "lower-ttl  Mon 2027-05-31 10:00 CEST"));
  CHECK(has(emit_markdown(plan, start), "| lower-ttl | Mon 2027-05-31 10:00 CEST (+0s) |"));
  const auto page = emit_html(plan, start);
  CHECK(has(page, "<time datetime=\"2027-05-31T10:00:00+02:00\">Mon 2027-05-31 10:00 CEST</time>"));
  CHECK(has(page, "<rect class=\"window\""));
  CHECK(has(page, "change window</li>"));
  CHECK(has(page, "time of Europe/Zurich"));
  CHECK(has(emit_ics(plan, start), "DTSTART:20270531T080000Z\r\n"));
  plan.windows.clear();
  CHECK_FALSE(has(emit_html(plan, start), "change window</li>"));
}

TEST_CASE("a plan that does nothing says so in every form for people, and for what it looked at") {
  Plan plan;
  plan.inventory_path = "a<b>.yaml";
  plan.facts_taken_at = start;
  plan.notes = {"left alone: x"};
  for (const auto detail : {Detail::brief, Detail::full}) {
    const auto text = emit_text(plan, start, detail);
    CHECK(text.starts_with(
        "Nothing to do: the DNS has what a<b>.yaml declares.\n  DNS as of Mon 2027-05-31 08:00 UTC\n"));
    CHECK(has(text, "left alone: x"));
  }
  const auto page = emit_html(plan, start);
  CHECK(has(page, "<p>Nothing to do: the DNS has what <code>a&lt;b&gt;.yaml</code> declares.</p>"));
  CHECK_FALSE(has(page, "<svg"));
  CHECK(has(page, "left alone: x"));
  CHECK(has(emit_markdown(plan, start), "Nothing to do: the DNS has what `a<b>.yaml` declares."));
}

TEST_CASE("long tables are folded, with what is in them on the line that unfolds them") {
  auto plan = renumbering(ManagedBy::ticket);
  auto& phase = plan.phases[1];
  const auto step = phase.steps.front();
  const auto check = plan.phases[1].verify.front();
  const auto grow = [&](int count) {
    phase.steps.clear();
    phase.verify.clear();
    for (int i = 1; i <= count; ++i) {
      phase.steps.push_back(step);
      phase.steps.back().owner = dns::reverse_name(ip("192.0.2." + std::to_string(i)));
      phase.verify.push_back(check);
    }
  };
  grow(20);
  CHECK_FALSE(has(emit_html(plan, start), "<details>"));
  CHECK_FALSE(has(emit_markdown(plan, start), "<details>"));
  grow(21);
  CHECK(has(emit_html(plan, start),
            "<details><summary>21 records: 192.0.2.1-192.0.2.21 (21 PTR records)</summary>"));
  const auto text = emit_markdown(plan, start);
  CHECK(has(
      text,
      "<details><summary>21 records: 192.0.2.1-192.0.2.21 (21 PTR records)</summary>\n\n| zone | record |"));
  CHECK(has(text, "<details><summary>21 queries: "));
  CHECK(lines_of(text).size() > 60);
}

TEST_CASE("the calendar follows RFC 5545, whatever stands in it") {
  const auto plan = renumbering(ManagedBy::ticket);
  for (const auto& made : {plan, hostile(plan), Plan{}}) {
    const auto text = emit_ics(made, start);
    std::vector<std::string> unfolded;
    for (const auto& line : lines_of(text, "\r\n")) {
      CHECK(line.size() <= 75);
      CHECK(is_utf8(line));
      CHECK(std::none_of(line.begin(), line.end(), [](char c) { return c >= 0 && c < 0x20; }));
      if (line.front() == ' ') {
        REQUIRE_FALSE(unfolded.empty());
        unfolded.back() += line.substr(1);
      } else {
        unfolded.push_back(line);
      }
    }
    const std::regex property(
        R"((BEGIN|END):(VCALENDAR|VEVENT)|VERSION:2\.0|PRODID:.+|UID:[a-z0-9-]+@rdnsgate|(DTSTAMP|DTSTART|DTEND):[0-9]{8}T[0-9]{6}Z|(SUMMARY|DESCRIPTION):([^\\;,]|\\[\\;,n])*|TRANSP:TRANSPARENT)");
    std::size_t events = 0;
    std::set<std::string> uids;
    for (const auto& line : unfolded) {
      CAPTURE(line);
      CHECK(std::regex_match(line, property));
      if (line == "BEGIN:VEVENT") ++events;
      if (line.rfind("UID:", 0) == 0) uids.insert(line);
    }
    CHECK(unfolded.front() == "BEGIN:VCALENDAR");
    CHECK(unfolded.back() == "END:VCALENDAR");
    CHECK(events == uids.size());
    CHECK(events == (made.phases.empty() ? 1 : made.phases.size() + 2));
  }
  CHECK(has(emit_ics(plan, start), "DTSTART:20270531T080000Z\r\nDTEND:20270601T080600Z\r\n"));
}

TEST_CASE("octoDNS blocks are read back as what the plan wants") {
  for (const auto* host : {"n1.mail.example", "0\\064a\\.b\\\"'#:{}.mail.example", "true.mail.example"}) {
    CAPTURE(host);
    const auto plan = renumbering(ManagedBy::octodns, host);
    std::size_t checked = 0;
    for (std::size_t i = 0; i < plan.phases.size(); ++i) {
      for (const auto& zone : zones_of(plan.phases[i])) {
        for (const bool rollback : {false, true}) {
          std::vector<Step> by_hand;
          const ZoneBlock block{plan, i, zone, rollback};
          const auto steps = block.steps(by_hand);
          CHECK(by_hand.empty());
          const auto text = octodns_block(block);
          CAPTURE(text);
          std::map<std::pair<Name, RrType>, Version> wanted;
          for (const auto& step : steps) {
            if (step.after) wanted[{step.owner, step.type}] = *step.after;
            CHECK((step.after || has(text, "# take out: ")));
          }
          if (wanted.empty()) continue;
          Sources sources;
          Diagnostics problems;
          const std::array files = {sources.add("zone.yaml", text)};
          const auto read = inventory::read_octodns_zone(sources, files, zone, problems);
          REQUIRE_MESSAGE(problems.empty(), problems.front().message);
          REQUIRE(read.has_value());
          for (const auto& set : read->rrsets) {
            if (set.type == RrType::SOA) continue;
            CHECK(wanted[{set.owner, set.type}] == Version{set.ttl, set.rdata});
            wanted.erase({set.owner, set.type});
            ++checked;
          }
          CHECK(wanted.empty());
        }
      }
    }
    CHECK(checked > 8);
  }
}

TEST_CASE("DNSControl blocks are statements of literals, and comments") {
  const auto plan =
      renumbering(ManagedBy::dnscontrol, "a\\\"b\\\\c\\;$\\{x}.mail.example", "verify=a;b\"c\\d");
  const auto text = all_blocks(plan, "//", dnscontrol_block);
  const std::regex literal(R"re("([^"\\]|\\["\\/bfnrt]|\\u[0-9a-f]{4})*")re");
  const std::regex shape(R"re(|//.*|D_EXTEND\(S,|\);|  (A|AAAA|PTR|TXT)\(S, S, TTL\([0-9]+\)\),?)re");
  std::size_t records = 0;
  for (const auto& line : lines_of(text)) {
    CAPTURE(line);
    const bool comment = line.rfind("//", 0) == 0;
    CHECK(std::regex_match(comment ? line : std::regex_replace(line, literal, "S"), shape));
    if (line.rfind("  ", 0) == 0) ++records;
    for (std::sregex_iterator at(line.begin(), line.end(), literal), end; at != end && !comment; ++at)
      CHECK(nlohmann::json::accept(at->str()));
  }
  CHECK(records > 8);
  CHECK(has(text, "D_EXTEND(\"example.com\",\n"));
  CHECK(has(text, "// take out: PTR(\"10\", \"n0.mail.example.\", TTL(86400))\n"));
  CHECK(has(text, "TXT(\"@\", \"verify=a;b\\\"c\\\\d\", TTL("));
  // A list of arguments has no comma at its end: older JavaScript knows none there.
  CHECK_FALSE(has(text, ",\n);"));
}

TEST_CASE("OpenTofu blocks are resources of literals without templates") {
  const auto plan = renumbering(ManagedBy::nsupdate, "%\\{y}.mail.example", "${x}%{y}$x");
  const auto text = all_blocks(plan, "#", opentofu_block);
  const std::regex literal(R"re("([^"\\$%]|\$\$\{|%%\{|[$%](?![{])|\\["\\/bfnrt]|\\u[0-9a-f]{4})*")re");
  const std::regex shape(
      R"re(|#.*|resource S S \{|\}|  (zone|name|ptr) += S|  (addresses|txt) += \[S(, S)*\]|  ttl += [0-9]+)re");
  std::set<std::string> labels;
  for (const auto& line : lines_of(text)) {
    CAPTURE(line);
    CHECK(std::regex_match(line.rfind('#', 0) == 0 ? line : std::regex_replace(line, literal, "S"), shape));
  }
  CHECK(has(text, "ptr  = \"%%{y}.mail.example.\""));
  CHECK(has(text, "\"$${x}%%{y}$x\""));
  CHECK(has(text, "resource \"dns_ptr_record\" \"rdns_20_2_0_192_in-2d-addr_arpa\" {"));
  CHECK(has(text, "# take out: resource "));
}

TEST_CASE("what no tool agrees on is left to hands") {
  auto plan = renumbering(ManagedBy::octodns);
  for (auto& phase : plan.phases) {
    for (auto& step : phase.steps) {
      if (step.type == RrType::TXT)
        step.after = Version{300,
                             {std::string("\x03"
                                          "a\xff"
                                          "b",
                                          4)}};
    }
  }
  CHECK(has(all_blocks(plan, "#", octodns_block), "# by hand: example.com. TXT"));
  CHECK(has(all_blocks(plan, "//", dnscontrol_block), "// by hand: example.com. TXT"));
  CHECK(has(all_blocks(plan, "#", opentofu_block), "# by hand: example.com. TXT"));
}

TEST_CASE("octoDNS is not given TXT that its providers take differently") {
  const auto plan = renumbering(ManagedBy::octodns, "n1.mail.example", "a\"b");
  CHECK(has(all_blocks(plan, "#", octodns_block), "# by hand: example.com. TXT"));
}

TEST_CASE("a word for the shell is one word for the shell") {
  for (const auto& text : {std::string("n1.mail.example."), std::string("$(id)"), std::string("a'b\"c"),
                           std::string("-rf"), std::string("a b\\*"), std::string("`x`;y")}) {
    CAPTURE(text);
    FILE* pipe = popen(("printf '%s' " + shell_word(text)).c_str(), "r");
    REQUIRE(pipe != nullptr);
    std::string out;
    for (int c = std::fgetc(pipe); c != EOF; c = std::fgetc(pipe)) out += static_cast<char>(c);
    CHECK(WEXITSTATUS(pclose(pipe)) == 0);
    CHECK(out == text);
  }
}

TEST_CASE("the folder has for each phase what applies it, what verifies it and what takes it back") {
  std::set<std::string> paths;
  auto plan = renumbering(ManagedBy::octodns);
  for (auto& phase : plan.phases) {
    for (auto* steps : {&phase.steps, &phase.rollback}) {
      for (auto& step : *steps) {
        if (step.zone == name("2.0.192.in-addr.arpa")) step.managed_by = ManagedBy::ticket;
        if (step.zone == name("example.com")) step.managed_by = ManagedBy::dnscontrol;
      }
    }
  }
  for (const auto& file : plan_files(plan, start)) CHECK(paths.insert(file.path).second);
  for (const auto* path :
       {"plan.json", "plan.txt", "plan.md", "plan.html", "plan.ics", "letters/noc@hoster.example.txt",
        "01-lower-ttl/mail.example.octodns.yaml", "01-lower-ttl/example.com.dnscontrol.js",
        "letters/noc@hoster.example.csv", "01-lower-ttl/noc@hoster.example.txt",
        "01-lower-ttl/noc@hoster.example.csv", "00-preflight/opentofu.tf", "01-lower-ttl/opentofu.tf",
        "01-lower-ttl/rollback/opentofu.tf", "01-lower-ttl/verify.txt",
        "01-lower-ttl/rollback/mail.example.octodns.yaml", "01-lower-ttl/rollback/noc@hoster.example.txt"}) {
    CAPTURE(path);
    CHECK(paths.count(path) == 1);
  }
  std::size_t hosts = 0;
  for (const auto& path : paths) hosts += path.ends_with("hosts.txt") ? 1 : 0;
  CHECK(hosts == 4);
  for (const auto& file : plan_files(hostile(plan), start)) {
    CAPTURE(file.path);
    CHECK(std::regex_match(
        file.path, std::regex("([a-z0-9@%A-F_-][a-z0-9@%A-F._-]*/)*[a-z0-9@%A-F_-][a-z0-9@%A-F._-]*")));
  }
}

TEST_CASE("octoDNS wants a backslash before each semicolon of a TXT record, and takes it away again") {
  const auto inventory = [](const std::vector<std::string>& selectors) {
    Builder builder;
    builder.zone("example.com", ManagedBy::octodns).domain("example.com", {});
    builder.raw().domains.back().dkim = selectors;
    return builder.build();
  };
  Dns dns;
  dns.zone("example.com").txt("old._domainkey.example.com", 300, {"v=DKIM1; p=AAAA"});
  dns.txt("new._domainkey.example.com", 300, {"v=DKIM1; p=BBBB"});
  const auto now = inventory({"new"}), base = inventory({"old"});
  const auto plan = plan_for(dns, now, &base).value();
  const auto index = static_cast<std::size_t>(phase(plan, "revoke-key") - plan.phases.data());
  const auto block = octodns_block({plan, index, name("example.com"), false});
  CHECK(block.find("value: \"v=DKIM1\\\\; p=\"\n") != std::string::npos);
}
