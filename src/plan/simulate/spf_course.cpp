// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "plan/simulate/spf_course.h"

#include <algorithm>

namespace rdnsgate::plan {

using mailauth::SpfLookup;

mailauth::SpfAsker SpfCourse::asker() {
  return [this](const Name& name, RrType type) {
    const auto* track = course_.changing(name, type);
    if (track == nullptr) {
      const auto* standing = scene_.find(name, type);
      if (standing == nullptr || !standing->is_known) return SpfLookup{};
      const auto& version = standing->version();
      return SpfLookup{SpfLookup::State::known, {version ? version->rdata : std::vector<std::string>()}};
    }
    if (seen_ != nullptr) seen_->push_back(track);
    SpfLookup found{SpfLookup::State::known, {}};
    for (std::size_t i = 0; i < track->versions.size(); ++i) {
      if (!is_about_(*track, i)) continue;
      const auto& version = track->versions[i];
      found.values.push_back(version ? version->rdata : std::vector<std::string>());
    }
    return found;
  };
}

void SpfCourse::go_to(const Stretch& time) {
  seen_ = nullptr;
  is_about_ = [time](const Track& track, std::size_t version) {
    if (time.from == at_first.from) return version == 0;
    if (time.until == for_ever && time.from == at_last.from) return version + 1 == track.versions.size();
    return !is_empty(common(track.held.versions[version], time));
  };
}

void SpfCourse::go_anywhen(std::vector<const Track*>* seen) {
  seen_ = seen;
  is_about_ = [](const Track&, std::size_t) { return true; };
}

void SpfGround::settle() {
  std::sort(tracks.begin(), tracks.end());
  tracks.erase(std::unique(tracks.begin(), tracks.end()), tracks.end());
  changes = std::any_of(tracks.begin(), tracks.end(),
                        [](const Track* track) { return track->versions.size() > 1; });
}

std::set<Moment> SpfGround::moments(const Stretch& judged) const {
  std::set<Moment> moments{judged.from, judged.until};
  for (const auto* track : tracks) {
    for (const auto& held : track->held.versions) moments.insert({held.from, held.until});
  }
  return moments;
}

}  // namespace rdnsgate::plan
