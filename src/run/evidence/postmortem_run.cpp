// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "run/evidence/postmortem_run.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "base/version.h"
#include "history/open.h"
#include "inventory/files/read_file.h"
#include "plan/document/read_plan.h"
#include "plan/rollout/rollout_state.h"
#include "run/evidence/redact.h"
#include "run/evidence/subjects.h"
#include "run/frame/read_files.h"

namespace rdnsgate::run {
namespace {

using history::Transition;
using history::TransitionKind;
using report::TimelineEvent;

constexpr std::size_t largest_plan = std::size_t{256} << 20, most_runs = 200'000, most_events = 500;

tl::unexpected<Failure> failed(const history::Failure& failure) {
  return give_up(
      failure.error.message, failure.error.hint,
      failure.kind == history::Failure::Kind::unreachable || failure.kind == history::Failure::Kind::busy
          ? Failure::Kind::unknown
          : Failure::Kind::request);
}

class Storyteller {
 public:
  Storyteller(const StoryRequest& request, Listener& listener) : request_(request), listener_(listener) {}

  Attempt<std::optional<report::FindingStory>> run() {
    if (auto redacted = read_redaction(); !redacted) return tl::unexpected(std::move(redacted.error()));
    if (auto added = add_phases(); !added) return tl::unexpected(std::move(added.error()));
    const history::Place place{request_.history};
    auto opened = history::open_history(place, history::Access::read);
    if (!opened) return failed(opened.error());
    history_ = std::move(*opened);
    story_.tool_version = version;
    story_.made_at = request_.clock.now();
    story_.history = place.shown();
    if (auto found = find_transitions(); !found) return tl::unexpected(std::move(found.error()));
    if (transitions_.empty()) return std::nullopt;
    choose_episode();
    if (auto added = add_looks(); !added) return tl::unexpected(std::move(added.error()));
    if (auto added = add_serials(); !added) return tl::unexpected(std::move(added.error()));
    std::stable_sort(story_.events.begin(), story_.events.end(),
                     [](const auto& a, const auto& b) { return a.at < b.at; });
    return std::move(story_);
  }

 private:
  using Kind = TimelineEvent::Kind;

  Attempt<void> read_redaction() {
    inventory::Inventory none;
    if (!request_.files.empty()) {
      Sources sources;
      auto read = read_inventory(request_.files, sources, listener_);
      if (!read) return tl::unexpected(std::move(read.error()));
      none = std::move(*read);
    }
    auto redaction = make_redaction(none, request_.redact);
    if (!redaction) return tl::unexpected<Failure>(redaction.error());
    story_.redaction = std::move(*redaction);
    return {};
  }

  /// Those of the one finding that is meant, in the order of writing.
  Attempt<void> find_transitions() {
    history::Filter filter;
    filter.limit = 0;
    const auto ip = IpAddress::read(request_.subject);
    if (ip) {
      filter.ip = ip->to_string();
    } else if (!may_be_fingerprint(request_.subject)) {
      return give_up(fmt::format("\"{}\" is no fingerprint, nor the beginning of one", request_.subject),
                     "history list shows them; an address with one finding will do", Failure::Kind::request);
    } else if (request_.subject.size() == 32) {
      filter.fingerprint = request_.subject;
    }
    auto all = history_->timeline(filter);
    if (!all) return failed(all.error());
    std::map<std::string, std::string> meant;  // rules by fingerprint
    for (auto& one : *all) {
      if (!ip && !one.finding.fingerprint.starts_with(request_.subject)) continue;
      meant.emplace(one.finding.fingerprint, one.finding.rule);
      transitions_.push_back(std::move(one));
    }
    if (meant.size() > 1) {
      std::vector<std::string> names;
      for (const auto& [fingerprint, rule] : meant) {
        if (names.size() < 8) names.push_back(fmt::format("{} ({})", fingerprint, rule));
      }
      return give_up(fmt::format("{} findings are meant by {}", meant.size(), request_.subject),
                     fmt::format("name one of {}", fmt::join(names, ", ")), Failure::Kind::request);
    }
    return {};
  }

  static std::string who(const std::string& origin, const std::vector<std::string>& vantages) {
    std::string out = origin;
    if (!vantages.empty()) out += fmt::format("{}{}", out.empty() ? "" : ": ", fmt::join(vantages, ", "));
    return out;
  }

