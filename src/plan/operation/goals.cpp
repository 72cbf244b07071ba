// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "plan/operation/goals.h"

#include <algorithm>

#include "plan/world/spf_edit.h"

namespace rdnsgate::plan {

std::string_view to_string(Kind kind) {
  switch (kind) {
    case Kind::add_forward:
      return "add-forward";
    case Kind::add_ptr:
      return "add-ptr";
    case Kind::swap_ptr:
      return "swap-ptr";
    case Kind::redelegate:
      return "redelegate";
    case Kind::switch_helo:
      return "switch-helo";
    case Kind::start_relay:
      return "start-relay";
    case Kind::start_egress:
      return "start-egress";
    case Kind::stop_egress:
      return "stop-egress";
    case Kind::stop_relay:
      return "stop-relay";
    case Kind::switch_dkim:
      return "switch-dkim";
    case Kind::revoke_key:
      return "revoke-key";
    case Kind::remove_ptr:
      return "remove-ptr";
    case Kind::remove_old:
      return "remove-old";
    case Kind::start_serving:
      return "start-serving";
    case Kind::add_ns:
      return "add-ns";
    case Kind::move_delegation:
      return "move-delegation";
    case Kind::remove_ns:
      return "remove-ns";
    case Kind::stop_serving:
      return "stop-serving";
  }
  return "change";
}

std::vector<std::string> applied(const Operation& operation, RrType type, std::vector<std::string> rdata) {
  const bool adds = operation.kind == Kind::add_forward;
  if (operation.kind == Kind::redelegate)
    return type == RrType::CNAME ? operation.value : std::vector<std::string>();
  if (type == RrType::PTR || type == RrType::NS) return operation.value;
  if (!operation.term.empty())
    return adds ? spf_with_terms(std::move(rdata), operation.term)
                : spf_without_terms(std::move(rdata), operation.term);
  if (operation.service != none) return operation.value;
  if (type == RrType::TXT)
    return adds ? spf_with(std::move(rdata), operation.ip) : spf_without(std::move(rdata), operation.ip);
  const auto record = dns::rdata_of(operation.ip);
  const auto place = std::lower_bound(rdata.begin(), rdata.end(), record);
  const bool there = place != rdata.end() && *place == record;
  if (adds && !there) rdata.insert(place, record);
  if (!adds && there) rdata.erase(place);
  return rdata;
}

}  // namespace rdnsgate::plan
