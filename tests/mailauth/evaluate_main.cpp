// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
//
// Evaluates what other implementations are asked too (spf_oracle_test.py), and cases (spf_cases_test.py). Reads lines from
// standard input; what is in angle brackets is hexadecimal, and so is an owner behind "=". Names stand without escapes.
//   NEW                              forgets everything
//   TXT OWNER TEXT                   one record, to the end of the line
//   STRINGS OWNER <STRING>...        one TXT record of these strings; - for an empty one
//   A|MX|PTR|CNAME OWNER VALUE...    one record set; a PTR's owner may be the address, MX takes . for the null one
//   FAIL TYPE OWNER                  no answer
//   ASK IP DOMAIN LOCAL HELO         prints the result
//   CHECK IP <SENDER> <HELO>         prints the result, and behind a tab the explanation, if there is one
#include <iostream>
#include <sstream>

#include "base/ascii.h"
#include "base/mapped_address.h"
#include "mailauth/spf/spf_sender.h"
#include "mailauth/world.h"

using namespace rdnsgate;
using namespace rdnsgate::mailauth;

namespace {

std::string from_hex(const std::string& text) {
  std::string octets;
  for (std::size_t at = 0; at + 1 < text.size(); at += 2)
    octets += static_cast<char>(hex_digit(text[at]) * 16 + hex_digit(text[at + 1]));
  return octets;
}

std::string owner_in(const std::string& text) {
  return text.starts_with('=') ? from_hex(text.substr(1)) : text;
}

std::string check(const test::SpfWorld& world, const std::string& ip, const std::string& sender,
                  const std::string& helo) {
  const auto asked = spf_check(parse_with_mapped(ip).value(), from_hex(sender), from_hex(helo));
  if (!asked.domain) return "none";
  SpfEvaluator evaluator(world.asker());
  const auto outcome = evaluator.evaluate(asked.who, *asked.domain);
  const auto reason = evaluator.explain(asked.who, outcome, {});
  return outcome.results.text() + (reason.text ? "\t" + *reason.text : "");
}

}  // namespace

int main() {
  test::SpfWorld world;
  std::map<std::string, std::vector<std::string>> texts;  // record data by owner
  for (std::string line; std::getline(std::cin, line);) {
    std::istringstream in(line);
    std::string what, owner;
    in >> what >> owner;
    std::vector<std::string> values;
    if (what == "TXT") {
      std::string text;
      std::getline(in >> std::ws, text);
      texts[owner].push_back(dns::txt_rdata(text));
      continue;
    }
    for (std::string value; in >> value;) values.push_back(value);
    if (what == "STRINGS") {
      std::string rdata;
      for (const auto& value : values) {
        const auto octets = from_hex(value);
        rdata += static_cast<char>(octets.size());
        rdata += octets;
      }
      texts[owner_in(owner)].push_back(rdata);
      continue;
    }
    if (what == "NEW") world = {}, texts.clear();
    if (what == "A") world.a(owner_in(owner), values);
    if (what == "MX") world.mx(owner_in(owner), values);
    if (what == "PTR" && owner.starts_with('=')) world.ptr_at(owner_in(owner), values);
    if (what == "PTR" && !owner.starts_with('=')) world.ptr(owner, values);
    if (what == "CNAME") world.alias(owner_in(owner), values.at(0));
    if (what == "FAIL")
      world.state(owner_in(values.at(0)), dns::parse_type(owner).value(), SpfLookup::State::failed);
    if (what != "ASK" && what != "CHECK") continue;
    for (const auto& [name, all] : texts) world.raw(name, dns::RrType::TXT, all);
    texts.clear();
    if (what == "CHECK") {
      std::cout << check(world, owner, values.at(0), values.size() > 1 ? values[1] : "") << '\n';
      continue;
    }
    auto who = test::SpfWorld::who(owner, values.at(0));
    who.local_part = values.at(1);
    who.helo = values.at(2);
    SpfEvaluator evaluator(world.asker());
    std::cout << evaluator.evaluate(who, dns::Name::parse(values.at(0)).value()).results.text() << '\n';
  }
}
