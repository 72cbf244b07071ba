// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors

// SPF records that take each other in: the lines are those of r0.example.com, r1.example.com and so on.
#include <cstddef>
#include <cstdint>

#include "base/ascii.h"
#include "dns/rdata_reader.h"
#include "dns/rrset.h"
#include "mailauth/spf/spf_evaluate.h"
#include "require.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace rdnsgate;
  using namespace rdnsgate::mailauth;
  std::vector<std::string> lines(1);
  for (std::size_t i = 0; i < size; ++i) {
    if (data[i] == '\n') {
      lines.emplace_back();
    } else {
      lines.back() += static_cast<char>(data[i]);
    }
  }
  unsigned asked = 0;
  SpfEvaluator evaluator([&](const dns::Name& name, dns::RrType type) -> SpfLookup {
    ++asked;
    const auto label = name.first_label();
    const bool has_digit = label.size() == 2 && is_digit(label[1]);
    const std::size_t number = has_digit ? static_cast<std::size_t>(label[1] - '0') : 10;
    const auto known = SpfLookup::State::known;
    switch (type) {
      case dns::RrType::TXT:
        // A record of two lines is about in two versions.
        if (number + 5 < lines.size())
          return {known, {{dns::txt_rdata(lines[number])}, {dns::txt_rdata(lines[number + 5])}}};
        if (number < lines.size()) return {known, {{dns::txt_rdata(lines[number])}}};
        return {known, {{}}};
      case dns::RrType::MX:
        return {known, {{std::string("\0\x0a", 2) + name.wire()}}};
      case dns::RrType::PTR:
        return {known, {{dns::Name::parse("r1.example.com").value().wire()}}};
      default:
        return number % 2 == 0 ? SpfLookup{}
                               : SpfLookup{known, {{dns::rdata_of(IpAddress::v4(0xC0000201))}, {}}};
    }
  });
  for (const auto* ip : {"192.0.2.1", "2001:db8::1"}) {
    const auto domain = dns::Name::parse("r0.example.com").value();
    const SpfIdentity who{IpAddress::parse(ip).value(), std::nullopt, domain, "h.example.com"};
    std::vector<SpfRecordTrace> trace;
    const auto outcome = evaluator.evaluate(who, domain, &trace);
    fuzz::require(!outcome.results.empty());
    fuzz::require(!trace.empty());
    const auto reason = evaluator.explain(who, outcome, {});
    fuzz::require(!reason.text || reason.text->size() <= 4096);
    fuzz::require(outcome.lookups <= spf_most_lookups || outcome.results.may_be(SpfResult::permerror));
    fuzz::require(!evaluator.exhaust(who, domain).results.empty());
  }
  // However they take each other in, nobody is asked without end.
  fuzz::require(asked <= 200'000);
  return 0;
}
