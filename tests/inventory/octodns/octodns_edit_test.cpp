// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "inventory/octodns/octodns_edit.h"

#include <doctest/doctest.h>

#include <algorithm>

#include "dns/rdata_reader.h"

using namespace rdnsgate;
using namespace rdnsgate::dns;
using namespace rdnsgate::inventory;

namespace {

Name name(std::string_view text) { return Name::parse(text).value(); }
const Name origin = name("mail.example");

std::vector<std::string> data(RrType type, const std::vector<std::string>& texts) {
  std::vector<std::string> all;
  for (const auto& text : texts)
    all.push_back(type == RrType::TXT ? txt_rdata(text)
                                      : RdataReader(Name()).read(to_string(type), text).value());
  std::sort(all.begin(), all.end());
  return all;
}

RRsetChange change(const std::string& owner, RrType type, const std::vector<std::string>& before,
                   std::uint32_t ttl, const std::vector<std::string>& after) {
  RRsetChange made;
  made.owner = owner.empty() ? origin : name(owner + ".mail.example");
  made.type = type;
  made.ttl = ttl;
  made.rdata = data(type, after);
  made.before = data(type, before);
  return made;
}

/// What comes out, or why nothing does.
std::string edited(const std::string& text, const std::vector<RRsetChange>& changes) {
  const std::vector<OctodnsFile> files{{"zone.yaml", text}};
  const auto edits = edit_octodns_zone(files, origin, changes);
  return edits ? apply_edits(text, edits->front())
               : "error: " + edits.error().message + " / " + edits.error().hint;
}

constexpr auto A = RrType::A;
constexpr auto TXT = RrType::TXT;

}  // namespace

TEST_CASE("a TTL is changed where it stands, and put in where there is none") {
  const std::string text = "mx1:  # the first\n  ttl: 86400 # long\n  type: A\n  value: 192.0.2.1\n";
  CHECK(edited(text, {change("mx1", A, {"192.0.2.1"}, 300, {"192.0.2.1"})}) ==
        "mx1:  # the first\n  ttl: 300 # long\n  type: A\n  value: 192.0.2.1\n");
  CHECK(edited("mx1:\n- type: A\n  value: 192.0.2.1\n",
               {change("mx1", A, {"192.0.2.1"}, 300, {"192.0.2.1"})}) ==
        "mx1:\n- ttl: 300\n  type: A\n  value: 192.0.2.1\n");
  CHECK(edited("mx1: {type: A, value: 192.0.2.1}\n", {change("mx1", A, {"192.0.2.1"}, 300, {"192.0.2.1"})}) ==
        "mx1: {ttl: 300, type: A, value: 192.0.2.1}\n");
  CHECK(edited("mx1:\n  type: A\n  value: 192.0.2.1\n",
               {change("mx1", A, {"192.0.2.1"}, 3600, {"192.0.2.1"})}) ==
        "mx1:\n  type: A\n  value: 192.0.2.1\n");
}

TEST_CASE("values come and go, and those that stay keep their lines") {
  CHECK(edited("mx1:\n    type: A\n    value: '192.0.2.1'  # old\n",
               {change("mx1", A, {"192.0.2.1"}, 3600, {"192.0.2.1", "192.0.2.2"})}) ==
        "mx1:\n    type: A\n    values:\n      - '192.0.2.1'  # old\n      - 192.0.2.2\n");
  CHECK(edited("mx1:\n  type: A\n  values:\n  # one\n  - 192.0.2.1\n  # two\n  - 192.0.2.2\n",
               {change("mx1", A, {"192.0.2.1", "192.0.2.2"}, 3600, {"192.0.2.1"})}) ==
        "mx1:\n  type: A\n  values:\n  # one\n  - 192.0.2.1\n  # two\n");
  CHECK(
      edited("mx1: {type: A, values: [192.0.2.1, 192.0.2.2]}\n",
             {change("mx1", A, {"192.0.2.1", "192.0.2.2"}, 3600, {"192.0.2.2", "192.0.2.3", "192.0.2.4"})}) ==
      "mx1: {type: A, values: [192.0.2.3, 192.0.2.2, 192.0.2.4]}\n");
  CHECK(edited("mx1:\n  type: AAAA\n  value: 2001:db8::1\n",
               {change("mx1", RrType::AAAA, {"2001:db8::1"}, 3600, {"2001:db8::"})}) ==
        "mx1:\n  type: AAAA\n  value: '2001:db8::'\n");
}

