// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "run/audit/audit_run.h"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <utility>

#include "audit/change/find_touched.h"
#include "audit/engine/engine.h"
#include "audit/engine/offline.h"
#include "base/text/text.h"
#include "rules/registry.h"
#include "run/files/as_table.h"
#include "run/files/baseline.h"
#include "run/files/find_place.h"
#include "run/files/load.h"
#include "run/files/zone_files.h"
#include "run/findings/belongs.h"
#include "run/findings/describe_rules.h"
#include "run/findings/record_places.h"
#include "run/frame/deadline.h"
#include "run/frame/open_panel.h"
#include "run/frame/read_files.h"
#include "run/frame/zone_texts.h"
#include "run/gate/changed_since.h"
#include "run/offline/judge_faulty.h"
#include "run/smtp/banners.h"
#include "run/smtp/probes.h"
#include "run/smtp/sts_policies.h"

namespace rdnsgate::run {
namespace {

/// What was held against what: two of these are two reports, of one commit and inventory.
std::string kind_of(const AuditRequest& request) {
  const bool proposed = request.asking && !request.asking->zone_files.empty();
  return proposed ? request.command + "-zone-files" : request.command;
}

class Auditor {
 public:
  Auditor(const AuditRequest& request, Listener& listener)
      : request_(request),
        listener_(listener),
        deadline_(request.asking ? request.asking->deadline : milliseconds()) {}

  Attempt<AuditRun> run() {
    if (auto read = read_all(); !read) return tl::unexpected(std::move(read.error()));
    if (!unusable_.empty()) {
      done_.document = report::make_document(info_, unusable_, sources_);
    } else if (auto judged = request_.asking ? judge_live() : judge_declared(); !judged) {
      return tl::unexpected(std::move(judged.error()));
    }
    describe_rules(done_.document);
    done_.document.category = request_.category;
    return std::move(done_);
  }

 private:
  /// Everything but the vantages. What makes a file of no use goes to `unusable_`, and ends it.
  Attempt<void> read_all() {
    if (auto read = read_inventory(); !read || !unusable_.empty()) return read;
    auto baseline = load_baseline(request_.baseline, sources_);
    if (!baseline) return tl::unexpected(baseline.error());
    baseline_ = std::move(*baseline);
    if (request_.heard != nullptr) {
      banners_ = *request_.heard;
    } else if (!request_.banners.empty()) {
      auto banners = load_banners(request_.banners);
      if (!banners) return tl::unexpected<Failure>(banners.error());
      banners_ = std::move(*banners);
    }
    if (auto read = read_probes(); !read) return read;
    if (!request_.sts_policies.empty()) {
      auto policies = load_sts_policies(request_.sts_policies);
      if (!policies) return tl::unexpected<Failure>(policies.error());
      sts_policies_ = std::move(*policies);
    }
    if (auto read = read_earlier(); !read) return read;
    if (auto read = read_zones(); !read || !unusable_.empty()) return read;
    return compare();
  }

  Attempt<void> read_probes() {
    if (request_.probes.empty()) return {};
    auto probes = load_probes(request_.probes, inventory_);
    if (!probes) return tl::unexpected<Failure>(probes.error());
    probes_ = std::move(*probes);
    if (probes_->undeclared > 0)
      listener_.note(
          fmt::format("--probes: {} of addresses or HELO names that the inventory does not declare: "
                      "passed over",
                      counted(probes_->undeclared, "reply is", "replies are")));
    return {};
  }

  Attempt<void> read_inventory() {
    if (request_.kept != nullptr) return take_kept();
    const auto paths = find_inventory(request_.files);
    if (!paths) return tl::unexpected(paths.error());
    const bool renamed = paths->named == "-" && !request_.stdin_name.empty();
    begin(renamed ? request_.stdin_name : paths->named);
    auto loaded = load_inventory(sources_, *paths, ready_.load_options(parsed_));
    if (!loaded.inventory) {
      if (loaded.faulty && !request_.asking) add_judgement(*loaded.faulty, loaded.problems);
      return note_unusable(std::move(loaded.problems));
    }
    inventory_ = std::move(*loaded.inventory);
    if (renamed) inventory_.path = request_.stdin_name;
    info_.inventory_sha256 = inventory_.sha256;
    return {};
  }

  Attempt<void> take_kept() {
    begin(request_.kept->inventory.path);
    sources_ = request_.kept->sources;
    inventory_ = request_.kept->inventory;
    info_.inventory_sha256 = inventory_.sha256;
    return {};
  }

