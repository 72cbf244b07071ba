// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <map>
#include <string>
#include <vector>

#include "resolve/walk/authority_client.h"

namespace rdnsgate::resolve {

/// What the search for the addresses of a server's name came to.
struct FoundAddresses {
  dns::Lookup lookup = dns::Lookup::failed;
  std::vector<IpAddress> addresses;  ///< sorted; not empty where `lookup` is found
  /// Of everything but found; of found what was not, where only one family could be asked for. May hold
  /// foreign text.
  std::string reason;
};

/// The addresses that a referral gives, as far as it may: only for names in the zone whose server says so,
/// because anything else would let that server speak for a stranger (RFC 5452 §6).
std::vector<IpAddress> accepted_glue(const dns::Referral& referral, const dns::Name& server,
                                     const dns::Name& speaker);

/// Finds addresses of name servers that no glue gives, by walks of their own down the tree. Each name is
/// looked for once.
class AddressFinder {
 public:
  AddressFinder(AuthorityClient& client) : client_(client) {}

  /// Addresses at which a zone can be asked; walks begin at the deepest zone that is known.
  void learn(const dns::Name& zone, std::vector<IpAddress> addresses) { known_[zone] = std::move(addresses); }

  const FoundAddresses& find(const dns::Name& name);

 private:
  struct Step {
    bool over = false;
    dns::Name next;
  };
  FoundAddresses walk(const dns::Name& name);
  Step step(const dns::Name& zone, const dns::Name& name, FoundAddresses& found);
  bool read(const dns::Name& zone, const dns::Name& name, const dns::AuthorityReply& a,
            const dns::AuthorityReply& aaaa, FoundAddresses& found, Step& step);
  std::vector<IpAddress> addresses_of(const dns::Referral& referral, const dns::Name& speaker,
                                      FoundAddresses& found);
  dns::Name deepest_known(const dns::Name& name) const;

  AuthorityClient& client_;
  std::map<dns::Name, std::vector<IpAddress>> known_;
  std::map<dns::Name, FoundAddresses> done_;
  std::vector<dns::Name> under_way_;
};

}  // namespace rdnsgate::resolve
