// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "run/first/init_run.h"

#include <algorithm>
#include <set>
#include <utility>

#include "dns/facts/collect.h"
#include "run/frame/deadline.h"
#include "run/frame/open_panel.h"
#include "run/frame/read_files.h"

namespace rdnsgate::run {
namespace {

bool has_errors(const Diagnostics& problems) {
  return std::any_of(problems.begin(), problems.end(),
                     [](const auto& p) { return p.severity == Severity::error; });
}

class Beginner {
 public:
  Beginner(const InitRequest& request, Listener& listener)
      : request_(request),
        listener_(listener),
        deadline_(request.asking.deadline),
        now_(request.clock.now()) {}

  Attempt<InitRun> run() {
    if (auto known = read_sources(); !known) return tl::unexpected(std::move(known.error()));
    leave_out_what_is_not_asked_for();
    if (auto asked = ask(); !asked) return tl::unexpected(std::move(asked.error()));
    if (auto named = name_answering_zones(request_.asking.zone_files, request_.path, sources_, estate_);
        !named)
      return tl::unexpected(Failure(std::move(named.error()), Failure::Kind::request));
    const auto kind = estate_.failed_lookups == 0 ? Failure::Kind::request : Failure::Kind::unknown;
    if (estate_.hosts.empty()) {
      const auto notes = estate_.domains.empty() ? std::vector<std::string>() : estate_.domains.front().notes;
      return give_up("no address was found", notes.empty() ? "" : notes.front(), kind);
    }
    auto first = declare(estate_, request_.path, now_);
    if (!first) return tl::unexpected(Failure(std::move(first.error()), kind));
    const auto left_out = std::count_if(estate_.hosts.begin(), estate_.hosts.end(),
                                        [](const auto& entry) { return !entry.second.left_out.empty(); });
    return InitRun{std::move(*first), static_cast<std::size_t>(left_out), estate_.failed_lookups,
                   std::move(facts_)};
  }

 private:
  Attempt<void> read_sources() {
    Diagnostics problems;
    auto wanted = wanted_of(request_.from, sources_, problems);
    if (!wanted) return tl::unexpected(std::move(wanted.error()));
    wanted_ = std::move(*wanted);
    wanted_.relays = request_.ask_names;
    auto estate = estate_of(request_.from, request_.path, sources_, problems);
    if (!estate) return tl::unexpected(std::move(estate.error()));
    if (has_errors(problems)) return tl::unexpected(Failure(std::move(problems), std::move(sources_)));
    listener_.problems(problems, sources_);
    estate_ = std::move(*estate);
    if (!estate_.hosts.empty() || !wanted_.addresses.empty() || !wanted_.domains.empty()) return {};
    return give_up(
        "there is nothing to begin with",
        "name addresses, or a source: --from-domain, --from-zone-files, --from-csv, --from-netbox, "
        "--from-tofu",
        Failure::Kind::request);
  }

  /// What a table lists is nothing that the user asked about: names of networks of others may be in it. Answers that
  /// are at hand may be looked into all the same.
  void leave_out_what_is_not_asked_for() {
    if (request_.ask_names || !request_.asking.zone_files.empty() || !request_.asking.replay.empty()) return;
    const std::set<IpAddress> asked(wanted_.addresses.begin(), wanted_.addresses.end());
    for (auto& [ip, host] : estate_.hosts) {
      if (!host.ptr.empty() || !host.left_out.empty() || asked.contains(ip)) continue;
      host.unasked = true;
      if (!host.helo) host.left_out = "no source gives its name; with --ask its PTR record is looked up";
    }
  }

  bool has_questions() const {
    const bool nameless = std::any_of(estate_.hosts.begin(), estate_.hosts.end(), [](const auto& entry) {
      return entry.second.ptr.empty() && entry.second.left_out.empty() && !entry.second.unasked;
    });
    return nameless || !wanted_.addresses.empty() || !wanted_.domains.empty();
  }

  /// Asks for what nobody gave. Fails where the DNS cannot be asked at all.
  Attempt<void> ask() {
    if (!has_questions()) return {};
    Listener nobody;
    auto proposed = read_answers(request_.asking.zone_files, nullptr, sources_, nobody);
    if (!proposed) {
      if (proposed.error().problems.empty()) return tl::unexpected(std::move(proposed.error()));
      return give_up("the zone files have errors: \"rdnsgate check --zone-files\" shows them", "",
                     Failure::Kind::request);
    }
    auto opened = open_panel(usually_declared(), request_.asking, std::move(*proposed));
    if (!opened) return tl::unexpected(std::move(opened.error()));
    listener_.loaded();
    if (!gather(*opened->panel)) {
      return give_up("the deadline passed before everything was asked", "give it more time with --deadline",
                     Failure::Kind::request);
    }
    auto kept = record_facts(request_.asking, *opened->panel, facts_, now_, now_);
    return kept ? Attempt<void>() : tl::unexpected<Failure>(std::move(kept.error()));
  }

  /// False where the deadline passed first.
  bool gather(dns::Panel& panel) {
    const draft::Estate before = std::move(estate_);
    const auto reads = [&](dns::FactDesk& desk) {
      estate_ = before;
      draft::read_live(desk, wanted_, estate_);
    };
    return dns::collect(panel, 0, facts_, reads, deadline_.left());
  }

  const InitRequest& request_;
  Listener& listener_;
  Deadline deadline_;
  Time now_;
  Sources sources_;
  draft::Wanted wanted_;
  draft::Estate estate_;
  dns::FactStore facts_;
};

}  // namespace

Attempt<InitRun> init_run(const InitRequest& request, Listener& listener) {
  return Beginner(request, listener).run();
}

}  // namespace rdnsgate::run
