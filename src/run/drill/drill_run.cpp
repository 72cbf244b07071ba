// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "run/drill/drill_run.h"

#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <optional>
#include <utility>

#include "base/version.h"
#include "resolve/adapters/replay.h"
#include "run/drill/altered_panel.h"
#include "run/drill/differences.h"
#include "run/drill/lab_drill.h"
#include "run/drill/part_of_estate.h"
#include "run/drill/receivers.h"
#include "run/drill/recovery.h"
#include "run/drill/zone_world.h"
#include "run/files/load.h"
#include "run/files/snapshot.h"
#include "run/frame/read_files.h"
#include "run/paths/paths_run.h"
#include "run/smtp/banners.h"

namespace rdnsgate::run {
namespace {

using dns::VantageIndex;
using dns::VantageKind;
using HeardBanners = std::shared_ptr<const audit::Banners>;

class Driller {
 public:
  Driller(const DrillRequest& request, Listener& listener) : request_(request), listener_(listener) {}

  Attempt<report::DrillDocument> run() {
    const auto chosen = choose_scenarios(request_.scenario);
    if (!chosen) return tl::unexpected<Failure>(chosen.error());
    if (chosen->size() > 1 && !request_.altered.empty())
      return give_up("the altered facts are those of one scenario", "name the scenario",
                     Failure::Kind::request);
    if (auto ready = prepare(); !ready) return tl::unexpected(std::move(ready.error()));
    auto before = judge(nullptr, nullptr, banners_);
    if (!before) return tl::unexpected(std::move(before.error()));
    before_ = std::move(*before);
    sight_ = sight_of(before_, kept_->inventory);
    const Ground ground(kept_->inventory, *world_, before_.facts, at_);
    const auto aim = find_aim(request_.target, kept_->inventory, world_->vantages());
    if (!aim) return tl::unexpected<Failure>(aim.error());
    describe();
    if (request_.lab) {
      lab_.emplace(lab_estate(), ground, before_.facts, listener_);
      if (auto opened = lab_->open(); !opened) return tl::unexpected(std::move(opened.error()));
    }
    for (const auto* scenario : *chosen) {
      auto drill = play(*scenario, ground, *aim);
      if (!drill) return tl::unexpected(std::move(drill.error()));
      document_.drills.push_back(std::move(*drill));
    }
    return std::move(document_);
  }

 private:
  Attempt<void> prepare() {
    if (request_.replay.empty() == request_.zone_files.empty())
      return give_up(request_.replay.empty()
                         ? "a drill is played with what was recorded, and nothing is named"
                         : "a drill is played with a snapshot or with zone files, not both",
                     "--replay FILE takes a snapshot that check --record wrote, --zone-files DIR zone files",
                     Failure::Kind::request);
    if (auto read = read_declared(); !read) return read;
    if (!request_.banners.empty()) {
      auto banners = load_banners(request_.banners);
      if (!banners) return tl::unexpected<Failure>(banners.error());
      banners_ = std::make_shared<const audit::Banners>(std::move(*banners));
      banner_list_ = list_of(*banners_);
    }
    return request_.replay.empty() ? open_zones() : open_snapshot();
  }

  Attempt<void> read_declared() {
    const auto paths = find_inventory(request_.files);
    if (!paths) return tl::unexpected<Failure>(paths.error());
    auto kept = std::make_shared<KeptInventory>();
    auto loaded = load_inventory(kept->sources, *paths);
    if (!loaded.inventory)
      return tl::unexpected(Failure(std::move(loaded.problems), std::move(kept->sources)));
    listener_.problems(loaded.problems, kept->sources);
    kept->inventory = std::move(*loaded.inventory);
    kept_ = std::move(kept);
    return {};
  }

  Attempt<void> open_snapshot() {
    auto snapshot = load_snapshot(request_.replay);
    if (!snapshot) return tl::unexpected<Failure>(snapshot.error());
    if (snapshot->head.vantages.empty())
      return give_up("the snapshot has no vantage", "", Failure::Kind::request);
    taken_at_ = snapshot->head.taken_at;
    at_ = request_.clock.named ? request_.clock.now() : taken_at_;
    world_ = resolve::make_replay(std::move(*snapshot));
    return {};
  }

  Attempt<void> open_zones() {
    Sources sources;
    auto zones = read_answers(request_.zone_files, &kept_->inventory, sources, listener_);
    if (!zones) return tl::unexpected(std::move(zones.error()));
    taken_at_ = at_ = request_.clock.now();
    auto world = make_zone_world(*zones, kept_->inventory, at_);
    if (!world) return tl::unexpected<Failure>(world.error());
    world_ = std::move(*world);
    return {};
  }

