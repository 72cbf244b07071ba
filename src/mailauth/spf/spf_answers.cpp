// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "mailauth/spf/spf_answers.h"

#include <utility>

#include "dns/rrset.h"

namespace rdnsgate::mailauth {
namespace {

using dns::Name;
using dns::RrType;

constexpr std::size_t most_records = 1000;  // that are kept read

/// A null MX names no host (RFC 7505 §3).
std::vector<Name> exchanges_in(const std::vector<std::string>& rdata) {
  std::vector<Name> names;
  for (const auto& one : rdata) {
    if (one.size() < 3) continue;
    auto name = Name::from_wire(std::string_view(one).substr(2));
    if (name && !name->is_root()) names.push_back(std::move(*name));
  }
  return names;
}

}  // namespace

const SpfAnswer& SpfAnswers::get(const Name& name, RrType type) {
  const auto found = answers_.find(View{name, type});
  if (found != answers_.end()) return found->second;
  return answers_.emplace(Key{name, type}, read(asker_(name, type), type)).first->second;
}

void SpfAnswers::forget() {
  answers_.clear();
  if (records_.size() > most_records) records_.clear();
}

SpfAnswer SpfAnswers::read(SpfLookup&& found, RrType type) {
  SpfAnswer answer{found.state, std::move(found.reason), {}};
  for (auto& rdata : found.values) {
    auto& version = answer.versions.emplace_back();
    version.empty = rdata.empty();
    if (type == RrType::TXT) {
      version.texts = spf_texts(rdata);
      if (version.texts.size() == 1) version.record = &parsed(version.texts.front());
      version.rdata = std::move(rdata);
    } else if (type == RrType::MX) {
      version.names = exchanges_in(rdata);
    } else if (type == RrType::PTR) {
      for (const auto& one : rdata) {
        if (auto name = dns::name_in(one)) version.names.push_back(std::move(*name));
      }
    } else {
      for (const auto& one : rdata) {
        if (const auto address = dns::address_in(one)) version.addresses.push_back(*address);
      }
    }
  }
  return answer;
}

const Result<SpfRecord>& SpfAnswers::parsed(const std::string& text) {
  const auto found = records_.find(text);
  return found != records_.end() ? found->second : records_.emplace(text, parse_spf(text)).first->second;
}

}  // namespace rdnsgate::mailauth
