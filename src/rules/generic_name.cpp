// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "rules/generic_name.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <functional>
#include <unordered_map>
#include <vector>

#include "base/ascii.h"
#include "rules/address_in_name.h"
#include "rules/public_suffix.h"

namespace rdnsgate::rules {
namespace {

struct Word {
  std::string_view text;
  int points;
};

constexpr std::array words = std::to_array<Word>({
    // Access lines, and names that say that nobody lives there.
    {"adsl", 30},
    {"broadband", 30},
    {"cablemodem", 30},
    {"catv", 30},
    {"cdma", 30},
    {"dhcp", 30},
    {"dial-up", 30},
    {"dialup", 30},
    {"dsl", 30},
    {"dyn", 30},
    {"dynamic", 30},
    {"dynip", 30},
    {"gprs", 30},
    {"homeuser", 30},
    {"in-addr", 30},
    {"modem", 30},
    {"nat", 30},
    {"ppp", 30},
    {"pppoe", 30},
    {"pptp", 30},
    {"unassigned", 30},
    {"unused", 30},
    {"wifi", 30},
    {"xdsl", 30},
    // Words of access lines that mail clusters use too.
    {"cable", 15},
    {"fbx", 15},
    {"fibertel", 15},
    {"host", 15},
    {"kabel", 15},
    {"pool", 15},
    // Words of rented servers. "static" does not absolve: it says only that the address stays.
    {"client", 5},
    {"clients", 5},
    {"cust", 5},
    {"customer", 5},
    {"ip", 5},
    {"peer", 5},
    {"rev", 5},
    {"reverse", 5},
    {"static", 5},
    {"user", 5},
    {"vps", 5},
});

/// Zones whose names a provider makes from the address or a serial number, until the customer sets another.
/// Zones in which providers run their own mail servers are not among them.
constexpr std::array<std::string_view, 22> provider_zones{
    "akamaitechnologies.com",
    "bc.googleusercontent.com",
    "bestsrv.de",
    "cloud-ips.com",
    "cloudapp.azure.com",
    "cloudapp.net",
    "colocrossing.com",
    "compute-1.amazonaws.com",
    "compute.amazonaws.com",
    "contaboserver.net",
    "hstgr.cloud",
    "ip.linodeusercontent.com",
    "ip.secureserver.net",
    "members.linode.com",
    "poneytelecom.eu",
    "quicksrv.de",
    "sl-reverse.com",
    "stratoserver.net",
    "vps.ovh.net",
    "vultrusercontent.com",
    "your-server.de",
    "yourvserver.net",
};

struct WireHash : std::hash<std::string_view> {
  using is_transparent = void;
};

/// By wire name. Most names end in none of the last two labels, which are all that is looked up then.
struct ProviderZones {
  using ByWire = std::unordered_map<std::string, std::string_view, WireHash, std::equal_to<>>;
  ByWire zones, ends;

  ProviderZones() {
    for (const auto text : provider_zones) {
      auto zone = dns::Name::parse(text).value();
      zones.emplace(zone.wire(), text);
      while (zone.label_count() > 2) zone = zone.parent();
      ends.emplace(zone.wire(), text);
    }
  }
};

/// Whether the word stands in the text with no letter beside it.
bool holds_word(std::string_view text, std::string_view word) {
  for (auto at = text.find(word); at != std::string_view::npos; at = text.find(word, at + 1)) {
    const auto end = at + word.size();
    if ((at == 0 || !is_lower(text[at - 1])) && (end == text.size() || !is_lower(text[end]))) return true;
  }
  return false;
}

/// The words of a text, to be asked for many: its runs of letters.
class WordsOf {
 public:
  explicit WordsOf(std::string_view text) : text_(text) {
    for (std::size_t at = 0; at < text.size() && count_ < runs_.size();) {
      std::size_t end = at;
      while (end < text.size() && is_lower(text[end])) ++end;
      if (end > at) runs_[count_++] = text.substr(at, end - at);
      at = end + 1;
    }
  }

  bool hold(std::string_view word) const {
    const auto last = runs_.begin() + static_cast<std::ptrdiff_t>(count_);
    if (std::find(runs_.begin(), last, word) != last) return true;
    // What is of several runs, and of a name with more of them than a person would write.
    return (word.find('-') != std::string_view::npos || count_ == runs_.size()) && holds_word(text_, word);
  }

