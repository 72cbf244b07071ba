// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "run/mail/spf_run.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <utility>

#include "base/version.h"
#include "dns/facts/collect.h"
#include "mailauth/spf/spf_evaluate.h"
#include "mailauth/spf/spf_facts.h"
#include "mailauth/spf/spf_sender.h"
#include "run/frame/deadline.h"
#include "run/frame/open_panel.h"
#include "run/frame/read_files.h"

namespace rdnsgate::run {
namespace {

using mailauth::SpfLookup;
using mailauth::SpfResult;

/// What a receiver would ask: an internal view is none, nor is who asks the name servers one by one.
dns::VantageIndex receiver_among(const std::vector<dns::VantageInfo>& all) {
  const auto found = std::find_if(all.begin(), all.end(), [](const dns::VantageInfo& one) {
    return !one.internal && one.kind != dns::VantageKind::authoritative;
  });
  return found == all.end() ? dns::VantageIndex{0} : static_cast<dns::VantageIndex>(found - all.begin());
}

class SpfCheckRun {
 public:
  SpfCheckRun(const SpfRequest& request, Listener& listener)
      : request_(request),
        listener_(listener),
        deadline_(request.asking.deadline),
        now_(request.clock.now()),
        check_(mailauth::spf_check(request.ip, request.sender, request.helo)) {}

  Attempt<report::SpfDocument> run() {
    begin();
    Sources sources;
    auto proposed = read_answers(request_.asking.zone_files, nullptr, sources, listener_);
    if (!proposed) return tl::unexpected(std::move(proposed.error()));
    auto opened = open_panel(usually_declared(), request_.asking, std::move(*proposed));
    if (!opened) return tl::unexpected(std::move(opened.error()));
    if (opened->panel->vantages().empty())
      return give_up("the snapshot has no vantage", "", Failure::Kind::request);
    if (opened->recorded && !request_.clock.named) now_ = opened->recorded->finished_at;
    document_.evaluated_at = now_;
    listener_.loaded();
    if (check_.domain) {
      evaluate(*opened->panel);
    } else {
      document_.result = SpfResult::none;
      document_.possible.add(SpfResult::none);
      document_.problem = check_.problem;
    }
    if (auto kept = record_facts(request_.asking, *opened->panel, facts_, now_, now_); !kept)
      return tl::unexpected<Failure>(std::move(kept.error()));
    return std::move(document_);
  }

 private:
  void begin() {
    document_.tool_version = version;
    document_.ip = check_.who.ip;
    document_.sender = request_.sender;
    document_.helo = request_.helo;
    document_.of_helo = check_.of_helo;
    document_.domain = check_.domain_text;
    document_.receiver = request_.receiver;
  }

  void evaluate(dns::Panel& panel) {
    const auto vantage = receiver_among(panel.vantages());
    document_.vantage = panel.vantages()[vantage].name;
    bool judged = false;
    const auto reads = [&](dns::FactDesk& desk) { judged = read(desk) || judged; };
    const bool in_time = dns::collect(panel, vantage, facts_, reads, deadline_.left());
    if (judged) {
      if (!in_time) reason_.problem = "the deadline passed";
      conclude();
    } else {
      // RFC 7208 §4.6.4.
      document_.result = SpfResult::temperror;
      document_.possible.add(SpfResult::temperror);
      document_.problem = "the deadline passed before everything was asked";
    }
  }

  /// True where the result is there, whether the explanation is or not.
  bool read(dns::FactDesk& desk) {
    unknown_.clear();
    const bool offline = !request_.asking.zone_files.empty() || !request_.asking.replay.empty();
    mailauth::SpfEvaluator evaluator([&](const dns::Name& name, dns::RrType type) {
      auto found = mailauth::spf_lookup(desk, name, type, offline);
      if (found.state == SpfLookup::State::unknown)
        unknown_.insert(fmt::format("{} {}", name.text(), dns::to_string(type)));
      return found;
    });
    std::vector<mailauth::SpfRecordTrace> records;
    auto outcome = evaluator.evaluate(check_.who, *check_.domain, &records);
    if (!outcome.missing.empty()) return false;
    const auto of_result = unknown_;
    reason_ = evaluator.explain(check_.who, outcome, {request_.receiver, now_.time_since_epoch().count()});
    unknown_ = of_result;
    outcome_ = std::move(outcome);
    document_.records = std::move(records);
    return true;
  }

  void conclude() {
    document_.possible = outcome_.results;
    document_.lookups = outcome_.lookups;
    document_.void_lookups = outcome_.voids;
    document_.result = SpfResult::temperror;
    for (const auto one : {SpfResult::pass, SpfResult::fail, SpfResult::softfail, SpfResult::neutral,
                           SpfResult::none, SpfResult::permerror}) {
      if (outcome_.results.is(one)) document_.result = one;
    }
    const auto result = document_.result;
    if (!outcome_.results.is_certain()) {
      document_.problem = fmt::format("it is {}, which depends on what is not known: {}",
                                      outcome_.results.text(), fmt::join(unknown_, ", "));
    } else if (result == SpfResult::none) {
      document_.problem = "no SPF record";
    } else if (result == SpfResult::temperror || result == SpfResult::permerror) {
      document_.problem = outcome_.why;
    }
    if (result != SpfResult::fail) return;
    document_.explanation = reason_.text ? reason_.text : request_.explanation;
    document_.explanation_from = reason_.from;
    document_.explanation_problem = reason_.problem;
  }

  const SpfRequest& request_;
  Listener& listener_;
  Deadline deadline_;
  Time now_;
  mailauth::SpfCheck check_;
  dns::FactStore facts_;
  std::set<std::string> unknown_;
  mailauth::SpfOutcome outcome_;
  mailauth::SpfReason reason_;
  report::SpfDocument document_;
};

}  // namespace

Attempt<report::SpfDocument> spf_run(const SpfRequest& request, Listener& listener) {
  return SpfCheckRun(request, listener).run();
}

}  // namespace rdnsgate::run
