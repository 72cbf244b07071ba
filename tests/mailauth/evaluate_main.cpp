// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
//
// Evaluates what another implementation is asked too (spf_oracle_test.py). Reads lines from standard input:
//   NEW                          forgets everything
//   TXT|A|MX|PTR OWNER VALUE...  one record set; a TXT value goes to the end of the line, one each line
//   FAIL TYPE OWNER              no answer
//   ASK IP DOMAIN LOCAL HELO     prints the result
#include <iostream>
#include <sstream>

#include "mailauth/world.h"

using namespace rdnsgate;
using namespace rdnsgate::mailauth;

int main() {
  test::SpfWorld world;
  std::map<std::string, std::vector<std::string>> texts;
  for (std::string line; std::getline(std::cin, line);) {
    std::istringstream in(line);
    std::string what, owner;
    in >> what >> owner;
    std::vector<std::string> values;
    if (what == "TXT") {
      std::string text;
      std::getline(in >> std::ws, text);
      texts[owner].push_back(text);
      continue;
    }
    for (std::string value; in >> value;) values.push_back(value);
    if (what == "NEW") world = {}, texts.clear();
    if (what == "A") world.a(owner, values);
    if (what == "MX") world.mx(owner, values);
    if (what == "PTR") world.ptr(owner, values);
    if (what == "FAIL") world.state(values.at(0), dns::parse_type(owner).value(), SpfLookup::State::failed);
    if (what != "ASK") continue;
    for (const auto& [name, all] : texts) world.txt(name, all);
    texts.clear();
    auto who = test::SpfWorld::who(owner, values.at(0));
    who.local_part = values.at(1);
    who.helo = values.at(2);
    SpfEvaluator evaluator(world.asker());
    std::cout << evaluator.evaluate(who, dns::Name::parse(values.at(0)).value()).results.text() << '\n';
  }
}
