// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "inventory/model/style.h"

#include <nlohmann/json.hpp>

#include "base/text/text_edit.h"
#include "inventory/dialect.h"
#include "inventory/helpers.h"
#include "inventory/inventory_schema.h"
#include "yaml/problems.h"
#include "yaml/reader.h"

using namespace rdnsgate;
using namespace rdnsgate::inventory;

namespace {

/// The text with every fix of its style.
std::string styled(const std::string& text) {
  Sources sources;
  const auto file = sources.add("inventory.yaml", text);
  yaml::Problems problems(sources, file, 100, inventory_dialect);
  const auto document = yaml::read({}, problems);
  REQUIRE(document);
  std::vector<TextEdit> edits;
  for (const auto& found : find_style(*document, sources)) {
    CHECK(found.severity == Severity::info);
    REQUIRE(found.fix);
    edits.push_back({found.fix->at.begin, found.fix->at.end, found.fix->text});
  }
  return apply_edits(text, edits);
}

/// A place of the schema whose values have a form, as a text before and after a value.
struct Place {
  std::string form, before, after;
};

class Places {
 public:
  explicit Places(const nlohmann::json& root) : root_(root) { walk(root, "", ""); }
  std::vector<Place> all;

 private:
  void walk(const nlohmann::json& schema, const std::string& before, const std::string& after) {
    if (schema.contains("$ref")) {
      const std::string reference = schema["$ref"];
      walk(root_.at(nlohmann::json::json_pointer(reference.substr(1))), before, after);
    }
    const auto parts = schema.value("allOf", nlohmann::json::array());
    for (const auto& part : parts) walk(part, before, after);
    if (schema.contains("x-form")) all.push_back({schema["x-form"], before, after});
    if (schema.contains("items")) walk(schema["items"], before + "[", "]" + after);
    const auto members = schema.value("properties", nlohmann::json::object());
    for (const auto& [key, of] : members.items()) walk(of, before + "{" + key + ": ", "}" + after);
  }

  const nlohmann::json& root_;
};

std::vector<Place> places_of(const nlohmann::json& schema) { return Places(schema).all; }

}  // namespace

TEST_CASE("addresses, names and durations get their usual form, and nothing around them moves") {
  const auto same = [](const std::string& before, const std::string& after) {
    CAPTURE(before);
    CHECK(styled(before) == after);
    CHECK(styled(after) == after);
  };
  same("vantages:\n- address:   \"2001:DB8:0::0001\"   # Keep\n",
       "vantages:\n- address:   \"2001:db8::1\"   # Keep\n");
  same("vantages:\r\n- address: '2001:0db8::1'\r\n# c\r\n",
       "vantages:\r\n- address: '2001:db8::1'\r\n# c\r\n");
  same("vantages:\n- address: 2001:DB8:0:0:0:0:0:0\n",
       "vantages:\n- address: \"2001:db8::\"\n");  // without the quotes it were a key
  same("senders:\n- addresses:\n  - range: 2001:DB8::10-2001:DB8::1F\n",
       "senders:\n- addresses:\n  - range: 2001:db8::10-2001:db8::1f\n");
  same("relays:\n- {addresses: [2001:DB8::/32]}\n", "relays:\n- {addresses: [2001:db8::/32]}\n");
  same("senders: [{helo: MX1.Mail.Example.}]\n", "senders: [{helo: mx1.mail.example}]\n");
  same("zones: [{name: Mail.Example}]\n", "zones: [{name: mail.example}]\n");
  same("retired: [OLD.mail.example, 2001:DB8::9]\n", "retired: [old.mail.example, 2001:db8::9]\n");
  same("defaults: {ttl: 86400, rollout: {bake: 3600s, skew: 90}}\n",
       "defaults: {ttl: 1d, rollout: {bake: 1h, skew: 90}}\n");
  same("rules: {ptr-generic: false, helo-missing: error}\n",
       "rules: {ptr-generic: off, helo-missing: error}\n");
}

TEST_CASE("every duration of the schema has its shortest form, a name and an address theirs") {
  std::size_t durations = 0, names = 0, addresses = 0;
  for (const auto& place : places_of(nlohmann::json::parse(schema_text()))) {
    CAPTURE(place.before);
    const auto at = [&](const std::string& value) { return place.before + value + place.after; };
    if (place.form == "duration") {
      CHECK(styled(at("3600")) == at("1h"));
      ++durations;
    } else if (place.form == "name") {
      CHECK(styled(at("MX1.Mail.Example.")) == at("mx1.mail.example"));
      ++names;
    } else {
      CHECK(styled(at("\"2001:DB8::0\"")) == at("\"2001:db8::\""));
      ++addresses;
    }
  }
  CHECK(durations >= 13);
  CHECK(names >= 8);
  CHECK(addresses >= 8);
}

TEST_CASE("what is listed twice is listed once, with the comments that stand there") {
  const std::string sender = "senders:\n- addresses: ", path = "domains:\n- via:";
  CHECK(styled(sender + "[192.0.2.1, 192.0.2.2, 192.0.2.1]\n") == sender + "[192.0.2.1, 192.0.2.2]\n");
  CHECK(styled(path + "\n  - mx1\n  # why\n  - mx1\n  - mx2\n") == path + "\n  - mx1\n  # why\n  - mx2\n");
  CHECK(styled(sender + "[\"2001:db8::1\", \"2001:DB8::1\"]\n").find("DB8") == std::string::npos);
  const std::string commented = path + "\n  - mx1\n  - mx1  # says something\n";
  CHECK(styled(commented) == commented);
  const std::string between = path + " [mx1,  # says something\n  mx1]\n";
  CHECK(styled(between) == between);
}

TEST_CASE("what needs judgement, or is not written as it reads, is left alone") {
  for (const std::string text : {
           "senders: [{name: MX1, owner: Mail-Team}]\n",
           "senders: [{addresses: [192.0.2.010]}]\n",  // eight or ten
           "senders: [{helo: \"[192.0.2.1]\"}]\n", "senders: [{helo: \"{PTR}\"}]\n",
           "senders: [{internal: {ptr: None}}]\n", "defaults: {ttl: 7d}\n", "defaults: {ttl: 90m}\n",
           "vantages: [{address: \"2001:DB8\\x3a:1\"}]\n", "a: &x 2001:DB8::1\nvantages: [{address: *x}]\n",
           "waivers: [{rule: ptr-generic, target: MX1.mail.example}]\n", "standards: {names: [\"^MX\"]}\n",
           "rules: {ptr-generic: \"off\"}\n", "vantages: [{address: [2001:DB8::1\n, x]}]\n",
           "soak: 3600\n",  // not a key of this place
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
