// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <tuple>
#include <unordered_map>
#include <vector>

#include "mailauth/spf/spf_evaluate.h"
#include "plan/simulate/spf_course.h"

namespace rdnsgate::plan {

/// Evaluates SPF records at every moment of a course, over all that caches hold then: whole records, by name.
class SpfWatch {
 public:
  SpfWatch(const Scene& scene, const Course& course);

  /// Calls `breach` for each stretch of `judged` in which some receiver does not let mail of the domain from
  /// the path through, though all did before, or though it only comes to send for the domain.
  using Breach = std::function<void(const Stretch& time, const std::string& text)>;
  void watch(std::size_t path, const Stretch& judged, const Breach& breach);
  /// The same of the record that the HELO name itself has, where it has one, as long as it is used: whoever
  /// looks at that identity (RFC 7208 §2.3) does so while the host is connected.
  void watch_helo(std::size_t path, const Use& use, const Breach& breach);

  /// Calls `breach` where a domain's record says something else of the path once all is done than it should, and the
  /// plan does not say so (Plan::spf_open): it still lets a retired one through, or what sends is not let through by a
  /// record that changes.
  void watch_end(std::size_t path, const Breach& breach);

  /// True where some domain lets the path through before the first change, and not after the last one.
  bool gives_up(std::size_t path);

 private:
  /// Whose record is evaluated: a domain's, for the name that the host says at that moment, or a HELO name's.
  struct Identity {
    Name domain;
    bool is_helo = false;
    bool operator<(const Identity& other) const {
      return std::tie(domain, is_helo) < std::tie(other.domain, other.is_helo);
    }
  };
  const SpfGround& ground_of(const Identity& whose, std::size_t path);
  SpfGround look(const Identity& whose, std::size_t path);
  Name helo_at(std::size_t path, Moment moment) const;
  mailauth::SpfOutcome at(const Identity& whose, std::size_t path, const Stretch& time);
  bool passes(const Identity& whose, std::size_t path, const Stretch& time);
  void watch(const Identity& whose, std::size_t path, bool starts, const Stretch& judged,
             const Breach& breach);
  bool has_record(const Name& helo);
  static bool is_accepted(const Identity& whose, const mailauth::SpfOutcome& outcome);
  bool sends_through(const Name& domain, std::size_t path) const;
  bool sends_at_all(const Name& domain) const;

  const Scene& scene_;
  const Course& course_;
  SpfCourse dns_;
  mailauth::SpfEvaluator evaluator_;
  std::vector<Name> domains_;
  std::set<std::tuple<Name, IpAddress, bool>> said_;  ///< by the plan; whether it is retired
  std::set<std::string> left_out_;                    ///< addresses
  std::map<std::tuple<Identity, bool, std::optional<std::size_t>>, SpfGround> grounds_;
  std::unordered_map<Name, bool> has_record_;  ///< by HELO name
};

}  // namespace rdnsgate::plan