  void begin(const std::string& named) {
    const auto started = request_.clock.now();
    info_ = {named, {}, started, started, find_place(), request_.configuration.path, request_.stdin_name};
    info_.command = kind_of(request_);
    info_.shard = request_.shard;
  }

  /// Of what of it is whole.
  void add_judgement(const inventory::Inventory& faulty, Diagnostics& problems) const {
    auto more = judge_faulty(faulty, problems, info_.started_at);
    problems.insert(problems.end(), more.begin(), more.end());
    std::stable_sort(problems.begin(), problems.end(),
                     [](const Diagnostic& a, const Diagnostic& b) { return a.at < b.at; });
  }

  Attempt<void> read_earlier() {
    if (request_.earlier.empty()) return {};
    auto earlier = run::read_inventory({request_.earlier}, earlier_sources_, listener_);
    if (!earlier) return tl::unexpected(std::move(earlier.error()));
    earlier_ = std::move(*earlier);
    return {};
  }

  Attempt<void> read_zones() {
    auto texts = read_zone_texts(request_.zone_files, request_.earlier_zone_files, inventory_, sources_,
                                 earlier_sources_);
    if (!texts) return tl::unexpected(std::move(texts.error()));
    if (!texts->usable) return note_unusable(std::move(texts->problems));
    listener_.problems(texts->problems, sources_);
    tell_of(texts->passed_over, listener_);
    texts_ = std::move(texts->texts);
    earlier_failure_ = std::move(texts->earlier_failure);
    if (!request_.asking || request_.asking->zone_files.empty()) return {};
    auto answering = read_zone_files(request_.asking->zone_files, sources_, &inventory_, Placing::later);
    if (!answering) return tl::unexpected(answering.error());
    if (!answering->usable()) return note_unusable(std::move(answering->problems));
    listener_.problems(answering->problems, sources_);
    tell_of(answering->passed_over, listener_);
    answering_ = std::move(*answering);
    return {};
  }

  /// With the commit that was named.
  Attempt<void> compare() {
    if (request_.only) {
      changes_.touched = audit::touch_only(inventory_, *request_.only);
      return {};
    }
    const auto& zone_files = request_.asking ? request_.asking->zone_files : request_.zone_files;
    auto changes = find_changes(request_.commit, request_.files, ready_, inventory_, parsed_, zone_files,
                                {request_.configuration, request_.command, request_.baseline, sources_});
    if (!changes) return tl::unexpected(changes.error());
    changes_ = std::move(*changes);
    info_.changed_since = changed_since(changes_, inventory_);
    if (info_.changed_since) listener_.note(describe(*info_.changed_since, changes_));
    return {};
  }

  Attempt<void> note_unusable(Diagnostics&& problems) {
    unusable_ = std::move(problems);
    return {};
  }

  audit::RunContext context() const {
    audit::RunContext context{&inventory_, info_.started_at};
    context.banners = banners_ ? &*banners_ : nullptr;
    context.probes = probes_ ? &probes_->probes : nullptr;
    context.sts_policies = sts_policies_ ? &*sts_policies_ : nullptr;
    context.earlier = earlier_ ? &*earlier_ : nullptr;
    context.zone_texts = texts_;
    context.earlier_texts_failure = earlier_failure_;
    if (request_.interval.count() > 0)
      context.until_next =
          request_.interval + std::max<seconds>(request_.interval / 4, std::chrono::hours(1));
    context.touched = changes_.touched ? &*changes_.touched : nullptr;
    context.shard = request_.shard;
    return context;
  }

  audit::VerdictOptions verdict_options() const {
    auto options = request_.verdict;
    options.baseline = baseline_ ? &*baseline_ : nullptr;
    return options;
  }

  Attempt<void> judge_declared() {
    const audit::Policy policy(rules::registry(), inventory_);
    const auto run = context();
    auto result = audit::conclude(run, policy, audit::judge_offline(run, policy), nullptr, verdict_options());
    finish(run, policy, std::move(result));
    return {};
  }

