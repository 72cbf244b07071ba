// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <functional>
#include <map>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

#include "dns/rrset.h"
#include "inventory/model/model.h"
#include "plan/world/picture.h"

namespace rdnsgate::plan {

class AtHand;

/// A record that points to a name: it stands on the name's addresses.
struct NameUse {
  Name owner;
  RrType type{};
  bool glue = false;    ///< NS of a zone that the name lies in: the parent has the name's addresses, too
  std::string unknown;  ///< why it could not be determined whether the record leads there; empty where it does

  std::string label() const;  ///< `imap.example.com CNAME`, as `--despite-use` takes it
};

/// `imap.example.com CNAME`, in any case and with or without the final dot, as label() writes it.
Result<std::string> read_use(const std::string& text);

/// Who points to whom: NS, MX, SRV, CNAME, DNAME, SVCB, HTTPS, NAPTR and TLSA records and their like, the
/// terms of SPF records that look addresses of a name up, and the name servers that an inventory lists.
class Uses {
 public:
  void add(const dns::RRset& set);
  /// What is added of this RRset from now on counts for nothing.
  void leave_out(const Name& owner, RrType type) { left_out_.emplace(owner, type); }
  void add_all(const AtHand& at_hand);
  void add_name_servers(const inventory::Inventory& inventory);
  /// A question without a definite answer: whatever it might have led to may be used.
  void add_unknown(const Name& owner, RrType type, std::string why);
  /// The same, where only this name can have been meant.
  void add_unknown(const Name& owner, RrType type, std::string why, const Name& target);

  /// Those that lead to the name, each once, in the order of their owners.
  std::vector<NameUse> of(const Name& name) const;
  /// The aliases (CNAME) that lead to the name.
  std::vector<Name> aliases_of(const Name& name) const;

 private:
  std::unordered_map<Name, std::vector<NameUse>> by_target_;
  std::vector<std::pair<Name, NameUse>> below_;  ///< of all names below one (DNAME)
  std::vector<NameUse> unknown_;
  std::set<std::pair<Name, RrType>> left_out_;
};

/// The names whose addresses the terms of an SPF record look up: `a` with a name and `exists` (RFC 7208 §5.3,
/// §5.7); what a macro makes up is not among them, nor the owner itself.
std::vector<Name> names_in_spf(const Name& owner, const std::string& rdata);

/// By name of an SPF record: the owners of records that take it in, by `include` or `redirect`.
std::map<Name, std::vector<Name>> spf_takers_in(const AtHand& at_hand);

/// Where a usual record stands that points to a name of a mail host.
struct PlaceToAsk {
  Name owner;
  RrType type{};
  Name domain;  ///< the zone or domain that it is looked for in; the root for a place of one name
  Name target;  ///< the only name that it can be about; the root where it may be about any
};

/// Asks by name where a zone cannot be read whole: at the apexes of the declared zones and domains (NS, MX,
/// SVCB, HTTPS, NAPTR, DNAME), at usual names of services and hosts below them (SRV, CNAME, HTTPS), at the
/// names themselves (MX, SVCB, HTTPS, NAPTR, TLSA), and above them (DNAME). `take` gets each place with the
/// answer, or nullptr where there is none yet.
void look_at_places(const Inventory& now, const Inventory* base, const std::vector<Name>& names,
                    const Asker& ask, const std::function<void(const PlaceToAsk&, const Fact*)>& take);

}  // namespace rdnsgate::plan
