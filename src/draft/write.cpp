// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "draft/write.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "base/address_ranges.h"
#include "base/text/escape.h"
#include "base/text/utf8.h"
#include "draft/senders.h"
#include "mailauth/spf/spf_span.h"
#include "yaml/emitter.h"

namespace rdnsgate::draft {
namespace {

using Form = yaml::Emitter::Form;

/// One item of a list, on one line.
template <typename Fill>
std::string item(std::size_t indent, const Fill& fill) {
  yaml::Emitter out;
  out.begin_map(Form::one_line);
  fill(out);
  out.end_map();
  return yaml::indented(out.take(), indent + 2, "- ");
}

void put_address(yaml::Emitter& out, const IpAddress& ip) {
  ip.is_v4() ? out.plain(ip.to_string()) : out.quoted(ip.to_string());
}

/// Whether it can be a scalar that means the same again: not too long, and without characters that YAML does
/// not allow, takes for the end of a line, or nobody can see.
bool can_stand(std::string_view text) {
  constexpr std::size_t longest = 1000;  // the inventory's reader takes 1,024 octets
  if (text.size() > longest || !is_utf8(text) || escape_terminal(text) != text) return false;
  for (const std::string_view sign : {"\u2028", "\u2029", "\uFFFE", "\uFFFF"}) {
    if (text.find(sign) != std::string_view::npos) return false;
  }
  return true;
}

/// The beginning of a text that could not stand there, for a comment.
std::string beginning_of(std::string_view text) {
  constexpr std::size_t enough = 80;
  return text.size() <= enough ? escape_terminal(text) : escape_terminal(text.substr(0, enough)) + "...";
}

/// As one comment line has it.
std::string in_comment(std::string_view text) { return escape_terminal(text); }

std::string range_text(const IpAddress& first, const IpAddress& last) {
  return first == last ? first.to_string() : fmt::format("{}-{}", first.to_string(), last.to_string());
}

class InventoryWriter {
 public:
  explicit InventoryWriter(const Estate& estate) : estate_(estate), senders_(senders_of(estate)) {}

  std::string take() {
    head();
    zones();
    senders();
    left_out();
    further_names();
    domains();
    rules();
    return std::move(out_);
  }

 private:
  template <typename... Values>
  void line(fmt::format_string<Values...> text, Values&&... values) {
    fmt::format_to(std::back_inserter(out_), text, std::forward<Values>(values)...);
    out_ += '\n';
  }

  void head() {
    line("# A first inventory, by \"rdnsgate init\". Read it through: comments say what could not be known.");
    for (const auto& note : estate_.notes) line("# {}", in_comment(note));
    line("version: 1");
  }

  void zones() {
    out_ += '\n';
    if (estate_.zones.empty()) {
      line(
          "# Which zones hold the names is not known. Once they are listed, a name outside of them is an "
          "error:");
      line("# zones:\n#   - {{name: 2.0.192.in-addr.arpa, managed_by: ticket, contact: noc@hoster.example}}");
      return;
    }
    line("zones:");
    if (std::any_of(estate_.zones.begin(), estate_.zones.end(),
                    [](const Zone& z) { return z.managed_by.empty(); }))
      line("  # managed_by is not known: zonefile, nsupdate, octodns, dnscontrol or ticket, with a contact");
    for (const auto& zone : estate_.zones) {
      if (!zone.file.empty() && !can_stand(zone.file)) line("  # its file: {}", beginning_of(zone.file));
      out_ += item(2, [&](yaml::Emitter& out) {
        out.member("name", zone.name.text());
        if (!zone.managed_by.empty()) out.member("managed_by", zone.managed_by);
        if (!zone.file.empty() && can_stand(zone.file)) out.member("file", zone.file);
      });
    }
  }

  void senders() {
    out_ += '\n';
    line("senders:");
    if (std::any_of(senders_.begin(), senders_.end(), [](const Sender& s) { return s.helo_guessed; }))
      line("  # helo is taken to be the PTR name, unless a source gave it: compare with what the hosts say");
    for (const auto& sender : senders_) write(sender);
  }

  void write(const Sender& sender) {
    const bool owner_stands = can_stand(sender.owner);
    yaml::Emitter names;
    names.begin_map().member("name", sender.name).member("helo", sender.helo);
    if (owner_stands && !sender.owner.empty()) names.member("owner", sender.owner);
    names.end_map();
    out_ += yaml::indented(names.take(), 4, "- ");
    if (!owner_stands)
      line("    # owner: left out, {} octets: {}", sender.owner.size(), beginning_of(sender.owner));
    yaml::Emitter addresses;
    addresses.begin_map().key("addresses");
    put_entries(addresses, sender.entries);
    addresses.end_map();
    out_ += yaml::indented(addresses.take(), 4);
  }