TEST_CASE("new owners stand where octoDNS wants them") {
  const std::string text =
      "# the zone\n---\n'2':\n  type: A\n  value: 192.0.2.1\n# ten\n'10':\n  type: A\n  value: 192.0.2.1\n";
  CHECK(edited(text,
               {change("9", A, {}, 300, {"192.0.2.9"}), change("11", A, {}, 300, {"192.0.2.9", "192.0.2.10"}),
                change("", TXT, {}, 300, {"v=spf1 a; -all"})}) ==
        "# the zone\n---\n'':\n  ttl: 300\n  type: TXT\n  value: v=spf1 a\\; -all\n'2':\n  type: A\n  value: "
        "192.0.2.1\n"
        "'9':\n  ttl: 300\n  type: A\n  value: 192.0.2.9\n# ten\n'10':\n  type: A\n  value: 192.0.2.1\n"
        "'11':\n  ttl: 300\n  type: A\n  values:\n    - 192.0.2.9\n    - 192.0.2.10\n");
  // A file in plain order stays in it.
  CHECK(edited("a10: {type: A, value: 192.0.2.1}\na9: {type: A, value: 192.0.2.1}\n",
               {change("a11", A, {}, 3600, {"192.0.2.9"})}) ==
        "a10: {type: A, value: 192.0.2.1}\na11:\n  ttl: 3600\n  type: A\n  value: 192.0.2.9\na9: {type: A, "
        "value: 192.0.2.1}\n");
  for (const auto* empty : {"", "---\n", "{}\n", "--- {}\n"}) {
    CAPTURE(empty);
    const auto out = edited(empty, {change("a", A, {}, 300, {"192.0.2.9"})});
    CHECK(out.find("a:\n  ttl: 300\n  type: A\n  value: 192.0.2.9\n") != std::string::npos);
  }
}

TEST_CASE("an owner gets more types, or loses them") {
  const std::string text =
      "mx1:\n  type: A  # one\n  value: 192.0.2.1\nmx2:\n- type: A\n  value: 192.0.2.2\n";
  CHECK(edited(text, {change("mx1", TXT, {}, 300, {"v=spf1 a -all"}),
                      change("mx1", A, {"192.0.2.1"}, 300, {"192.0.2.1", "192.0.2.3"})}) ==
        "mx1:\n- ttl: 300\n  type: A  # one\n  values:\n  - 192.0.2.1\n  - 192.0.2.3\n- ttl: 300\n  type: "
        "TXT\n  value: v=spf1 a -all\n"
        "mx2:\n- type: A\n  value: 192.0.2.2\n");
  CHECK(edited("mx1:\n    type: A\n    value: 192.0.2.1\nmx2:\n- type: A\n  value: 192.0.2.2\n",
               {change("mx1", TXT, {}, 300, {"x"})}) ==
        "mx1:\n  - type: A\n    value: 192.0.2.1\n  - ttl: 300\n    type: TXT\n    value: x\nmx2:\n- type: A\n  value: "
        "192.0.2.2\n");
  CHECK(edited(text, {change("mx2", A, {"192.0.2.2"}, 0, {})}) ==
        "mx1:\n  type: A  # one\n  value: 192.0.2.1\n");
  CHECK(edited("a:\n- type: A\n  value: 192.0.2.2\n# text\n- type: TXT\n  value: x\n",
               {change("a", A, {"192.0.2.2"}, 0, {})}) == "a:\n# text\n- type: TXT\n  value: x\n");
  CHECK(edited("a:\n  type: A # was here\n  value: 192.0.2.2\n",
               {change("a", A, {"192.0.2.2"}, 0, {}),
                change("a", RrType::CNAME, {}, 300, {"b.mail.example."})}) ==
        "a:\n  ttl: 300\n  type: CNAME # was here\n  value: b.mail.example.\n");
  CHECK(edited("a: {type: A, value: 192.0.2.2}\n", {change("a", A, {"192.0.2.2"}, 0, {})}) == "{}\n");
}

TEST_CASE("JSON stays JSON") {
  const std::string text =
      "{\"a\": [{\"type\": \"A\", \"value\": \"192.0.2.1\"}],\n \"b\": {\"type\": \"A\", \"value\": "
      "\"192.0.2.1\"}}\n";
  CHECK(edited(text, {change("a", A, {"192.0.2.1"}, 300, {"192.0.2.1", "192.0.2.2"}),
                      change("b", A, {"192.0.2.1"}, 0, {}), change("c", TXT, {}, 300, {"x"})}) ==
        "{\"a\": [{\"ttl\": 300, \"type\": \"A\", \"values\": [\"192.0.2.1\", \"192.0.2.2\"]}], \"c\": "
        "{\"ttl\": 300, \"type\": \"TXT\", \"value\": \"x\"}}\n");
}