  /// The last stretch in which it was open somewhere: from the transition at which nobody had it before.
  void choose_episode() {
    std::set<std::pair<std::string, std::string>> open;
    std::size_t begin = 0;
    for (std::size_t i = 0; i < transitions_.size(); ++i) {
      const auto& one = transitions_[i];
      const auto series = std::make_pair(one.inventory_path, one.origin);
      if (one.kind == TransitionKind::recovered) {
        open.erase(series);
      } else {
        if (open.empty() && one.kind == TransitionKind::opened) {
          if (i > 0) ++story_.earlier;
          begin = i;
        }
        open.insert(series);
      }
    }
    transitions_.erase(transitions_.begin(), transitions_.begin() + static_cast<std::ptrdiff_t>(begin));
    describe(transitions_.front().finding);
    story_.first_seen = transitions_.front().since;
    story_.told_at = transitions_.front().at;
    for (const auto& one : transitions_) {
      story_.first_seen =
          std::min(story_.first_seen, one.kind == TransitionKind::opened ? one.since : one.at);
      add_transition(one);
    }
    if (open.empty()) story_.recovered_at = transitions_.back().at;
  }

  void describe(const history::Seen& seen) {
    story_.fingerprint = seen.fingerprint;
    story_.rule = seen.rule;
    story_.severity = seen.severity;
    story_.target = seen.target;
    story_.zone = seen.zone;
    story_.sender = seen.sender;
    story_.message = seen.message;
    story_.expected = seen.expected;
    story_.observed = seen.observed;
  }

  void add_transition(const Transition& one) {
    const auto by = who(one.origin, one.finding.vantages);
    switch (one.kind) {
      case TransitionKind::opened:
        add(one.since, Kind::began, "seen for the first time: " + one.finding.message, by);
        if (one.at != one.since) add(one.at, Kind::told, "seen often enough to count", by);
        return;
      case TransitionKind::changed: {
        std::vector<std::string> parts;
        if (one.before && one.before->observed != one.finding.observed)
          parts.push_back(
              fmt::format("observed: {}", one.finding.observed.empty() ? "nothing" : one.finding.observed));
        if (one.before && one.before->severity != one.finding.severity)
          parts.push_back(fmt::format("now {}", rdnsgate::to_string(one.finding.severity)));
        if (one.before && one.before->certainty != one.finding.certainty)
          parts.push_back(std::string(audit::to_string(one.finding.certainty)));
        if (one.before && one.before->status != one.finding.status)
          parts.push_back(std::string(audit::to_string(one.finding.status)));
        add(one.at, Kind::changed,
            parts.empty() ? "changed" : fmt::format("changed: {}", fmt::join(parts, "; ")), by);
        return;
      }
      case TransitionKind::recovered:
        add(one.at, Kind::recovered, "not seen any more", by);
    }
  }

  void add(Time at, Kind kind, std::string what, std::string by = {}) {
    if (story_.events.size() < most_events)
      story_.events.push_back({at, kind, std::move(what), std::move(by)});
  }

  Time end() const { return story_.recovered_at.value_or(story_.made_at); }

  /// The last clean look before it, and what became of the inventory since.
  Attempt<void> add_looks() {
    history::Filter filter;
    filter.inventory_path = transitions_.front().inventory_path;
    filter.origin = transitions_.front().origin;
    filter.until = story_.first_seen - seconds(1);
    filter.newest_first = true;
    filter.latency = false;
    filter.limit = 3;  // one that was under way then is none
    auto before = history_->runs(filter);
    if (!before) return failed(before.error());
    const auto clean = std::find_if(before->begin(), before->end(), [&](const auto& kept) {
      return kept.run.whole && kept.run.finished_at < story_.first_seen;
    });
    const history::Run* last = clean == before->end() ? nullptr : &clean->run;
    if (last != nullptr) {
      story_.last_clean = last->finished_at;
      add(last->finished_at, Kind::clean, "the last look before, without it", last->origin);
    }
    history::Filter during = filter;
    during.newest_first = false;
    during.since = story_.first_seen;
    during.until = end();
    during.limit = most_runs;
    auto runs = history_->runs(during);
    if (!runs) return failed(runs.error());
    story_.looks = runs->size() + (story_.last_clean ? 1 : 0);
    for (const auto& kept : *runs) {
      const auto& run = kept.run;
      if (last != nullptr && !run.git_revision.empty() && run.git_revision != last->git_revision)
        add(run.finished_at, Kind::revision,
            fmt::format("the inventory's repository is at {}{}", run.git_revision.substr(0, 12),
                        last->git_revision.empty()
                            ? ""
                            : fmt::format(", before at {}", last->git_revision.substr(0, 12))));
      if (last != nullptr && run.inventory_sha256 != last->inventory_sha256)
        add(run.finished_at, Kind::inventory, "the inventory is another one than at the look before");
      last = &run;
    }
    return {};
  }

