// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "mailauth/records/alignment.h"

#include <algorithm>
#include <array>
#include <map>
#include <utility>

namespace rdnsgate::mailauth {
namespace {

using dns::Name;

/// Two names of one top-level domain can have an organisational domain in common, and others cannot.
bool can_share(const Name& a, const Name& b) {
  auto top = a;
  while (top.label_count() > 1) top = top.parent();
  return b.is_within(top);
}

/// What a name holds that could not be asked: no record, or one with psd=u, y or n.
using Guess = std::optional<char>;
constexpr std::array<Guess, 4> guesses{std::nullopt, 'u', 'y', 'n'};

class Guesser {
 public:
  Guesser(const TreeWalk& from, const TreeWalk& authenticated) : walks_{&from, &authenticated} {
    for (const auto* walk : walks_) {
      for (const auto& stop : walk->stops) {
        if (!stop.answer.known()) guessed_.emplace(stop.domain, std::nullopt);
      }
    }
  }

  /// Whether both have one organisational domain; nullopt where it depends.
  std::optional<bool> share() {
    constexpr std::size_t most = 4;
    if (guessed_.size() > most) return std::nullopt;
    std::size_t combinations = 1;
    for (std::size_t i = 0; i < guessed_.size(); ++i) combinations *= guesses.size();
    const bool first = share_if(0);
    for (std::size_t i = 1; i < combinations; ++i) {
      if (share_if(i) != first) return std::nullopt;
    }
    return first;
  }

 private:
  bool share_if(std::size_t combination) {
    for (auto& [name, guess] : guessed_) {
      guess = guesses[combination % guesses.size()];
      combination /= guesses.size();
    }
    return organisation(*walks_[0]) == organisation(*walks_[1]);
  }

  Name organisation(const TreeWalk& walk) const {
    std::vector<PsdAt> stops;
    for (const auto& stop : walk.stops) {
      const auto guess = guessed_.find(stop.domain);
      stops.push_back({stop.domain, guess != guessed_.end() ? guess->second
                                    : stop.record           ? Guess(stop.record->psd)
                                                            : std::nullopt});
    }
    return organisational_by(stops);
  }

  std::array<const TreeWalk*, 2> walks_;
  std::map<Name, Guess> guessed_;
};

Alignment relaxed(std::optional<bool> share) {
  if (!share) return Alignment::unknown;
  return *share ? Alignment::same_organisation : Alignment::other_organisation;
}

/// What the names tell by themselves; nullopt where the organisational domains decide.
std::optional<Alignment> by_names(const Name& from, const Name& authenticated, AlignmentMode mode) {
  if (from == authenticated) return Alignment::same_domain;
  if (!can_share(from, authenticated)) return Alignment::other_organisation;
  if (mode == AlignmentMode::strict) return Alignment::strict_differs;
  return std::nullopt;
}

/// The better of two: aligned before unknown before not aligned.
Alignment better(Alignment a, Alignment b) {
  const auto worth = [](Alignment one) { return is_aligned(one) ? 2 : is_known(one) ? 0 : 1; };
  return worth(b) > worth(a) ? b : a;
}

/// Both modes, where it is not known which holds.
Alignment either(Alignment strict, Alignment relaxed_one) {
  return is_aligned(strict) == is_aligned(relaxed_one) && is_known(relaxed_one) ? relaxed_one
                                                                                : Alignment::unknown;
}

class Forecaster {
 public:
  Forecaster(dns::FactDesk& desk, const DmarcDiscovery& found, const PathIdentities& path,
             const OrganisationalDomain& organisational)
      : desk_(desk), found_(found), path_(path), organisational_(organisational) {}

  DmarcForecasts forecast() {
    const auto* stop = found_.applying();
    return {
        of(&Alignments::tree, stop != nullptr ? &*stop->record : nullptr, found_.walk.decided, found_.policy),
        of(&Alignments::list, found_.record_7489 ? &*found_.record_7489 : nullptr, found_.decided_7489,
           found_.policy_7489)};
  }

