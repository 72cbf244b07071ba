// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <algorithm>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/change_window.h"
#include "base/duration.h"
#include "base/ip.h"
#include "base/result.h"
#include "base/severity.h"
#include "base/text/glob_set.h"
#include "base/text/source.h"
#include "base/timestamp.h"
#include "dns/facts/vantage.h"
#include "dns/name.h"
#include "inventory/mailbox.h"

namespace rdnsgate::inventory {

using dns::Name;

/// Who carries out a change in a zone, and so in which form a plan hands it over.
enum class ManagedBy : std::uint8_t { zonefile, nsupdate, octodns, dnscontrol, ticket };
std::string_view to_string(ManagedBy managed_by);

/// Which vantages have to answer before a subject counts as judged.
enum class Quorum : std::uint8_t {
  any,        ///< one that sees what the world sees: what the others would add is confirmation
  confirmed,  ///< those that could confirm a finding: an authoritative one, or two operators
  all,        ///< every one
};
std::string_view to_string(Quorum quorum);
std::optional<Quorum> parse_quorum(std::string_view text);

/// The times of a rollout (seconds) and its throttle.
struct RolloutDefaults {
  seconds ttl{300};          ///< TTL while a change is under way
  seconds propagation{300};  ///< from the primary to all secondaries
  seconds skew{60};          ///< clocks and scheduling
  seconds bake{3600};        ///< how long a new state is watched before the old one is removed
  seconds cache_floor{60};   ///< what caches keep at least, whatever the TTL says
  seconds soak{900};         ///< how long a wave is watched before the next one
  seconds queue{5 * 86400};  ///< how long a mail may still be under way (RFC 5321 §4.5.4.1)
  unsigned wave_percent = 10;
  unsigned max_wave = 50;
  std::vector<ChangeWindow> windows;  ///< when steps may be taken; empty for any time
};

/// Of an inventory of several files, what its first one gives; see Address::ttl for what holds elsewhere.
struct Defaults {
  seconds ttl{86400};         ///< steady-state TTL of PTR, A and AAAA records
  bool ttl_declared = false;  ///< a file says so: it is not what nobody chose
  std::string owner;          ///< of senders and zones that name none
  RolloutDefaults rollout;
};

struct Vantage {
  std::string name;
  dns::VantageKind kind = dns::VantageKind::recursive;
  std::optional<IpAddress> address;  ///< forward: the resolver
  std::uint16_t port = 53;
  std::string tls_name;  ///< forward over TLS: the name in the certificate; empty for plain DNS
  std::string tls_ca;  ///< forward over TLS: file, relative to the inventory's folder; empty for the system's
  std::optional<unsigned> questions_per_second;  ///< forward: 0 for no limit; nullopt for what is polite
  bool mix_case = false;                         ///< forward: 0x20
  std::string view;                              ///< `internal`, `external` or empty
  std::string operator_name;                     ///< its own name unless said otherwise
  std::string root_hints;    ///< file, relative to the inventory's folder; empty for the public root
  std::string trust_anchor;  ///< file; empty for the public root's
  Span at;
};

struct Zone {
  Name name;
  ManagedBy managed_by = ManagedBy::ticket;
  std::string contact;
  std::vector<Name> name_servers;  ///< sorted; empty: which it has does not matter
  Span name_servers_at;            ///< the list
  std::optional<seconds> min_ttl;  ///< the provider allows no less
  std::optional<seconds> max_ttl;
  std::optional<seconds> publish_delay;
  std::optional<bool> checks_forward;  ///< see looks_up_forward()
  bool sweep = false;                  ///< its names are looked for, to find PTR records that nobody declares
  std::string file;                    ///< of a zone held as a file, relative to the inventory's folder
  Span file_at;                        ///< of its key's value
  std::string owner;
  Span at;

