// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "draft/write.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <nlohmann/json.hpp>
#include <set>

#include "base/escape.h"
#include "base/utf8.h"
#include "draft/senders.h"
#include "yaml/yaml11.h"

namespace rdnsgate::draft {
namespace {

constexpr std::string_view plain_characters =
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._";

/// A scalar: as it is where no reader of YAML takes it for anything but text, else in quotes. The escapes of
/// JSON are YAML's too (YAML 1.2 section 7.3.1).
std::string scalar(std::string_view text) {
  const bool plain = !text.empty() && text.front() != '-' && text.front() != '.' &&
                     text.find_first_not_of(plain_characters) == std::string_view::npos &&
                     text.find_first_not_of("0123456789.eE_-") != std::string_view::npos &&
                     !yaml::yaml11_rewrites(text) && text != "null" && text != "true" && text != "false";
  if (plain) return std::string(text);
  // UTF-8 stays as it is: JSON escapes what is beyond the first plane as two halves, which YAML does not
  // know.
  return nlohmann::json(text).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
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

class Writer {
 public:
  explicit Writer(const Estate& estate) : estate_(estate), senders_(senders_of(estate)) {}

  std::string take() {
    head();
    zones();
    senders();
    left_out();
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
    line("# yaml-language-server: $schema=https://rdnsgate.example/schemas/inventory.schema.json");
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
      std::string members = fmt::format("name: {}", scalar(zone.name.text()));
      if (!zone.managed_by.empty()) members += fmt::format(", managed_by: {}", zone.managed_by);
      if (!zone.file.empty() && !can_stand(zone.file)) line("  # its file: {}", beginning_of(zone.file));
      if (!zone.file.empty() && can_stand(zone.file)) members += fmt::format(", file: {}", scalar(zone.file));
      line("  - {{{}}}", members);
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
    line("  - name: {}", scalar(sender.name));
    line("    helo: {}", scalar(sender.helo));
    if (can_stand(sender.owner)) {
      if (!sender.owner.empty()) line("    owner: {}", scalar(sender.owner));
    } else {
      line("    # owner: left out, {} octets: {}", sender.owner.size(), beginning_of(sender.owner));
    }
    const bool short_form =
        std::all_of(sender.entries.begin(), sender.entries.end(),
                    [](const Entry& entry) { return entry.ptr.empty() && entry.helo.empty(); }) &&
        sender.entries.size() <= 4;
    if (short_form) {
      std::string items;
      for (const auto& entry : sender.entries)
        items += fmt::format("{}{}", items.empty() ? "" : ", ", address(entry.first));
      line("    addresses: [{}]", items);
      return;
    }
    line("    addresses:");
    for (const auto& entry : sender.entries) {
      if (entry.ptr.empty() && entry.helo.empty()) {
        line("      - {}", address(entry.first));
        continue;
      }
      std::string members = entry.first == entry.last ? fmt::format("ip: {}", address(entry.first))
                                                      : fmt::format("range: {}", range(entry));
      if (!entry.ptr.empty()) members += fmt::format(", ptr: {}", scalar(entry.ptr));
      if (!entry.helo.empty()) members += fmt::format(", helo: {}", scalar(entry.helo));
      line("      - {{{}}}", members);
    }
  }

  static std::string address(const IpAddress& ip) {
    return ip.is_v4() ? ip.to_string() : fmt::format("\"{}\"", ip.to_string());
  }
  static std::string range(const Entry& entry) {
    const auto text = range_text(entry.first, entry.last);
    return entry.first.is_v4() ? text : fmt::format("\"{}\"", text);
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
      while (++at != estate_.hosts.end() && at->first == last.plus(1) &&
             at->second.left_out == first->second.left_out)
        last = at->first;
      line("# - {}: {}", range_text(first->first, last), in_comment(first->second.left_out));
    }
  }

  void domains() {
    out_ += '\n';
    if (estate_.domains.empty()) {
      line("# Which domains send through these hosts is not known:");
      line("# domains:\n#   - {{name: example.com, via: [{}], spf: {{all: fail}}}}",
           scalar(senders_.front().name));
      return;
    }
    relays();
    line("domains:");
    for (const auto& domain : estate_.domains) {
      for (const auto& note : domain.notes) line("  # {}", in_comment(note));
      std::string members = fmt::format("name: {}", scalar(domain.name.text()));
      if (const auto paths = paths_of(domain); !paths.empty()) members += fmt::format(", via: [{}]", paths);
      if (!domain.spf_all.empty()) members += fmt::format(", spf: {{all: {}}}", domain.spf_all);
      line("  - {{{}}}", members);
    }
  }

  void relays() {
    std::set<std::string> written;
    for (const auto& domain : estate_.domains) {
      for (const auto& relay : domain.relays) {
        if (!written.insert(relay.name).second) continue;
        if (written.size() == 1) line("relays:\n  # from which addresses and as whom they send is not known");
        line("  - {{name: {}, spf: {}}}", scalar(relay.name), scalar(relay.spf));
      }
    }
    if (!written.empty()) out_ += '\n';
  }

  std::string paths_of(const Domain& domain) const {
    std::string paths;
    const auto add = [&](const std::string& name) { paths += (paths.empty() ? "" : ", ") + scalar(name); };
    for (const auto& sender : senders_) {
      const bool used = std::any_of(sender.entries.begin(), sender.entries.end(), [&](const Entry& entry) {
        return std::any_of(domain.addresses.begin(), domain.addresses.end(),
                           [&](const IpAddress& ip) { return entry.first <= ip && ip <= entry.last; });
      });
      if (used) add(sender.name);
    }
    for (const auto& relay : domain.relays) add(relay.name);
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
  std::string out_;
};

}  // namespace

std::string inventory_text(const Estate& estate) { return Writer(estate).take(); }

}  // namespace rdnsgate::draft