  static void put_entries(yaml::Emitter& out, const std::vector<Entry>& entries) {
    const bool short_form =
        std::all_of(entries.begin(), entries.end(),
                    [](const Entry& entry) { return entry.ptr.empty() && entry.helo.empty(); }) &&
        entries.size() <= 4;
    out.begin_list(short_form ? Form::one_line : Form::block);
    for (const auto& entry : entries) {
      if (entry.ptr.empty() && entry.helo.empty()) {
        put_address(out, entry.first);
      } else {
        put_entry(out, entry);
      }
    }
    out.end_list();
  }

  static void put_entry(yaml::Emitter& out, const Entry& entry) {
    out.begin_map(Form::one_line);
    if (entry.first == entry.last) {
      put_address(out.key("ip"), entry.first);
    } else {
      const auto range = range_text(entry.first, entry.last);
      out.key("range");
      entry.first.is_v4() ? out.plain(range) : out.quoted(range);
    }
    if (!entry.ptr.empty()) out.member("ptr", entry.ptr);
    if (entry.start != 1) out.key("start").plain(std::to_string(entry.start));
    if (!entry.helo.empty()) out.member("helo", entry.helo);
    out.end_map();
  }

  /// What stands in the way of several in a row is said once.
  void left_out() {
    bool any = false;
    for (auto at = estate_.hosts.begin(); at != estate_.hosts.end();) {
      if (at->second.left_out.empty()) {
        ++at;
        continue;
      }
      if (!std::exchange(any, true)) line("\n# Left out:");
      const auto first = at;
      IpAddress last = first->first;
      while (++at != estate_.hosts.end() && are_neighbours(last, at->first) &&
             at->second.left_out == first->second.left_out)
        last = at->first;
      line("# - {}: {}", range_text(first->first, last), in_comment(first->second.left_out));
    }
  }

  /// An inventory has one PTR name for an address.
  void further_names() {
    bool any = false;
    for (const auto& [ip, host] : estate_.hosts) {
      if (!host.left_out.empty() || host.ptr.size() < 2) continue;
      if (!std::exchange(any, true)) line("\n# Further names of addresses, that are not declared:");
      constexpr std::size_t most = 20;
      std::string names;
      for (std::size_t i = 1; i < std::min(host.ptr.size(), most); ++i)
        names += (i == 1 ? "" : ", ") + host.ptr[i].text();
      if (host.ptr.size() > most) names += fmt::format(" and {} more", host.ptr.size() - most);
      line("# - {}: {} (declared: {})", ip.to_string(), in_comment(names), host.ptr.front().text());
    }
  }

  void domains() {
    out_ += '\n';
    if (estate_.domains.empty()) {
      line("# Which domains send through these hosts is not known:");
      line("# domains:");
      out_ += "# " + item(2, [&](yaml::Emitter& out) {
                out.member("name", "example.com")
                    .key("via")
                    .begin_list(Form::one_line)
                    .text(senders_.front().name)
                    .end_list();
                put_all(out, "fail");
              });
      return;
    }
    relays();
    line("domains:");
    for (const auto& domain : estate_.domains) {
      for (const auto& note : domain.notes) line("  # {}", in_comment(note));
      out_ += item(2, [&](yaml::Emitter& out) {
        out.member("name", domain.name.text());
        if (const auto paths = paths_of(domain); !paths.empty()) {
          out.key("via").begin_list(Form::one_line);
          for (const auto& path : paths) out.text(path);
          out.end_list();
        }
        if (!domain.spf_all.empty()) put_all(out, domain.spf_all);
        if (domain.dmarc) put_dmarc(out, *domain.dmarc);
      });
    }
  }

  static void put_all(yaml::Emitter& out, std::string_view all) {
    out.key("spf").begin_map(Form::one_line).member("all", all).end_map();
  }

  static void put_dmarc(yaml::Emitter& out, const Dmarc& dmarc) {
    out.key("dmarc").begin_map(Form::one_line).member("policy", dmarc.policy);
    if (!dmarc.rua.empty()) put_list(out, "rua", dmarc.rua);
    out.end_map();
  }

  static void put_list(yaml::Emitter& out, std::string_view key, const std::vector<std::string>& texts) {
    out.key(key).begin_list(Form::one_line);
    for (const auto& text : texts) out.text(text);
    out.end_list();
  }

  /// Of all domains that it sends for.
  std::vector<std::string> selectors_of(const std::string& relay) const {
    std::set<std::string> all;
    for (const auto& domain : estate_.domains) {
      for (const auto& one : domain.relays) {
        if (one.name == relay) all.insert(one.dkim.begin(), one.dkim.end());
      }
    }
    return {all.begin(), all.end()};
  }

  bool has_published() const {
    return std::any_of(estate_.domains.begin(), estate_.domains.end(), [](const Domain& domain) {
      return std::any_of(domain.relays.begin(), domain.relays.end(),
                         [](const Relay& relay) { return !relay.published.empty(); });
    });
  }

