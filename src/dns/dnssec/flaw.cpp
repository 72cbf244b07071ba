// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "dns/dnssec/flaw.h"

#include <fmt/format.h>

#include <algorithm>

namespace rdnsgate::dns {

std::string worded(Flaw flaw, const std::string& what) {
  switch (flaw) {
    case Flaw::signature_missing:
      return fmt::format("{} has no signature", what);
    case Flaw::signature_expired:
      return fmt::format("the signature over {} has expired", what);
    case Flaw::signature_not_yet_valid:
      return fmt::format("the signature over {} holds only later", what);
    case Flaw::signature_of_no_key:
      return fmt::format("the signature over {} is by no key of the zone", what);
    case Flaw::signature_broken:
      return fmt::format("the signature over {} does not fit it", what);
    case Flaw::denial_unproven:
      return fmt::format("nothing proves that there is no {}", what);
    case Flaw::expansion_unproven:
      return fmt::format("nothing proves that a wildcard may stand for {}", what);
    case Flaw::chain_broken:
      break;
  }
  return what;
}

std::string worded(const std::vector<Unproven>& unproven, std::size_t proven) {
  constexpr std::size_t enough = 8;
  std::vector<std::pair<std::string, std::vector<std::string>>> wrong;  // in the order of first appearance
  for (const auto& it : unproven) {
    const auto text = worded(it.flaw, it.what);
    auto known = std::find_if(wrong.begin(), wrong.end(), [&](const auto& one) { return one.first == text; });
    if (known == wrong.end()) known = wrong.insert(wrong.end(), {text, {}});
    auto server = fmt::format("{} ({})", it.server.text(), it.address.to_string());
    if (std::find(known->second.begin(), known->second.end(), server) == known->second.end())
      known->second.push_back(std::move(server));
  }
  std::string out;
  for (auto& [text, servers] : wrong) {
    const auto more = servers.size() - std::min(servers.size(), enough);
    servers.resize(servers.size() - more);
    out += fmt::format("{}{}, at {}{}", out.empty() ? "" : "; ", text, fmt::join(servers, ", "),
                       more > 0 ? fmt::format(" and {} more", more) : "");
  }
  if (proven > 0) out += "; other servers prove what they say, so that it fails now and then";
  return out;
}

}  // namespace rdnsgate::dns