  Attempt<void> judge_live() {
    auto opened = open_panel(declared_by(inventory_), *request_.asking, std::move(answering_.zones));
    if (!opened) return tl::unexpected(opened.error());
    // What was recorded is judged as it was then, unless somebody named another time.
    const auto then = request_.clock.named ? std::nullopt : opened->recorded;
    if (then) info_.started_at = then->taken_at;
    if (const auto fresh = probes_ ? check_age(*probes_, info_.started_at) : Result<void>(); !fresh)
      return tl::unexpected<Failure>(fresh.error());
    done_.vantages = opened->panel->vantages();
    const audit::Policy policy(rules::registry(), inventory_);
    const auto as_table = load_as_table(inventory_, policy, sources_, unusable_);
    if (!unusable_.empty()) {
      done_.document = report::make_document(info_, unusable_, sources_);
      return {};
    }
    auto run = context();
    run.as_table = as_table ? &*as_table : nullptr;
    auto live = ask(run, policy, *opened->panel);
    done_.servers = opened->panel->server_times();
    for (const auto& zone : inventory_.zones) done_.zones.push_back(zone.name);
    auto result = audit::conclude(run, policy, audit::judge_offline(run, policy), &live, verdict_options());
    parts_ = std::move(live.parts);
    unjudged_ = live.unjudged;
    info_.finished_at = then ? then->finished_at : request_.clock.now();
    if (const auto kept =
            record_facts(*request_.asking, *opened->panel, done_.facts, info_.started_at, info_.finished_at);
        !kept)
      done_.not_recorded = kept.error();
    finish(run, policy, std::move(result));
    return {};
  }

  audit::LiveResult ask(const audit::RunContext& run, const audit::Policy& policy, dns::Panel& panel) {
    audit::LiveOptions options;
    listener_.loaded();
    options.deadline = deadline_.left();
    options.quorum = request_.quorum.value_or(inventory_.quorum);
    options.stop = request_.stop;
    options.progress = [&](const audit::Progress& progress) { listener_.progress(progress); };
    return audit::judge_live(run, policy, panel, done_.facts, options);
  }

  void finish(const audit::RunContext& run, const audit::Policy& policy, audit::AuditResult&& result) {
    auto& document = done_.document = report::make_document(info_, std::move(result), sources_);
    if (document.part) finish_part(*document.part);
    if (request_.belongings) set_belongings(document, inventory_);
    set_records(document);
    if (request_.coverage) document.coverage = audit::coverage(run, policy, document.vantages);
    if (changes_.touched) keep_touched(document.coverage, *changes_.touched);
  }

  /// What a shard has to tell of the run as a whole.
  void finish_part(report::Document::Part& part) {
    using Inconclusive = audit::VerdictOptions::Inconclusive;
    part.fail_on = request_.verdict.fail_on;
    part.transient_fails = request_.verdict.transient_fails;
    part.inconclusive = request_.verdict.inconclusive == Inconclusive::pass   ? "pass"
                        : request_.verdict.inconclusive == Inconclusive::fail ? "fail"
                                                                              : "report";
    part.vantages = std::move(parts_);
    part.unjudged = unjudged_;
    for (std::size_t i = 0; baseline_ && i < baseline_->entries.size(); ++i) {
      const auto& entry = baseline_->entries[i];
      const auto kind = entry.target.kind;
      if (kind == audit::TargetKind::vantage || kind == audit::TargetKind::inventory)
        part.entries.push_back({inventory_.waivers.size() + i, entry});
    }
  }

  void set_records(report::Document& document) {
    const auto& all = document.findings;
    if (answering_.places.empty() || std::none_of(all.begin(), all.end(), RecordPlaces::may_have_one)) return;
    place_records(answering_, sources_);
    RecordPlaces places;
    for (const auto& zone : answering_.places) places.add(zone);
    places.declare(inventory_);
    for (auto& finding : document.findings) {
      const auto* rule = rules::find_rule(finding.rule);
      const auto at = rule != nullptr ? places.of(finding, *rule) : std::nullopt;
      if (at) report::set_record(finding, *at, info_, sources_);
    }
  }

  const AuditRequest& request_;
  Listener& listener_;
  Deadline deadline_;
  report::RunInfo info_;
  Sources sources_;
  Sources earlier_sources_;  // of their own: comments in these files waive nothing
  inventory::ParsedFiles parsed_;
  Readiness ready_{request_.commit, request_.files};
  inventory::Inventory inventory_;
  std::optional<inventory::Inventory> earlier_;
  std::optional<audit::Baseline> baseline_;
  std::optional<audit::Banners> banners_;
  std::optional<HeardProbes> probes_;
  std::optional<audit::StsPolicies> sts_policies_;
  std::vector<audit::ZoneText> texts_;
  std::string earlier_failure_;  // of the zone files that were there before
  ProposedZones answering_;
  Changes changes_;
  Diagnostics unusable_;
  std::vector<audit::VantagePart> parts_;  // of a shard
  std::size_t unjudged_ = 0;
  AuditRun done_;
};

}  // namespace

Attempt<AuditRun> audit_run(const AuditRequest& request, Listener& listener) {
  return Auditor(request, listener).run();
}

}  // namespace rdnsgate::run
