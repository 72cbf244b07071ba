// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "audit/policy/rule.h"
#include "base/text/source.h"
#include "dns/rrset.h"
#include "inventory/model/model.h"
#include "report/document.h"
#include "run/files/zone_files.h"

namespace rdnsgate::run {

/// Where the records of the zone files stand that a run answers from.
class RecordPlaces {
 public:
  void add(const ProposedZones::Places& zone);
  /// Whose records they are to be; before of() and for as long.
  void declare(const inventory::Inventory& inventory);
  bool empty() const { return places_.empty(); }
  /// What no vantage saw is about the inventory itself, and stands on no record.
  static bool may_have_one(const report::Document::Finding& finding) { return !finding.vantages.empty(); }

  /// The record that a finding about what was answered stands on: of its address the PTR record, or what its name or its
  /// HELO name has. Of several the first that is not as declared. nullopt where there is none: what is missing has no line.
  std::optional<Span> of(const report::Document::Finding& finding, const audit::Rule& rule) const;

 private:
  struct Place {
    Span at;
    std::string rdata;
  };
  struct Subject {
    std::optional<IpAddress> ip;
    dns::Name ptr, helo;
    std::vector<IpAddress> with_helo;  ///< addresses of the sender
  };
  Subject subject_of(const audit::Target& target) const;
  void add(const dns::Name& owner, dns::RrType type, Span at, const std::string& rdata);
  const std::vector<Place>* at(const dns::Name& owner, dns::RrType type) const;
  /// The records of a name, or of what its aliases lead to; where nothing stands there, the last alias.
  const std::vector<Place>* behind(dns::Name owner, dns::RrType type) const;
  std::optional<Span> pointer(const IpAddress& address, const dns::Name& declared) const;
  std::optional<Span> forward(const report::Document::Finding& finding, const IpAddress& address,
                              const dns::Name& declared) const;
  std::optional<Span> host(const dns::Name& name, const std::vector<IpAddress>& declared) const;

  const inventory::Inventory* inventory_ = nullptr;
  std::unordered_map<std::string_view, const inventory::Sender*> senders_;
  std::unordered_map<std::string, std::vector<Place>> places_;  // by owner in wire format and type
};

}  // namespace rdnsgate::run