  /// Whoever holds it refuses a PTR record whose name does not resolve to the address.
  bool looks_up_forward() const { return checks_forward.value_or(managed_by == ManagedBy::ticket); }
};

using SenderIndex = std::uint32_t;
using AddressIndex = std::uint32_t;

/// What resolvers with an internal view are to say of an address, resolved: where the inventory says nothing
/// of it, it is what they say outside.
struct InternalView {
  Name ptr;             ///< the one name that its PTR record is to have; the root where nothing says which
  bool no_ptr = false;  ///< it is to have none
  std::vector<IpAddress> addresses;  ///< of its family, sorted: what the names are to have for it
  Span at;                           ///< the mapping
  bool operator==(const InternalView&) const = default;
};

/// The addresses of one family that a name is to have, by the addresses of the inventory that share it;
/// sorted.
struct NameInside {
  std::vector<IpAddress> inside;   ///< in an internal view
  std::vector<IpAddress> outside;  ///< as the world sees it
};

/// One address that mail leaves from, with what the DNS is to say of it. Ranges are expanded already.
struct Address {
  IpAddress ip;
  SenderIndex sender = 0;
  Name ptr;   ///< the name its PTR is to have; the root where the inventory gives none
  Name helo;  ///< the name given in HELO/EHLO; the root where there is none (see helo_text)
  std::vector<Name>
      other_helos{};          ///< of further mail servers that leave from it, which say names of their own
  std::uint32_t ttl = 0;      ///< steady-state TTL, seconds
  bool ttl_declared = false;  ///< it, or the default that holds for it, stands in a file
  /// First address (in file order) of its sender with this HELO name: judgements of the name itself are made
  /// once, here.
  bool first_with_helo = false;
  bool first_with_helo_inside = false;  ///< the same among those with an internal view
  bool is_further = false;              ///< it stands for one of `other_helos`, see FurtherHelo
  Span at;                              ///< the address or range entry
  Span ptr_at;  ///< the PTR's text; the address where the PTR follows from the HELO name
  static constexpr std::uint32_t no_internal_view = 0xFFFFFFFF;
  /// Index into Inventory::internal_views; no_internal_view where nothing is expected of an internal view.
  std::uint32_t internal_view = no_internal_view;
};

struct Sender {
  std::string name;
  std::string
      helo_text;  ///< as written; may be a template with `{ptr}`; may be what no name can be, see `helo_name`
  std::optional<Name> helo_name;  ///< nullopt for a template, a missing HELO, or text that is not a name
  std::string owner;
  AddressIndex first_address = 0;  ///< its addresses stand side by side in Inventory::addresses
  AddressIndex address_count = 0;
  std::vector<Prefix> ranges;  ///< the `range:` and `prefix:` entries that were expanded
  std::optional<std::uint32_t>
      first_path{};  ///< the first of Inventory::paths through it; nullopt: no domain's
  Span at;           ///< its name
  Span helo_at;      ///< the HELO's value, or the name where it has none
};

/// One HELO name of several that an address has, but for the first: each is judged as if it were the only one.
struct FurtherHelo {
  Sender sender;  ///< the one that has it, with this HELO; its addresses are those that are declared
  AddressIndex first_address = 0;  ///< those with this name, in Inventory::further_addresses
  AddressIndex address_count = 0;
};

struct Relay {
  std::string name;
  std::string spf;
  std::string helo_pattern;  ///< glob
  std::vector<Prefix> addresses;
  std::vector<Span> addresses_at;  ///< the place of each of them
  std::vector<std::string> dkim;
  Span at;
  std::vector<std::string> retired_dkim{};  ///< selectors that it signed with once
  std::string mail_from{};    ///< as written, may have `{domain}`; empty: the domain in From
  Span mail_from_at{};        ///< the value
  std::string dkim_domain{};  ///< as written, may have `{domain}`; empty: the domain in From
  Span dkim_domain_at{};      ///< the value
};

struct DmarcIntent {
  std::string policy;
  std::vector<std::string> rua;
};

struct Domain {
  Name name;
  struct Path {
    std::string name;  ///< a sender or a relay
    Span at;
  };
  std::vector<Path> via;
  std::string spf_all;  ///< `fail`, `softfail`, `neutral`, `pass` or empty
  std::vector<std::string> dkim;
  std::optional<DmarcIntent> dmarc;
  Span at;
  std::vector<std::string> retired_dkim{};  ///< selectors that its senders signed with once
  std::optional<Name> dkim_domain{};        ///< d= of its senders' signatures; nullopt: the domain itself
};

/// A mailbox whose servers are tried: they are asked whether they would take a mail from our addresses, and no other
/// recipient is ever named to anybody.
struct Probe {
  Mailbox recipient;            ///< mail to its domain goes to the servers that are asked
  std::optional<Mailbox> from;  ///< MAIL FROM; nullopt for the null sender
  Span at, from_at;             ///< of `recipient` and of `from`
};

/// A way by which a domain's mail leaves: through a sender or a relay of its `via`.
struct MailPath {
  std::string id;                      ///< `example.com via mx1`
  std::uint32_t domain = 0;            ///< index into Inventory::domains
  std::optional<SenderIndex> sender;   ///< nullopt: it leaves through a relay
  std::optional<std::uint32_t> relay;  ///< index into Inventory::relays; nullopt: through a sender
  Span at;                             ///< the entry of `via`
};

/// A DNS-based list (RFC 5782) that is asked whether what is declared stands on it.
struct Blocklist {
  /// What an answer of the list means, by the addresses that it is made of.
  struct Code {
    Prefix block;
    std::string meaning;
  };
  Name zone;
  bool of_names = false;         ///< it lists domain names; else addresses
  std::vector<Code> codes;       ///< before what is known of the list; empty: only that
  std::vector<Prefix> refusals;  ///< answers that say that one may not ask, beside those that are known
  std::optional<Name> test;      ///< of a list of names: the name that it always lists, without the zone
  Span at;
};

/// How blocklists are asked, in all files of an inventory.
struct BlocklistUse {
  std::uint32_t limit = 1000;      ///< of one list no more addresses or names are looked up
  bool special_addresses = false;  ///< private and documentation addresses are looked up, too
};

struct NamePattern {
  std::string regex;  ///< ECMAScript, checked to compile
  Span at;
};

/// A file that the inventory names, from the inventory's folder; as it is where it is absolute.
struct NamedFile {
  std::string path;
  Span at;
};

struct Standards {
  std::vector<NamePattern> names;
  std::optional<milliseconds> latency_warn, latency_fail;
  std::optional<NamedFile> as_data;  ///< which autonomous system announces an address
};

struct RuleSetting {
  std::string rule;
  Severity severity{};
  Span at;
};

struct Waiver {
  std::string rule;
  /// A target's id, and what is in that: a sender's addresses, and what has a name in a zone; a block or a range of
  /// addresses; or a glob over ids.
  std::string target;
  std::string reason;
  std::optional<Time> expires;  ///< first moment at which it holds no more: the day after the date written
  Span at;
  Span expires_at;
  /// Of one that stands in a comment: the line that it is about. `target` is then only what that line says.
  std::optional<Span> line{};
};

/// A comment that somebody may take for a waiver, and that is none.
struct MistakenWaiver {
  std::string text;  ///< as it is written
  Span at;
};

/// An address that mail left from once: whatever the DNS still says of it is to go. Ranges are expanded
/// already.
struct RetiredAddress {
  IpAddress ip;
  Span at;
};

/// A name that addresses had once, as PTR or HELO name.
struct RetiredName {
  Name name;
  Span at;
};

/// An inventory that was read without an error. Everything keeps the place that it was read from; names of
/// files are relative to the folder of `path`, whichever file they stand in.
struct Inventory {
  Defaults defaults;
  std::vector<Vantage> vantages;  ///< never empty: one recursive vantage unless the file says otherwise
  Quorum quorum = Quorum::any;
  std::vector<Zone> zones;
  std::vector<Sender> senders;
  std::vector<Address> addresses;  ///< in file order, expanded
  std::vector<FurtherHelo> further_helos;
  std::vector<Address>
      further_addresses;  ///< as in `addresses`, with a further name for their HELO; `at` is its place
  std::vector<InternalView> internal_views;
  std::vector<Relay> relays;
  std::vector<Domain> domains;
  std::vector<Blocklist> blocklists;
  BlocklistUse blocklist_use;
  std::vector<MailPath> paths;  ///< one for each entry of each domain's `via`, in that order
  std::vector<Probe> probes;    ///< each recipient once
  Standards standards;
  std::vector<RuleSetting> rules;
  std::vector<Waiver> waivers;
  std::vector<MistakenWaiver> mistaken_waivers;
  std::vector<RetiredAddress> retired_addresses;  ///< none of them is in `addresses`
  std::vector<RetiredName> retired_names;         ///< none of them is a PTR or HELO name of `addresses`
  std::string path;                               ///< its first file, as given on the command line
  /// Of the file's octets; of several files, what `sha256sum FILES | LC_ALL=C sort -k 2 | sha256sum` makes of
  /// them in the folder of `path`.
  std::string sha256;
  Span top;  ///< the start of the first file

