// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "mailauth/records/sts_policy.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "base/ip.h"
#include "base/text/text.h"

namespace rdnsgate::mailauth {
namespace {

constexpr std::size_t most_patterns = 1000, most_faults = 8, longest_shown = 64;

std::string shown(std::string_view text) {
  return text.size() > longest_shown ? fmt::format("\"{}...\"", text.substr(0, longest_shown))
                                     : fmt::format("\"{}\"", text);
}

/// The domain behind the star, or the host.
std::optional<dns::Name> name_of(std::string_view pattern) {
  if (pattern.starts_with("*.")) pattern.remove_prefix(2);
  if (pattern.find('*') != std::string_view::npos || IpAddress::read(std::string(pattern)))
    return std::nullopt;
  auto name = dns::Name::from_host(pattern);
  if (!name || name->is_root()) return std::nullopt;
  return std::move(*name);
}

class PolicyReader {
 public:
  StsPolicy read(std::string_view text) {
    while (!text.empty()) {
      const auto end = text.find('\n');
      auto line = text.substr(0, end);
      text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
      if (line.ends_with('\r')) line.remove_suffix(1);
      if (!trimmed(line).empty()) field(line);
    }
    if (!version_) fault("it has no version");
    if (!mode_seen_) fault("it has no mode");
    if (!max_age_seen_) fault("it has no max_age");
    if (policy_.mx.empty() && !mx_seen_ && policy_.mode != StsPolicy::Mode::none) fault("it names no mx");
    return std::move(policy_);
  }

 private:
  void fault(std::string text) {
    if (policy_.faults.size() < most_faults) policy_.faults.push_back(std::move(text));
  }

  /// Of a key that is there twice the first counts, but of mx.
  void field(std::string_view line) {
    const auto colon = line.find(':');
    if (colon == std::string_view::npos) return fault(fmt::format("{} is no \"key: value\"", shown(line)));
    const auto key = line.substr(0, colon), value = trimmed(line.substr(colon + 1));
    if (key == "version") {
      if (!std::exchange(version_, true) && value != "STSv1")
        fault(fmt::format("its version is {}, not STSv1", shown(value)));
    } else if (key == "mode") {
      if (!std::exchange(mode_seen_, true)) mode(value);
    } else if (key == "max_age") {
      if (!std::exchange(max_age_seen_, true)) max_age(value);
    } else if (key == "mx") {
      mx_seen_ = true;
      mx(value);
    }
  }

  void mode(std::string_view value) {
    using enum StsPolicy::Mode;
    if (value == "enforce") return void(policy_.mode = enforce);
    if (value == "testing") return void(policy_.mode = testing);
    if (value == "none") return void(policy_.mode = none);
    fault(fmt::format("its mode is {}, none of enforce, testing and none", shown(value)));
  }

  void max_age(std::string_view value) {
    constexpr std::int64_t most = 31'557'600;  // about a year
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), number);
    if (error != std::errc() || end != value.data() + value.size() || number < 0 || number > most)
      return fault(fmt::format("its max_age is {}, no number of seconds from 0 to {}", shown(value), most));
    policy_.max_age = seconds(number);
  }

  void mx(std::string_view value) {
    if (!name_of(value))
      return fault(fmt::format("its mx {} is no host name, nor \"*.\" and a domain", shown(value)));
    if (policy_.mx.size() < most_patterns) policy_.mx.emplace_back(value);
  }

  StsPolicy policy_;
  bool version_ = false, mode_seen_ = false, max_age_seen_ = false, mx_seen_ = false;
};

}  // namespace

bool StsPolicy::allows(const dns::Name& host) const {
  return std::any_of(mx.begin(), mx.end(), [&](const std::string& pattern) {
    const auto name = name_of(pattern);
    if (!name) return false;
    if (!pattern.starts_with("*.")) return host == *name;
    return host.label_count() == name->label_count() + 1 && host.parent() == *name;
  });
}

StsPolicy read_sts_policy(std::string_view text) { return PolicyReader().read(text); }

}  // namespace rdnsgate::mailauth
