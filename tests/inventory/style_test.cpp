// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "inventory/style.h"

#include "base/text_edit.h"
#include "helpers.h"
#include "inventory/problems.h"
#include "inventory/yaml_reader.h"

using namespace rdnsgate;
using namespace rdnsgate::inventory;

namespace {

/// The text with every fix of its style.
std::string styled(const std::string& text) {
  Sources sources;
  const auto file = sources.add("inventory.yaml", text);
  Problems problems(sources, file, 100);
  const auto document = read_yaml({}, problems);
  REQUIRE(document);
  std::vector<TextEdit> edits;
  for (const auto& found : find_style(*document, sources)) {
    CHECK(found.severity == Severity::info);
    REQUIRE(found.fix);
    edits.push_back({found.fix->at.begin, found.fix->at.end, found.fix->text});
  }
  return apply_edits(text, edits);
}

}  // namespace

TEST_CASE("addresses, names and durations get their usual form, and nothing around them moves") {
  const auto same = [](const std::string& before, const std::string& after) {
    CAPTURE(before);
    CHECK(styled(before) == after);
    CHECK(styled(after) == after);
  };
  same("ip:   \"2001:DB8:0::0001\"   # Keep\n", "ip:   \"2001:db8::1\"   # Keep\n");
  same("ip: '2001:0db8::1'\r\n# c\r\n", "ip: '2001:db8::1'\r\n# c\r\n");
  same("ip: 2001:DB8:0:0:0:0:0:0\n", "ip: \"2001:db8::\"\n");  // without the quotes it were a key
  same("range: 2001:DB8::10-2001:DB8::1F\n", "range: 2001:db8::10-2001:db8::1f\n");
  same("relays:\n- {addresses: [2001:DB8::/32]}\n", "relays:\n- {addresses: [2001:db8::/32]}\n");
  same("senders: [{helo: MX1.Mail.Example.}]\n", "senders: [{helo: mx1.mail.example}]\n");
  same("zones: [{name: Mail.Example}]\n", "zones: [{name: mail.example}]\n");
  same("retired: [OLD.mail.example, 2001:DB8::9]\n", "retired: [old.mail.example, 2001:db8::9]\n");
  same("defaults: {ttl: 86400, rollout: {bake: 3600s, skew: 90}}\n",
       "defaults: {ttl: 1d, rollout: {bake: 1h, skew: 90}}\n");
  same("rules: {ptr-generic: false, helo-missing: error}\n",
       "rules: {ptr-generic: off, helo-missing: error}\n");
}

TEST_CASE("what is listed twice is listed once, with the comments that stand there") {
  CHECK(styled("addresses: [192.0.2.1, 192.0.2.2, 192.0.2.1]\n") == "addresses: [192.0.2.1, 192.0.2.2]\n");
  CHECK(styled("via:\n  - mx1\n  # why\n  - mx1\n  - mx2\n") == "via:\n  - mx1\n  # why\n  - mx2\n");
  CHECK(styled("addresses: [\"2001:db8::1\", \"2001:DB8::1\"]\n").find("DB8") == std::string::npos);
  const std::string commented = "via:\n  - mx1\n  - mx1  # says something\n";
  CHECK(styled(commented) == commented);
  const std::string between = "via: [mx1,  # says something\n  mx1]\n";
  CHECK(styled(between) == between);
}

TEST_CASE("what needs judgement, or is not written as it reads, is left alone") {
  for (const std::string text : {
           "senders: [{name: MX1, owner: Mail-Team}]\n",
           "ip: 192.0.2.010\n",  // eight or ten
           "helo: \"[192.0.2.1]\"\n",
           "helo: \"{PTR}\"\n",
           "ptr: None\n",
           "ttl: 7d\n",
           "ttl: 90m\n",
           "ip: \"2001:DB8\\x3a:1\"\n",
           "a: &x 2001:DB8::1\nip: *x\n",
           "waivers: [{rule: ptr-generic, target: MX1.mail.example}]\n",
           "standards: {names: [\"^MX\"]}\n",
           "rules: {ptr-generic: \"off\"}\n",
           "ip: [2001:DB8::1\n, x]\n",
       }) {
    CAPTURE(text);
    CHECK(styled(text) == text);
  }
}

TEST_CASE("a key that can be one only is mended in its problem") {
  const auto fix_of = [](const std::string& text) -> std::optional<Fix> {
    const Loaded loaded(text);
    REQUIRE(!loaded.problems.empty());
    return loaded.problems.front().fix;
  };
  const auto fix = fix_of("version: 1\n'sender': [{name: mx1, helo: mx1.example, addresses: [192.0.2.1]}]\n");
  REQUIRE(fix);
  CHECK(fix->text == "senders");
  CHECK(fix->at.end - fix->at.begin == 6);
  const std::string rest = ", helo: mx1.example, addresses: [192.0.2.1]}]\n";
  CHECK(!fix_of("version: 1\nsenders: [{name: mx1, nam: x" + rest));     // it is there
  CHECK(!fix_of("version: 1\nsenders: [{nme: mx1, nam: x" + rest));      // both may be meant
  CHECK(!fix_of("version: 1\nsndrs: []\nsenders: [{name: mx1" + rest));  // too far
  CHECK(!fix_of("version: 1\nsenders: [{name: mx1, colour: red" + rest));
}