 private:
  std::string_view text_;
  std::array<std::string_view, 32> runs_;
  std::size_t count_ = 0;
};

/// Some of the words may stand in the text, one of which begins so: of most names none does.
class MayHoldWord {
 public:
  MayHoldWord() {
    for (const auto& word : words) {
      const auto first = word.text.substr(0, word.text.find('-'));
      by_letter_[index_of(first.front())].push_back(first);
    }
  }
  bool operator()(std::string_view text) const {
    for (std::size_t at = 0; at < text.size(); ++at) {
      std::size_t end = at;
      while (end < text.size() && is_lower(text[end])) ++end;
      if (end == at) continue;
      const auto run = text.substr(at, end - at);
      const auto& known = by_letter_[index_of(run.front())];
      if (std::find(known.begin(), known.end(), run) != known.end()) return true;
      at = end;
    }
    return false;
  }

 private:
  static std::size_t index_of(char letter) { return static_cast<std::size_t>(letter - 'a'); }
  std::array<std::vector<std::string_view>, 26> by_letter_;
};

/// `mail`, `mx1`, `out-03`: what a mail server is called when a person names it.
bool is_mail_label(std::string_view label) {
  if (label.empty() || std::string_view("mors").find(label.front()) == std::string_view::npos) return false;
  for (const std::string_view word : {"mail", "mta", "mx", "out", "relay", "smtp"}) {
    if (!label.starts_with(word)) continue;
    std::string_view rest = label.substr(word.size());
    if (rest.starts_with('-') && rest.size() > 1) rest.remove_prefix(1);
    if (rest.size() <= 4 && rest.find_first_not_of("0123456789") == std::string_view::npos) return true;
  }
  return false;
}

/// `ip57.ip-192-0-2.eu`: OVH's scheme for dedicated servers has the address in the registered domain itself.
bool is_ovh_ip_zone(const dns::Name& registered) {
  const auto label = registered.first_label();
  return label.starts_with("ip-") && label.find_first_not_of("0123456789-", 3) == std::string_view::npos &&
         std::count(label.begin(), label.end(), '-') >= 3;
}

}  // namespace

std::string_view provider_default_zone(const dns::Name& name) {
  static const ProviderZones known;
  const auto labels = name.labels();
  bool may_be_ovh = false;
  for (const auto label : labels) may_be_ovh = may_be_ovh || label.starts_with("ip-");
  const auto from = [&](std::size_t label) {
    return std::string_view(name.wire()).substr(static_cast<std::size_t>(labels[label].data() - name.wire().data()) - 1);
  };
  if (labels.size() > 1 && known.ends.contains(from(labels.size() - 2))) {
    for (std::size_t i = 0; i + 1 < labels.size(); ++i) {
      if (const auto found = known.zones.find(from(i)); found != known.zones.end()) return found->second;
    }
  }
  return may_be_ovh && is_ovh_ip_zone(registered_domain(name)) ? std::string_view("ip-*")
                                                               : std::string_view();
}

GenericScore score_generic(const dns::Name& name, const IpAddress& address) {
  GenericScore score;
  const auto add = [&](std::string_view text, int points) {
    score.signals.push_back({std::string(text), points});
    score.points += points;
  };
  const std::string text = name.text();
  const std::string_view embedded = address_in_name(text, address);
  if (!embedded.empty()) add(embedded, 50);
  // Only the host's part counts; where that ends takes a while to find out, and most names have none of the
  // words.
  static const MayHoldWord may_hold_word;
  if (may_hold_word(text)) {
    const std::string suffix = registered_domain(name).text();
    const std::string_view hosts = std::string_view(text).substr(0, text.size() - suffix.size());
    const WordsOf host_words(hosts);
    bool has_word = false;
    for (const auto& word : words) {
      if (!host_words.hold(word.text)) continue;
      add(word.text, word.points);
      has_word = true;
    }
    if (embedded.empty() && has_word) {
      if (const auto tail = last_octets_in_name(hosts, address); !tail.empty()) add(tail, 20);
    }
  }
  if (const auto zone = provider_default_zone(name); !zone.empty()) add(zone, 20);
  for (const auto label : name.labels()) {
    if (!is_mail_label(label)) continue;
    add(label, -20);
    break;
  }
  score.points = std::max(score.points, 0);
  return score;
}

audit::Values GenericScore::values() const {
  std::vector<std::string> parts;
  for (const auto& signal : signals) parts.push_back(fmt::format("\"{}\" {:+}", signal.text, signal.points));
  return {{"score", static_cast<unsigned>(points)}, {"signals", audit::whole_list(parts)}};
}

}  // namespace rdnsgate::rules
