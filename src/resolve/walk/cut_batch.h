// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <utility>
#include <vector>

#include "dns/delegation/delegation.h"
#include "resolve/walk/authority_client.h"

namespace rdnsgate::resolve {

/// Every address of the cut, with its server.
template <typename CutType, typename Visit>
void each_address(CutType& cut, Visit&& visit) {
  for (auto& server : cut.servers) {
    for (auto& report : server.addresses) visit(server, report);
  }
}

/// Questions that are asked together, and the places where the answers belong.
class Batch {
 public:
  void add(AuthorityQuery query, dns::Exchange& place) {
    queries_.push_back(std::move(query));
    places_.push_back(&place);
  }
  void ask(AuthorityClient& client) {
    auto exchanges = client.ask(queries_);
    for (std::size_t i = 0; i < exchanges.size(); ++i) *places_[i] = std::move(exchanges[i]);
  }

 private:
  std::vector<AuthorityQuery> queries_;
  std::vector<dns::Exchange*> places_;
};

}  // namespace rdnsgate::resolve
