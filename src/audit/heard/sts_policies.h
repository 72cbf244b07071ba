// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/timestamp.h"
#include "dns/name.h"

namespace rdnsgate::audit {

/// What became of fetching the MTA-STS policy of one domain (RFC 8461 §3.3).
struct FetchedPolicy {
  enum class Outcome : std::uint8_t {
    fetched,
    not_asked,  ///< the domain has no MTA-STS record
    refused,  ///< the server gives none that counts: its certificate, its status, a redirect, the media type, the size
    unreachable,  ///< nobody answered, or the name could not be looked up: it is not known
  };
  dns::Name domain;
  Outcome outcome = Outcome::unreachable;
  std::string reason;  ///< why there is no policy, in words; foreign in part
  std::string text;    ///< of one that was fetched; foreign
  Time asked_at{};
  std::string id{};  ///< of the record that was there then; empty where that is not known; foreign
  /// The policy that was first seen under this id, where it is another one, or none was fetched: what senders may still
  /// go by.
  struct First {
    std::string text;
    Time asked_at{};
  };
  std::optional<First> first{};
};

/// By domain, each once: of several the first.
class StsPolicies {
 public:
  explicit StsPolicies(std::vector<FetchedPolicy> all) {
    for (auto& one : all) {
      auto domain = one.domain;
      all_.emplace(std::move(domain), std::move(one));
    }
  }
  /// nullptr where nobody asked.
  const FetchedPolicy* find(const dns::Name& domain) const {
    const auto found = all_.find(domain);
    return found == all_.end() ? nullptr : &found->second;
  }

 private:
  std::map<dns::Name, FetchedPolicy> all_;
};

}  // namespace rdnsgate::audit