  void describe() {
    document_.tool_version = version;
    document_.inventory_path = kept_->inventory.path;
    document_.inventory_sha256 = kept_->inventory.sha256;
    document_.world = request_.replay.empty() ? "zone-files" : "snapshot";
    document_.assumed = request_.replay.empty();
    document_.taken_at = taken_at_;
    document_.played_at = request_.clock.now();
    for (const auto& vantage : world_->vantages()) document_.vantages.push_back(vantage.name);
    const auto& watch = request_.watch;
    document_.schedule = {
        in_seconds(watch.schedule.every), watch.schedule.jitter_percent, in_seconds(watch.schedule.recheck),
        watch.policy.confirmations,       watch.policy.window,           watch.level};
  }

  static seconds in_seconds(milliseconds time) { return std::chrono::ceil<seconds>(time); }

  Clock clock() const {
    return {[at = at_] { return at; }, true};
  }

  Asking asking(const Fault* fault, Changed* changed, std::optional<VantageIndex> only = std::nullopt) const {
    Asking asking;
    const auto open = [this, fault, changed, only] { return alter_panel(*world_, fault, changed, only); };
    asking.stand_in = std::make_shared<const StandIn>(StandIn{open, at_, at_});
    return asking;
  }

  Attempt<AuditRun> judge(const Fault* fault, Changed* changed, const HeardBanners& heard) {
    AuditRequest audit;
    audit.command = "check";
    audit.clock = clock();
    audit.kept = kept_;
    audit.heard = heard;
    audit.belongings = false;
    audit.asking = asking(fault, changed);
    audit.interval = in_seconds(request_.watch.schedule.every);
    auto ran = audit_run(audit, listener_);
    if (ran && ran->document.unusable)
      return give_up("a file that the inventory names cannot be used", "rdnsgate check says which",
                     Failure::Kind::request);
    return ran;
  }

  Attempt<report::Drill> play(const Scenario& scenario, const Ground& ground, const Aim& aim) {
    report::Drill drill;
    drill.scenario = scenario.name;
    drill.summary = scenario.summary;
    auto fault = scenario.strike(ground, aim);
    if (!fault) {
      drill.why_not = fault.error().message;
      drill.hint =
          fault.error().hint.empty() ? fmt::format("it needs {}", scenario.needs) : fault.error().hint;
      return drill;
    }
    drill.fits = true;
    drill.subject = fault->subject;
    drill.happens = fault->happens;
    Changed changed;
    const auto during = judge(&*fault, &changed, banners_ ? heard_in(*fault) : banners_);
    if (!during) return tl::unexpected(during.error());
    if (auto kept = keep_facts(*during); !kept) return tl::unexpected(std::move(kept.error()));
    see(*during, drill);
    if (lab_) drill.lab = lab_->play(*fault, during->facts, drill.findings);
    if (auto advised = advise(*fault, drill); !advised) return tl::unexpected(std::move(advised.error()));
    const auto concerned = concerned_by(*fault, changed);
    if (auto received = receive(*fault, changed, concerned, drill); !received)
      return tl::unexpected(std::move(received.error()));
    recover(*fault, concerned, drill);
    return drill;
  }

  LabEstate lab_estate() const {
    LabEstate estate{kept_, banners_, {}, in_seconds(request_.watch.schedule.every)};
    estate.vantages = world_->vantages();
    return estate;
  }

  Attempt<void> keep_facts(const AuditRun& during) const {
    if (request_.altered.empty()) return {};
    const auto kept =
        save_snapshot(request_.altered, {std::string(version), at_, at_, world_->vantages()}, during.facts);
    return kept ? Attempt<void>() : tl::unexpected<Failure>(kept.error());
  }

  void see(const AuditRun& during, report::Drill& drill) const {
    const auto sight = sight_of(during, kept_->inventory);
    std::map<std::string, seconds> told;
    drill.detection = detect(request_.watch, before_.document, during.document, sight_, sight, told);
    drill.findings = differences(before_.document, during.document, sight_, sight, told);
    drill.unclear = static_cast<std::size_t>(
        std::count_if(drill.findings.begin(), drill.findings.end(),
                      [](const auto& one) { return one.certainty == audit::Certainty::inconclusive; }));
  }

  /// How it would be noticed, where it is not.
  Attempt<void> advise(const Fault& fault, report::Drill& drill) {
    if (drill.detection.noticed) return {};
    const auto certain = drill.findings.size() - drill.unclear;
    if (certain > 0) {
      drill.advice = fmt::format(
          "it is seen, but nothing of it is told at this level and schedule: the gravest is {} ({})",
          to_string(drill.findings.front().severity), drill.findings.front().rule);
    } else if (drill.unclear > 0) {
      drill.advice =
          "lookups fail: check ends as inconclusive (exit 3), and a watch tells nothing, as silence confirms "
          "nothing";
    } else if (!fault.said.empty() && !banners_) {
      return advise_banners(fault, drill);
    } else {
      drill.advice = fault.unseen.empty() ? "nothing that is asked shows it" : fault.unseen;
    }
    return {};
  }

  /// By what would be seen if the mail servers were asked.
  Attempt<void> advise_banners(const Fault& fault, report::Drill& drill) {
    const auto with = judge(&fault, nullptr, heard_in(fault));
    if (!with) return tl::unexpected(with.error());
    const auto sight = sight_of(*with, kept_->inventory);
    const auto seen = differences(before_.document, with->document, sight_, sight, {});
    drill.advice =
        seen.empty() ? fault.unseen : fmt::format("{}: {} sees it then", fault.unseen, seen.front().rule);
    return {};
  }

