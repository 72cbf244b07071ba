// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <functional>
#include <set>
#include <vector>

#include "mailauth/spf/spf_answers.h"
#include "plan/simulate/course.h"

namespace rdnsgate::plan {

/// Long before the first change, and long after the last.
inline constexpr Stretch at_first{-for_ever, -for_ever + 1}, at_last{for_ever - 1, for_ever};

/// What receivers find of the DNS, for SPF, at a moment of a course.
class SpfCourse {
 public:
  SpfCourse(const Scene& scene, const Course& course) : scene_(scene), course_(course) {}
  SpfCourse(const SpfCourse&) = delete;  // its asker points into it
  SpfCourse& operator=(const SpfCourse&) = delete;

  mailauth::SpfAsker asker();
  /// From now on it is this stretch, in which nothing changes: at_first, at_last, or one between two moments_of().
  void go_to(const Stretch& time);
  /// From now on all that anybody ever finds; `seen` gets what is asked for and changes.
  void go_anywhen(std::vector<const Track*>* seen = nullptr);

 private:
  const Scene& scene_;
  const Course& course_;
  std::function<bool(const Track&, std::size_t version)> is_about_;
  std::vector<const Track*>* seen_ = nullptr;
};

/// What an evaluation rests on.
struct SpfGround {
  std::vector<const Track*> tracks;  ///< sorted, each once, when settle() was called
  bool by_address = false, changes = false;

  void settle();
  /// When it may change, beside the ends of `judged`.
  std::set<Moment> moments(const Stretch& judged) const;
};

}  // namespace rdnsgate::plan