TEST_CASE("anchors and merge keys: what others share stays") {
  const std::string text =
      "a: &a\n  ttl: 60\n  type: A\n  value: 192.0.2.1\nb: *a\nc:\n  <<: *a\n  value: 192.0.2.3\n";
  CHECK(edited(text, {change("b", A, {"192.0.2.1"}, 300, {"192.0.2.9"}),
                      change("c", A, {"192.0.2.3"}, 300, {"192.0.2.3"})}) ==
        "a: &a\n  ttl: 60\n  type: A\n  value: 192.0.2.1\nb: {ttl: 300, type: A, value: 192.0.2.9}\nc:\n"
        "  {ttl: 300, type: A, value: 192.0.2.3}\n");
  const auto shared = edited(text, {change("a", A, {"192.0.2.1"}, 300, {"192.0.2.1"})});
  CHECK(shared.find(
            "error: the octoDNS zone mail.example cannot be edited without changing something else") == 0);
  CHECK(edited(text, {change("a", A, {"192.0.2.1"}, 0, {})}).find("error: ") == 0);
}

TEST_CASE("what somebody else decides or has changed is left to hands") {
  CHECK(edited("a:\n  type: A\n  value: 192.0.2.1\n", {change("a", A, {"192.0.2.7"}, 300, {"192.0.2.8"})}) ==
        "error: a.mail.example A is 192.0.2.1 in octoDNS's zone, and 192.0.2.7 in the plan / bring the file "
        "and the DNS "
        "together first, and make the plan anew");
  CHECK(edited("a:\n  octodns: {ignored: true}\n  type: A\n  value: 192.0.2.1\n",
               {change("a", A, {}, 300, {"192.0.2.8"})})
            .find("error: ") == 0);
  CHECK(edited("a: [\n", {change("a", A, {}, 300, {"192.0.2.8"})}).find("error: ") == 0);
  CHECK(edited("a:\n  type: A\n  value: 192.0.2.1\n", {change("a", TXT, {}, 300, {"a\\b"})})
            .find("backslashes") != std::string::npos);
}

TEST_CASE("line ends, long texts and what is missing at the end of a file stay as they are") {
  CHECK(edited("a:\r\n  type: A\r\n  value: 192.0.2.1\r\n",
               {change("b", A, {}, 300, {"192.0.2.8"}),
                change("a", A, {"192.0.2.1"}, 3600, {"192.0.2.1", "192.0.2.2"})}) ==
        "a:\r\n  type: A\r\n  values:\r\n    - 192.0.2.1\r\n    - 192.0.2.2\r\nb:\r\n  ttl: 300\r\n  type: "
        "A\r\n  value: 192.0.2.8\r\n");
  CHECK(edited("a:\n  type: A\n  value: 192.0.2.1",
               {change("b", A, {}, 300, {"192.0.2.8"}),
                change("a", A, {"192.0.2.1"}, 3600, {"192.0.2.1", "192.0.2.2"})}) ==
        "a:\n  type: A\n  values:\n    - 192.0.2.1\n    - 192.0.2.2\nb:\n  ttl: 300\n  type: A\n  value: "
        "192.0.2.8");
  CHECK(
      edited("a:\n  type: TXT\n  value: >-\n    v=spf1\n    a -all\n# end\nb: {type: A, value: 192.0.2.1}\n",
             {change("a", TXT, {"v=spf1 a -all"}, 3600, {"v=spf1 -all"})}) ==
      "a:\n  type: TXT\n  value: v=spf1 -all\n# end\nb: {type: A, value: 192.0.2.1}\n");
  CHECK(edited("a:\n  type: TXT\n  value: v=DKIM1; p=AAAA\n",
               {change("a", TXT, {"v=DKIM1; p=AAAA"}, 3600, {"v=DKIM1; p="})}) ==
        "a:\n  type: TXT\n  value: v=DKIM1; p=\n");
}

TEST_CASE("a zone that is split keeps its files") {
  const std::vector<OctodnsFile> files{{"z/$mail.example.yaml", "'':\n  type: TXT\n  value: x\n"},
                                       {"z/mx1.yaml", "mx1:\n  type: A\n  value: 192.0.2.1\n"}};
  const auto edits = edit_octodns_zone(files, origin,
                                       std::vector{change("mx1", A, {"192.0.2.1"}, 300, {"192.0.2.1"}),
                                                   change("mx2", A, {}, 300, {"192.0.2.2"})});
  REQUIRE(edits.has_value());
  CHECK(apply_edits(files[0].text, (*edits)[0]) ==
        "'':\n  type: TXT\n  value: x\nmx2:\n  ttl: 300\n  type: A\n  value: 192.0.2.2\n");
  CHECK(apply_edits(files[1].text, (*edits)[1]) == "mx1:\n  ttl: 300\n  type: A\n  value: 192.0.2.1\n");
}