  const Sender& sender_of(const Address& address) const { return senders[address.sender]; }
  const Domain& domain_of(const MailPath& way) const { return domains[way.domain]; }
  /// nullptr where the mail leaves through a relay.
  const Sender* sender_of(const MailPath& way) const { return way.sender ? &senders[*way.sender] : nullptr; }
  /// nullptr where it leaves through a sender.
  const Relay* relay_of(const MailPath& way) const { return way.relay ? &relays[*way.relay] : nullptr; }
  /// Adds a zone, and what finds it. False, and nothing added, where there is one of its name.
  bool add_zone(Zone zone);
  /// The deepest declared zone that holds the name; nullptr where none does.
  const Zone* zone_of(const Name& name) const;
  /// The address entry with this IP; nullptr for a stranger.
  const Address* find(const IpAddress& ip) const { return first_in({ip, ip.bits()}); }
  /// The first of the address entries in a block; nullptr where none is in it.
  const Address* first_in(const Prefix& block) const;

  /// What the inventory expects of an internal view for this address; nullptr where it expects nothing.
  const InternalView* internal_view_of(const Address& address) const {
    return address.internal_view == Address::no_internal_view ? nullptr
                                                              : &internal_views[address.internal_view];
  }
  /// What a PTR or HELO name of addresses with an internal view is to have; nullptr for any other name.
  const NameInside* name_inside(const Name& name, bool is_v6) const;

