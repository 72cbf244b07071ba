// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "resolve/walk/server_answers.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "dns/serial.h"

namespace rdnsgate::resolve {
namespace {

using dns::Fact;
using dns::Outcome;

bool was_silent(const Fact& fact) {
  return fact.outcome == Outcome::timeout || fact.outcome == Outcome::unreachable ||
         fact.outcome == Outcome::unanswered;
}

/// As far as the records asked for go: the SOA record of a denial differs wherever the serials do, which the
/// question for the SOA record itself tells.
bool say_the_same(const Fact& a, const Fact& b) {
  return a.outcome == b.outcome && a.answer == b.answer && (!a.soa || !b.soa || a.soa->owner == b.soa->owner);
}

bool all_the_same(const std::vector<ServerSaid>& said) {
  const Fact* first = nullptr;
  for (const auto& it : said) {
    if (was_silent(it.fact)) continue;
    if (first == nullptr) first = &it.fact;
    if (!say_the_same(*first, it.fact)) return false;
  }
  return true;
}

/// The answer of the newest copy; of copies of one age the one that more servers have, and then the first.
std::size_t newest(const std::vector<ServerSaid>& said) {
  const auto copies = [&](const Fact& fact) {
    return std::count_if(said.begin(), said.end(),
                         [&](const auto& it) { return say_the_same(it.fact, fact); });
  };
  std::size_t best = said.size();
  for (std::size_t i = 0; i < said.size(); ++i) {
    if (!dns::is_definite(said[i].fact.outcome)) continue;
    if (best == said.size()) {
      best = i;
      continue;
    }
    const auto serial = said[i].server->serial, best_serial = said[best].server->serial;
    const bool newer = dns::is_newer_serial(serial, best_serial);
    if (newer ||
        (!dns::is_newer_serial(best_serial, serial) && copies(said[i].fact) > copies(said[best].fact)))
      best = i;
  }
  return best;
}

/// Of failures the first that is more than silence.
std::size_t telling(const std::vector<ServerSaid>& said) {
  const auto replied =
      std::find_if(said.begin(), said.end(), [](const auto& it) { return !was_silent(it.fact); });
  return replied == said.end() ? 0 : static_cast<std::size_t>(replied - said.begin());
}

std::string why_none(const std::vector<ServerSaid>& said) {
  constexpr std::size_t enough = 4;
  std::vector<std::string> reasons;
  for (const auto& it : said) {
    if (reasons.size() == enough) break;
    reasons.push_back(fmt::format("{} {}: {}", it.server->name.text(), it.server->address.to_string(),
                                  it.fact.reason.empty() ? to_string(it.fact.outcome) : it.fact.reason));
  }
  const auto more = said.size() - reasons.size();
  return fmt::format("{}{}", fmt::join(reasons, "; "), more > 0 ? fmt::format("; and {} more", more) : "");
}

}  // namespace

Fact join_answers(std::vector<ServerSaid>&& said) {
  if (said.size() == 1 && dns::is_definite(said.front().fact.outcome)) return std::move(said.front().fact);
  const auto best = newest(said);
  if (best == said.size()) {
    auto reason = why_none(said);
    Fact fact = std::move(said[telling(said)].fact);
    fact.reason = std::move(reason);
    return fact;
  }
  std::vector<dns::ServerAnswer> servers;
  if (!all_the_same(said)) {
    for (const auto& it : said)
      servers.push_back({it.server->name, it.server->address, it.fact.outcome, it.fact.answer, it.fact.soa,
                         it.fact.reason});
  }
  Fact fact = std::move(said[best].fact);
  fact.servers = std::move(servers);
  return fact;
}

}  // namespace rdnsgate::resolve
