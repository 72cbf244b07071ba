// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <map>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "base/address_ranges.h"
#include "dns/facts/fact_store.h"
#include "inventory/model/model.h"
#include "mailauth/records/dmarc_discovery.h"
#include "report/mail/paths.h"
#include "run/paths/signs.h"

namespace rdnsgate::run {

/// Addresses of a path for which SPF comes to the same, by the same term.
struct SpfStretch {
  std::vector<AddressRange> ranges;  ///< none: the addresses of a relay are not known
  report::PathPart part;
  std::string term;
  Tri pass = Tri::unknown, fail = Tri::unknown;
};

/// What the DNS says of a path but for its hosts.
struct PathIdentity {
  std::vector<SpfStretch> spf;
  bool published = false;  ///< the addresses are those that the relay's term allows
  report::PathPart dkim;
  std::vector<report::PathSelector> selectors;
  dns::Name mail_from;              ///< the domain that SPF is evaluated for
  std::optional<dns::Name> signer;  ///< d= of the signature; nullopt where none is declared
  Tri spf_aligned = Tri::yes, dkim_aligned = Tri::yes;
  std::string apart;  ///< what is not aligned, or not known to be; empty where all is
  Tri signed_well = Tri::unknown;
  Tri dmarc_record = Tri::unknown;
  std::optional<mailauth::DmarcPolicy> policy;  ///< the strictest that receivers take it for
  std::string dmarc_detail;                     ///< why there is none, or why it is not known
};

/// Judges what the domains of an inventory publish: what is missing is noted in the desk.
class IdentityJudge {
 public:
  /// `offline`: what nobody answers was not asked.
  IdentityJudge(const inventory::Inventory& inventory, bool offline)
      : inventory_(inventory), offline_(offline) {}

  /// From what is there; run again when more is, it goes on with the paths that lacked something.
  void judge(dns::FactDesk& desk);
  /// One for each of the inventory's paths, once nothing is missing.
  std::vector<PathIdentity> take() { return std::move(identities_); }

 private:
  /// What is the same for all paths of a domain.
  struct OfDomain {
    PathIdentity identity;
    mailauth::DmarcDiscovery found;
    bool lacks = false;  ///< something was missing in this pass
  };
  /// Where a relay sends from.
  struct OfRelay {
    std::vector<AddressRange> ranges;
    bool published = false;
    std::string why_none;
    bool lacks = false;
  };

  /// False where something is missing.
  bool judge(const inventory::MailPath& path, dns::FactDesk& desk, PathIdentity& identity);
  void judge_spf(const inventory::MailPath& path, const std::vector<AddressRange>& ranges,
                 dns::FactDesk& desk, PathIdentity& identity) const;
  void judge_dkim(const inventory::MailPath& path, dns::FactDesk& desk, PathIdentity& identity);
  void judge_dmarc(const inventory::MailPath& path, const OfDomain& of_domain, dns::FactDesk& desk,
                   PathIdentity& identity) const;
  void judge_alignment(const inventory::MailPath& path, const mailauth::DmarcDiscovery& found,
                       dns::FactDesk& desk, PathIdentity& identity) const;
  const OfDomain& of_domain(const inventory::MailPath& path, dns::FactDesk& desk);
  const OfRelay& of_relay(const inventory::MailPath& path, dns::FactDesk& desk);
  const std::vector<AddressRange>& of_sender(const inventory::MailPath& path);
  report::PathSelector selector_at(const dns::Name& owner, dns::FactDesk& desk);

  const inventory::Inventory& inventory_;
  const bool offline_;
  std::vector<PathIdentity> identities_;
  std::vector<bool> settled_;  ///< beside them: nothing is missing
  std::map<std::uint32_t, OfDomain> domains_;
  std::map<std::uint32_t, OfRelay> relays_;
  std::map<std::uint32_t, std::vector<AddressRange>> senders_;
  std::unordered_map<dns::Name, report::PathSelector> selectors_;  ///< whose record is at hand
};

}  // namespace rdnsgate::run