 private:
  DmarcForecast of(Alignment Alignments::*generation, const DmarcRecord* record, bool decided,
                   std::optional<DmarcPolicy> policy) {
    DmarcForecast forecast;
    forecast.policy = policy;
    const auto judged = [&](const Name& authenticated, bool strict) {
      const auto by = [&](AlignmentMode mode) {
        return align(desk_, found_.domain, authenticated, mode, organisational_).*generation;
      };
      if (record == nullptr && !decided) return either(by(AlignmentMode::strict), by(AlignmentMode::relaxed));
      return by(strict ? AlignmentMode::strict : AlignmentMode::relaxed);
    };
    if (path_.mail_from) forecast.spf = judged(*path_.mail_from, record != nullptr && record->strict_spf);
    for (const auto& signer : path_.signers) {
      const auto one = judged(signer, record != nullptr && record->strict_dkim);
      forecast.dkim = forecast.dkim ? better(*forecast.dkim, one) : one;
    }
    forecast.result = result(forecast, record, decided);
    return forecast;
  }

  static DmarcResult result(const DmarcForecast& forecast, const DmarcRecord* record, bool decided) {
    if (record == nullptr) return decided ? DmarcResult::none : DmarcResult::unknown;
    if (!record->policy) return DmarcResult::none;  // it has no effect
    const auto best = better(forecast.spf.value_or(Alignment::other_organisation),
                             forecast.dkim.value_or(Alignment::other_organisation));
    if (!is_known(best)) return DmarcResult::unknown;
    return is_aligned(best) ? DmarcResult::pass : DmarcResult::fail;
  }

  dns::FactDesk& desk_;
  const DmarcDiscovery& found_;
  const PathIdentities& path_;
  const OrganisationalDomain& organisational_;
};

}  // namespace

std::string_view to_string(Alignment alignment) {
  switch (alignment) {
    case Alignment::same_domain:
      return "the same domain";
    case Alignment::same_organisation:
      return "the same organisational domain";
    case Alignment::strict_differs:
      return "not the same domain, and alignment is strict";
    case Alignment::other_organisation:
      return "another organisational domain";
    case Alignment::unknown:
      return "not known";
  }
  return "not known";
}

std::string_view to_string(DmarcResult result) {
  switch (result) {
    case DmarcResult::none:
      return "none";
    case DmarcResult::pass:
      return "pass";
    case DmarcResult::fail:
      return "fail";
    case DmarcResult::unknown:
      return "unknown";
  }
  return "unknown";
}

Alignment align(const Name& from, const Name& authenticated, AlignmentMode mode,
                const std::optional<Name>& from_organisation,
                const std::optional<Name>& authenticated_organisation) {
  if (const auto told = by_names(from, authenticated, mode)) return *told;
  if (!from_organisation || !authenticated_organisation) return Alignment::unknown;
  return relaxed(*from_organisation == *authenticated_organisation);
}

Alignment align_by_walks(const TreeWalk& from, const TreeWalk& authenticated, AlignmentMode mode) {
  const auto told = by_names(from.stops.front().domain, authenticated.stops.front().domain, mode);
  return told ? *told : relaxed(Guesser(from, authenticated).share());
}

Alignments align(dns::FactDesk& desk, const Name& from, const Name& authenticated, AlignmentMode mode,
                 const OrganisationalDomain& organisational) {
  if (const auto told = by_names(from, authenticated, mode)) return {*told, *told};
  return {align_by_walks(walk_tree(desk, from), walk_tree(desk, authenticated), mode),
          align(from, authenticated, mode, organisational(from), organisational(authenticated))};
}

DmarcForecasts forecast_dmarc(dns::FactDesk& desk, const DmarcDiscovery& found, const PathIdentities& path,
                              const OrganisationalDomain& organisational) {
  return Forecaster(desk, found, path, organisational).forecast();
}

}  // namespace rdnsgate::mailauth
