// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
//
// Evaluates SPF records from facts and prints how many a second: `spf_bench EVALUATIONS < WORLD`. The world is lines of
// TXT OWNER TEXT, A OWNER ADDRESS and MX OWNER NAME; each evaluation is of example.com, for another address. The facts lie
// in a store as those of a run do; the evaluator keeps what it read of them, as for the paths of one domain.
#include <chrono>
#include <cstdlib>
#include <iostream>
#include <map>
#include <sstream>

#include "dns/rdata_reader.h"
#include "dns/rrset.h"
#include "mailauth/spf/spf_evaluate.h"
#include "mailauth/spf/spf_facts.h"

using namespace rdnsgate;

namespace {

/// What is asked and not in the world is denied.
dns::FactStore read_world(std::istream& in) {
  std::map<std::pair<dns::Name, dns::RrType>, std::vector<std::string>> sets;
  for (std::string line; std::getline(in, line);) {
    std::istringstream words(line);
    std::string type, owner, value;
    words >> type >> owner;
    std::getline(words >> std::ws, value);
    auto& set = sets[{dns::Name::parse(owner).value(), dns::parse_type(type).value()}];
    if (type == "TXT") set.push_back(dns::txt_rdata(value));
    if (type == "A") set.push_back(dns::rdata_of(IpAddress::parse(value).value()));
    if (type == "MX") set.push_back(std::string("\0\x0a", 2) + dns::Name::parse(value).value().wire());
  }
  dns::FactStore store;
  for (auto& [key, rdata] : sets) {
    dns::Fact fact;
    fact.question = {0, key.first, key.second};
    fact.outcome = dns::Outcome::answer;
    fact.answer = {{key.first, key.second, 300, std::move(rdata)}};
    store.insert(fact);
  }
  return store;
}

}  // namespace

int main(int argc, char** argv) {
  const unsigned count = argc > 1 ? static_cast<unsigned>(std::atoi(argv[1])) : 1'000'000;
  const auto store = read_world(std::cin);
  dns::FactDesk desk(store, 0);
  mailauth::SpfEvaluator evaluator(
      [&](const dns::Name& name, dns::RrType type) { return mailauth::spf_lookup(desk, name, type, false); },
      mailauth::SpfEvaluator::Keep::answers);
  const mailauth::SpfDomain domain = dns::Name::parse("example.com").value();
  mailauth::SpfIdentity who{IpAddress(), "joe", domain.name, "mx.example.com", domain.text};
  unsigned passed = 0;
  const auto begun = std::chrono::steady_clock::now();
  for (unsigned i = 0; i < count; ++i) {
    who.ip = IpAddress::v4(0xC0000200u + i % 512);
    const auto outcome = evaluator.evaluate(who, domain);
    if (!outcome.missing.empty()) return 1;
    passed += outcome.results.is(mailauth::SpfResult::pass) ? 1 : 0;
  }
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begun;
  std::cout << static_cast<std::uint64_t>(count / took.count()) << " evaluations a second, " << passed
            << " of " << count << " pass\n";
}
