// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <optional>
#include <set>
#include <string>
#include <tuple>
#include <vector>

#include "mailauth/spf/spf_record.h"
#include "plan/operation/goals.h"

namespace rdnsgate::plan {

/// The SPF records of the declared domains: what they take in, whose that is, and the operations on them.
class SpfRecords {
 public:
  SpfRecords(const Inventory& now, const Inventory* base, const Picture& picture, Goals& goals)
      : now_(now), base_(base), picture_(picture), goals_(goals) {}

  const Inventory& now() const { return now_; }
  std::size_t own_record(const inventory::Domain& domain) const {
    return picture_.find(domain.name, RrType::TXT);
  }
  /// The records that the domain's one takes in, and it itself first, as far as their RRsets were looked at.
  std::vector<std::size_t> of(const inventory::Domain& domain) const;
  /// A record of the domain's own is whoever's the inventory says; one that it takes in is ours where the
  /// inventory declares its zone.
  bool may_edit(std::size_t set, std::size_t own_record) const;
  /// The names of SPF records that the domain's one takes in, or is, and that no plan may edit.
  std::set<std::string> of_others(const inventory::Domain& domain, const Path& path) const;

  bool names_sender(const inventory::Domain& domain, const std::string& sender) const;
  /// It sends for the domain, or did.
  bool sends_for(const inventory::Domain& domain, const std::string& sender) const;
  /// Its first use lies before us.
  bool starts(const inventory::Domain& domain, std::size_t path) const;
  /// What the name that a path says is in the end.
  Name helo_after(std::size_t path) const;

  /// Whose addresses an `a` of the record lets through; nullopt for other terms, and where macros say it.
  std::optional<Name> name_in(const mailauth::SpfTerm& term, std::size_t set) const;
  /// The plan takes the path's address from the name.
  bool loses(std::size_t path, const Name& name) const;
  /// The plan takes the last address from the name.
  bool is_dead(const Name& name) const;

  /// Adds it to the goals, once: domains share records.
  void push(Operation operation);

 private:
  const Inventory& now_;
  const Inventory* base_;
  const Picture& picture_;
  Goals& goals_;
  std::set<std::tuple<Kind, std::size_t, IpAddress, std::string>> pushed_;
};

}  // namespace rdnsgate::plan