  std::vector<audit::Banner> list_of(const audit::Banners& banners) const {
    std::vector<audit::Banner> all;
    for (const auto& address : kept_->inventory.addresses) {
      if (const auto* one = banners.find(address.ip)) all.push_back(*one);
    }
    return all;
  }

  /// What mail servers said, with what those say now that are hit.
  HeardBanners heard_in(const Fault& fault) const {
    std::vector<audit::Banner> all;
    for (const auto& [index, name] : fault.said)
      all.push_back({kept_->inventory.addresses[index].ip, {name}, at_});
    // Of several the first counts.
    all.insert(all.end(), banner_list_.begin(), banner_list_.end());
    return std::make_shared<const audit::Banners>(std::move(all));
  }

  /// Whose PTR record, host name or HELO name has another answer, or says another name.
  std::vector<inventory::AddressIndex> concerned_by(const Fault& fault, const Changed& changed) const {
    std::vector<inventory::AddressIndex> all;
    const auto& addresses = kept_->inventory.addresses;
    for (inventory::AddressIndex i = 0; i < addresses.size(); ++i) {
      bool is = fault.said.contains(i) || changed.names.contains(dns::reverse_name(addresses[i].ip));
      for_each_name(addresses[i], [&](const dns::Name& name) { is = is || changed.names.contains(name); });
      if (is) all.push_back(i);
    }
    return all;
  }

  /// Whose answers receivers are taken to have: a resolver that sees the fault, before a name server.
  std::optional<VantageIndex> seen_by_receivers(const Fault& fault, const Changed& changed) const {
    const auto rank = [&](VantageIndex v) {
      const auto kind = world_->vantages()[v].kind;
      return kind == VantageKind::recursive       ? 0
             : kind == VantageKind::forward       ? 1
             : kind == VantageKind::authoritative ? 3
                                                  : 2;
    };
    std::optional<VantageIndex> best;
    for (VantageIndex v = 0; v < world_->vantages().size(); ++v) {
      const bool sees = !fault.said.empty() || (v < changed.answers.size() && changed.answers[v] > 0);
      if (sees && !world_->vantages()[v].internal && (!best || rank(v) < rank(*best))) best = v;
    }
    return best;
  }

  Attempt<void> receive(const Fault& fault, const Changed& changed,
                        const std::vector<inventory::AddressIndex>& concerned, report::Drill& drill) {
    const auto vantage = seen_by_receivers(fault, changed);
    if (!vantage || concerned.empty()) return {};
    auto part = std::make_shared<KeptInventory>();
    part->inventory = part_of(kept_->inventory, concerned, true);
    PathsRequest request{clock(), {}, asking(nullptr, nullptr, vantage)};
    request.kept = part;
    const auto before = paths_run(request, listener_);
    if (!before) return tl::unexpected(before.error());
    auto as_said = std::make_shared<KeptInventory>(*part);
    for (std::size_t i = 0; i < concerned.size(); ++i) {
      const auto said = fault.said.find(concerned[i]);
      if (said != fault.said.end()) as_said->inventory.addresses[i].helo = said->second;
    }
    request.kept = std::move(as_said);
    request.asking = asking(&fault, nullptr, vantage);
    const auto during = paths_run(request, listener_);
    if (!during) return tl::unexpected(during.error());
    drill.receivers = compare_receivers(*before, *during);
    drill.receivers.vantage = world_->vantages()[*vantage].name;
    return {};
  }

  void recover(const Fault& fault, const std::vector<inventory::AddressIndex>& concerned,
               report::Drill& drill) {
    if (concerned.empty()) {
      drill.recovery = recovery_of(fault, nullptr);
      return;
    }
    PlanRequest request;
    request.clock = clock();
    request.start = at_;
    auto part = std::make_shared<KeptInventory>();
    part->inventory = part_of(kept_->inventory, concerned, false);
    part->sources = kept_->sources;
    request.kept = std::move(part);
    request.asking = asking(nullptr, nullptr);
    auto before = plan_run(request, listener_);
    request.asking = asking(&fault, nullptr);
    const RecoveryPlans plans{std::move(before), plan_run(request, listener_)};
    drill.recovery = recovery_of(fault, &plans);
  }

  const DrillRequest& request_;
  Listener& listener_;
  std::shared_ptr<const KeptInventory> kept_;
  HeardBanners banners_;
  std::vector<audit::Banner> banner_list_;
  std::unique_ptr<dns::Panel> world_;
  Time taken_at_{}, at_{};
  AuditRun before_;
  Sight sight_;
  std::optional<LabDrill> lab_;
  report::DrillDocument document_;
};

}  // namespace

Attempt<report::DrillDocument> drill_run(const DrillRequest& request, Listener& listener) {
  return Driller(request, listener).run();
}

}  // namespace rdnsgate::run