  /// The first relay whose HELO names look like this one; nullptr where none does.
  const Relay* relay_with_helo(const Name& helo) const {
    const auto relay = relay_helos.first_matching(helo.text());
    return relay < relay_helos.size() ? &relays[relay] : nullptr;
  }

  /// Built by the loader, with add_zone(), for the look-ups above.
  std::map<std::string, std::size_t, std::less<>> zone_index;  ///< wire name → index into zones
  /// Wire name of a /24's reverse zone → indices of the zones cut from it (RFC 2317 §4), in file order.
  std::map<std::string, std::vector<std::size_t>, std::less<>> classless_index;
  std::vector<AddressIndex> by_ip;                                  ///< indices into addresses, sorted by IP
  std::map<std::pair<std::string, bool>, NameInside> names_inside;  ///< by wire name and "is IPv6"
  GlobSet relay_helos;  ///< their patterns, in the order of `relays`; one that is empty matches no name
};

/// What stands for the domain in From in `mail_from` and `dkim_domain`.
inline constexpr std::string_view domain_placeholder = "{domain}";
/// `text` with the domain in From put in; the error says why that is no domain name.
Result<Name> name_for(std::string_view text, const Name& domain);

/// The domain in MAIL FROM of mail of a domain that leaves through a relay; nullptr: through a sender.
Name mail_from_of(const Domain& domain, const Relay* relay);
/// The domain that such mail is signed as (d=).
Name signer_of(const Domain& domain, const Relay* relay);

/// Calls `visit` for its PTR name and for each of its HELO names. The root stands for none, and a name may come twice.
template <typename Visit>
void for_each_name(const Address& address, const Visit& visit) {
  visit(address.ptr);
  visit(address.helo);
  for (const auto& name : address.other_helos) visit(name);
}

/// One of its HELO names is this one.
inline bool says_helo(const Address& address, const Name& name) {
  return address.helo == name ||
         std::find(address.other_helos.begin(), address.other_helos.end(), name) != address.other_helos.end();
}

}  // namespace rdnsgate::inventory
