// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <functional>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "base/address_ranges.h"
#include "mailauth/spf/spf_evaluate.h"
#include "plan/simulate/spf_course.h"

namespace rdnsgate::plan {

/// Evaluates SPF records for mail that leaves through relays, at every moment of a course: through whatever record,
/// and by whatever term, they are let through.
class RelayWatch {
 public:
  RelayWatch(const Scene& scene, const Course& course);

  /// Calls `breach` for each stretch in which some receiver would not let the relay's mail through, though all did
  /// before, or though it begins to leave through it. `judged`: when mail may be judged that is sent in a stretch.
  using Breach = std::function<void(const Stretch& time, const std::string& text)>;
  void watch(std::size_t service, const std::function<Stretch(Stretch)>& judged, const Breach& breach);

  /// True where it is let through before the first change, and not after the last one.
  bool gives_up(std::size_t service);

 private:
  using Question = std::pair<Name, RrType>;
  /// Mail of a domain that leaves through a relay.
  struct Mail {
    Name domain;
    std::vector<AddressRange> ranges;   ///< where it leaves from, as far as that is known
    std::vector<AddressRange> passing;  ///< those of which all receivers let it through before the first change
    std::set<Question> open;            ///< what the relay's terms ask for, and nobody knows, or says nothing
    std::vector<IpAddress> reached;     ///< of `probes`, those that pass then
    SpfGround ground;
    std::map<std::pair<std::string, bool>, std::string> refusals;  ///< by versions, and whether it is from before
  };

  Mail& mail_of(std::size_t service);
  Mail look(const Scene::Service& service);
  void look_at_ranges(const Scene::Service& service, Mail& mail);
  std::vector<AddressRange> passing(const Mail& mail);
  /// Why some receiver refuses it in a stretch in which nothing changes; empty where none does.
  const std::string& refusal(Mail& mail, const Stretch& time, bool from_before);
  std::string find_refusal(const Mail& mail, bool from_before);
  std::string refused_of(const Mail& mail, const std::vector<AddressRange>& ranges, bool from_before);
  bool reaches(const Mail& mail, const IpAddress& probe);
  mailauth::SpfAsker generous();

  const Scene& scene_;
  const Course& course_;
  SpfCourse dns_;
  const Mail* whose_ = nullptr;      ///< whose terms let everybody through for `generous_`
  bool others_let_through_ = false;  ///< and so does all else that nobody knows
  mailauth::SpfEvaluator evaluator_, generous_;
  std::map<std::size_t, Mail> mails_;  ///< by service
};

}  // namespace rdnsgate::plan
