// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "report/trace.h"

#include <doctest/doctest.h>

#include <fstream>
#include <functional>

#include "report/schema_check.h"

using namespace rdnsgate;
using namespace rdnsgate::dns;
using nlohmann::json;

namespace {

Name name(std::string_view text) { return Name::parse(text).value(); }
IpAddress ip(std::string_view text) { return IpAddress::parse(text).value(); }

Exchange said(ReplyKind kind, std::uint32_t rtt_us) {
  Exchange exchange;
  exchange.asked = exchange.reply.authoritative = exchange.reply.edns = true;
  exchange.edns = Edns::yes;
  exchange.tries = 1;
  exchange.rtt_us = rtt_us;
  exchange.reply.kind = kind;
  return exchange;
}

Exchange soa(std::uint32_t rtt_us) {
  auto exchange = said(ReplyKind::answer, rtt_us);
  exchange.reply.rrset = RRset{name("zone.test"),
                               RrType::SOA,
                               300,
                               {std::string(2, '\0') + std::string("\0\0\0\7", 4) + std::string(16, '\0')}};
  return exchange;
}

/// One cut with a sound server and one that refuses; foreign text is hostile.
report::TraceDocument sample() {
  report::TraceDocument document;
  document.tool_version = "0.1.0";
  document.root_hints = "root.hints";
  auto& trace = document.trace;
  trace.name = trace.last_name = name("a.zone.test");
  trace.type = RrType::A;
  trace.zone = name("zone.test");
  trace.end = WalkEnd::answer;
  trace.answer = RRset{trace.name, RrType::A, 60, {rdata_of(ip("192.0.2.1"))}};
  trace.questions = 9;
  auto& cut = trace.cuts.emplace_back();
  cut.zone = name("zone.test");
  cut.parent = name("test");
  auto referral = said(ReplyKind::referral, 900);
  referral.reply.referral = Referral{cut.zone,
                                     3600,
                                     {name("ns1.zone.test"), name("ns2.test")},
                                     {{name("ns1.zone.test"), ip("192.0.2.11")}},
                                     {}};
  cut.parents.push_back({name("p.test"), ip("192.0.2.5"), referral, said(ReplyKind::nodata, 1000)});
  auto& sound = cut.servers.emplace_back();
  sound.name = name("ns1.zone.test");
  sound.at_parent = sound.at_child = true;
  sound.glue = {ip("192.0.2.11")};
  sound.own = sound.glue;
  auto& report = sound.addresses.emplace_back();
  report.address = ip("192.0.2.11");
  report.from_glue = report.resolved = true;
  report.soa_udp = soa(1500);
  report.soa_tcp = soa(2500);
  report.questions.push_back({trace.name, said(ReplyKind::answer, 800)});
  auto& lame = cut.servers.emplace_back();
  lame.name = name("ns2.test");
  lame.at_parent = true;
  lame.lookup = Lookup::found;
  auto& refusing = lame.addresses.emplace_back();
  refusing.address = ip("192.0.2.12");
  refusing.resolved = true;
  refusing.soa_udp = refusing.soa_tcp = said(ReplyKind::failed, 700);
  refusing.soa_udp.reply.failure = Outcome::refused;
  refusing.soa_udp.reply.reason = "REFUSED, EDE 18: \x1b]0;evil\x07\nconclusion: pass \xff";
  document.verdict = judge(trace);
  return document;
}

}  // namespace

TEST_CASE("the text reads like dig +trace, with a verdict") {
  CHECK(report::render_trace_text(sample(), false, 0) ==
        "; rdnsgate trace a.zone.test. A\n"
        "\n"
        "zone.test.                          3600 IN NS ns1.zone.test.\n"
        "zone.test.                          3600 IN NS ns2.test.  ; at the parent only\n"
        ";; ns1.zone.test. 192.0.2.11 (glue and zone): UDP 1.5 ms, TCP 2.5 ms, EDNS, serial 7; answer\n"
        ";; ns2.test. 192.0.2.12 (resolved): UDP 0.7 ms, TCP 0.7 ms, REFUSED, EDE 18: "
        "\\x1b]0;evil\\x07\\x0aconclusion: pass \\xff\n"
        ";; fault: ns2.test (192.0.2.12) is lame: it refuses to answer for the zone: REFUSED, EDE 18: "
        "\\x1b]0;evil\\x07\\x0aconclusion: pass \\xff [lame-refused]\n"
        "\n"
        "a.zone.test.                          60 IN A 192.0.2.1\n"
        "\n"
        "fail: a.zone.test A is 192.0.2.1, according to zone.test; 1 fault\n");
}

TEST_CASE("quiet leaves the conclusion, twice quiet nothing") {
  CHECK(report::render_trace_text(sample(), true, 1) ==
        "fail: a.zone.test A is 192.0.2.1, according to zone.test; 1 fault\n");
  CHECK(report::render_trace_text(sample(), true, 2) == "");
}

TEST_CASE("the JSON trace is what its schema says, also with hostile text") {
  const std::string schema = SCHEMAS "trace.schema.json";
  auto document = json::parse(report::render_trace_json(sample()));
  CHECK(report::test::complaints(schema, document) == "");
  CHECK(document["verdict"] == "fail");
  CHECK(document["cuts"][0]["complaints"][0]["fault"] == "lame-refused");
  CHECK(report::test::complaints(schema, json::parse(report::render_trace_json({}))) == "");
  SUBCASE("a missing field") { document["cuts"][0].erase("dnssec"); }
  SUBCASE("a new field") { document["cuts"][0]["servers"][0]["surprise"] = 1; }
  SUBCASE("a fault that there is not") { document["cuts"][0]["complaints"][0]["fault"] = "bad"; }
  CHECK(report::test::complaints(schema, document) != "");
}

TEST_CASE("every property of the schema is described, and every fault is in it") {
  std::ifstream file(SCHEMAS "trace.schema.json");
  const auto schema = json::parse(file);
  const std::function<void(const json&)> walk = [&](const json& part) {
    if (part.contains("properties")) {
      CHECK(part.at("additionalProperties") == false);
      for (const auto& property : part.at("properties").items()) {
        INFO(property.key());
        CHECK(property.value().contains("description"));
        walk(property.value());
      }
    }
    if (part.contains("items")) walk(part.at("items"));
  };
  walk(schema);
  for (const auto& [key, definition] : schema["definitions"].items()) walk(definition);
  std::vector<std::string> words;
  for (int i = 0; i <= static_cast<int>(Fault::bound_reached); ++i)
    words.emplace_back(to_string(static_cast<Fault>(i)));
  CHECK(schema["definitions"]["complaint"]["properties"]["fault"]["enum"].get<std::vector<std::string>>() ==
        words);
}
