// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "rules/spf/spf_text.h"

#include <algorithm>

#include "mailauth/spf/spf_facts.h"
#include "rules/denial.h"

namespace rdnsgate::rules {
namespace {

using mailauth::SpfLookup;
using State = SpfText::State;

constexpr std::size_t most_shown = 200;  // octets

}  // namespace

SpfLookup spf_known(dns::FactDesk& desk, const dns::Name& name, dns::RrType type,
                    std::vector<const dns::Fact*>* failed) {
  auto found = mailauth::spf_lookup(desk, name, type, true);
  if (found.state == SpfLookup::State::missing) return found;
  const auto& last = *desk.part().back();  // the one that the aliases led to
  const bool usable = dns::is_positive(last.outcome) || dns::is_denied(last);
  const bool is_known = found.state == SpfLookup::State::known && last.security != dns::Security::bogus;
  if (usable && is_known) return found;
  found.state = SpfLookup::State::unknown;
  found.values.clear();
  if (failed != nullptr && std::find(failed->begin(), failed->end(), &last) == failed->end())
    failed->push_back(&last);
  return found;
}

SpfText spf_text(dns::FactDesk& desk, const dns::Name& name) {
  SpfText text;
  const auto found = spf_known(desk, name, dns::RrType::TXT);
  if (found.state == SpfLookup::State::missing) return text;
  text.fact = desk.part().back();
  if (found.state != SpfLookup::State::known) {
    text.state = State::unknown;
    return text;
  }
  text.texts = mailauth::spf_texts(found.values.front());
  if (text.texts.size() != 1) {
    text.state = text.texts.empty() ? State::none : State::several;
    return text;
  }
  auto record = mailauth::parse_spf(text.texts.front());
  text.state = record ? State::good : State::wrong;
  if (record) text.record = std::move(*record);
  return text;
}

std::string shown(std::string_view text) {
  return text.size() <= most_shown ? std::string(text) : std::string(text.substr(0, most_shown)) + "...";
}

}  // namespace rdnsgate::rules