  Attempt<void> add_serials() {
    if (story_.zone.empty()) return {};
    history::Filter filter;
    filter.zone = story_.zone;
    filter.limit = 0;
    const auto zones = history_->zones(filter);
    if (!zones) return failed(zones.error());
    const auto from = story_.last_clean.value_or(story_.first_seen);
    std::map<std::pair<std::string, std::string>, std::optional<std::uint32_t>> had;  // by origin and server
    for (const auto& state : *zones) {
      const auto key = std::make_pair(state.origin, state.look.server);
      const auto known = had.find(key);
      const bool is_other = known != had.end() && known->second != state.look.serial;
      if (is_other && state.first_seen > from && state.first_seen <= end() && state.look.serial)
        add(state.first_seen, Kind::serial,
            fmt::format("{} has serial {} of {}{}", state.look.server, *state.look.serial, state.look.zone,
                        known->second ? fmt::format(", before {}", *known->second) : ""),
            state.origin);
      had[key] = state.look.serial;
    }
    return {};
  }

  /// Steps of a rollout, as far as they were remembered.
  Attempt<void> add_phases() {
    if (request_.plan.empty()) return {};
    const auto text = inventory::read_file(request_.plan, largest_plan);
    if (!text) return give_up(text.error().message, text.error().hint, Failure::Kind::request);
    const auto plan = plan::read_plan(*text, request_.plan);
    if (!plan) return tl::unexpected<Failure>(plan.error());
    const auto state_text = inventory::read_file(request_.state, largest_plan);
    if (!state_text)
      return give_up(state_text.error().message, state_text.error().hint, Failure::Kind::request);
    const auto state = plan::read_state(*state_text, request_.state, plan->id);
    if (!state) return tl::unexpected<Failure>(state.error());
    for (const auto& phase : plan->phases) {
      if (const auto found = state->converged.find(phase.id); found != state->converged.end())
        add(found->second, Kind::phase,
            fmt::format("step {} is on every name server ({})", phase.id, summary_of(phase)));
      if (const auto found = state->done.find(phase.id); found != state->done.end())
        add(found->second, Kind::phase, fmt::format("step {} is done on hosts", phase.id));
    }
    return {};
  }

  static std::string summary_of(const plan::Phase& phase) {
    std::vector<std::string> parts;
    for (const auto& step : phase.steps) {
      if (parts.size() == 3) {
        parts.push_back(fmt::format("{} more", phase.steps.size() - 3));
        break;
      }
      parts.push_back(fmt::format("{} {} {}", step.owner.text(), dns::to_string(step.type),
                                  !step.after    ? "removed"
                                  : !step.before ? "added"
                                                 : "changed"));
    }
    return fmt::format("{}", fmt::join(parts, ", "));
  }

  const StoryRequest& request_;
  Listener& listener_;
  std::unique_ptr<history::History> history_;
  std::vector<Transition> transitions_;
  report::FindingStory story_;
};

}  // namespace

Attempt<void> check_history(const std::string& where) {
  const auto opened = history::open_history({where}, history::Access::read);
  if (!opened) return failed(opened.error());
  return {};
}

Attempt<std::optional<report::FindingStory>> find_story(const StoryRequest& request, Listener& listener) {
  return Storyteller(request, listener).run();
}

Attempt<report::FindingStory> story_run(const StoryRequest& request, Listener& listener) {
  auto found = find_story(request, listener);
  if (!found) return tl::unexpected(std::move(found.error()));
  if (*found) return std::move(**found);
  return give_up(fmt::format("the history {} has nothing of {}", history::Place{request.history}.shown(),
                             request.subject),
                 "", Failure::Kind::request);
}

}  // namespace rdnsgate::run