  /// What a well-known relay says of itself, which may be otherwise here.
  void hints(const Relay& relay) {
    if (!relay.mail_from.empty())
      line("  # {} usually has in MAIL FROM: {}", relay.name, in_comment(fmt::format("{}", fmt::join(relay.mail_from, ", "))));
    if (!relay.documentation.empty()) line("  # {}: {}", relay.name, in_comment(relay.documentation));
  }

  /// What it publishes; nothing where an address of it has an owner already, which an inventory does not allow.
  std::vector<Prefix> blocks_of(const Relay& relay) {
    constexpr std::size_t most_blocks = 500;
    const auto overlaps = [](const AddressRange& a, const AddressRange& b) {
      return a.first.is_v4() == b.first.is_v4() && a.first <= b.last && b.first <= a.last;
    };
    std::vector<Prefix> blocks;
    for (const auto& range : relay.published) {
      const auto sender = estate_.hosts.lower_bound(range.first);
      const bool is_own = sender != estate_.hosts.end() && sender->first <= range.last &&
                          sender->first.is_v4() == range.first.is_v4();
      const bool is_taken = std::any_of(taken_.begin(), taken_.end(),
                                        [&](const AddressRange& one) { return overlaps(one, range); });
      if (is_own || is_taken) {
        line("  # the addresses of {} are not declared: {} are another's as well", relay.name,
             range_text(range.first, range.last));
        return {};
      }
      for (const auto& block : blocks_in(range)) blocks.push_back(block);
    }
    if (blocks.size() > most_blocks) {
      line("  # the addresses of {} are not declared: they are {} blocks", relay.name, blocks.size());
      return {};
    }
    taken_.insert(taken_.end(), relay.published.begin(), relay.published.end());
    return blocks;
  }

  /// As few as there can be.
  static std::vector<Prefix> blocks_in(const AddressRange& range) {
    std::vector<Prefix> blocks;
    std::optional<IpAddress> at = range.first;
    while (at && *at <= range.last && at->is_v4() == range.last.is_v4()) {
      unsigned length = at->bits();
      while (length > 0) {
        const auto wider = mailauth::spf_block(*at, length - 1);
        if (wider.network() != *at || wider.last() > range.last) break;
        --length;
      }
      blocks.emplace_back(*at, length);
      at = mailauth::address_after(blocks.back().last());
    }
    return blocks;
  }

  void relays() {
    std::set<std::string> written;
    for (const auto& domain : estate_.domains) {
      for (const auto& relay : domain.relays) {
        if (!written.insert(relay.name).second) continue;
        if (written.size() == 1) {
          line("relays:\n  # {} is not known",
               has_published() ? "as whom they send (mail_from, dkim_domain)"
                               : "from which addresses and as whom they send");
        }
        hints(relay);
        const auto selectors = selectors_of(relay.name);
        const auto blocks = blocks_of(relay);
        out_ += item(2, [&](yaml::Emitter& out) {
          out.member("name", relay.name).member("spf", relay.spf);
          if (!relay.helo.empty()) out.member("helo", relay.helo);
          if (!blocks.empty()) {
            out.key("addresses").begin_list(Form::one_line);
            for (const auto& block : blocks) {
              const auto text =
                  block.length() == block.network().bits() ? block.network().to_string() : block.to_string();
              block.network().is_v4() ? out.plain(text) : out.quoted(text);
            }
            out.end_list();
          }
          if (!selectors.empty()) put_list(out, "dkim", selectors);
        });
      }
    }
    if (!written.empty()) out_ += '\n';
  }

  std::vector<std::string> paths_of(const Domain& domain) const {
    std::vector<std::string> paths;
    for (const auto& sender : senders_) {
      const bool used = std::any_of(sender.entries.begin(), sender.entries.end(), [&](const Entry& entry) {
        return std::any_of(domain.addresses.begin(), domain.addresses.end(),
                           [&](const IpAddress& ip) { return entry.first <= ip && ip <= entry.last; });
      });
      if (used) paths.push_back(sender.name);
    }
    for (const auto& relay : domain.relays) paths.push_back(relay.name);
    return paths;
  }

  /// Private and documentation addresses are errors of an inventory of the public Internet; who asks for them
  /// knows.
  void rules() {
    std::set<std::string_view> off;
    for (const auto& [ip, host] : estate_.hosts) {
      const auto* block = special_purpose(ip);
      if (!host.left_out.empty() || block == nullptr || block->globally_reachable) continue;
      off.insert(block->documentation ? "addr-documentation" : "addr-not-global");
    }
    if (off.empty()) return;
    line("\nrules:\n  # some of the addresses are not those of the public Internet");
    for (const auto& rule : off) line("  {}: off", rule);
  }

  const Estate& estate_;
  std::vector<Sender> senders_;
  std::vector<AddressRange> taken_;  ///< by relays that are written
  std::string out_;
};

}  // namespace

std::string inventory_text(const Estate& estate) { return InventoryWriter(estate).take(); }

}  // namespace rdnsgate::draft
