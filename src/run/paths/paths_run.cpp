// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "run/paths/paths_run.h"

#include <algorithm>
#include <utility>

#include "base/version.h"
#include "dns/facts/collect.h"
#include "run/frame/deadline.h"
#include "run/frame/open_panel.h"
#include "run/frame/read_files.h"
#include "run/paths/first_answer.h"
#include "run/paths/rows.h"

namespace rdnsgate::run {
namespace {

constexpr std::size_t at_a_time = 4096;  // addresses, whose facts are held unpacked

class PathsRun {
 public:
  PathsRun(const PathsRequest& request, Listener& listener)
      : request_(request),
        listener_(listener),
        deadline_(request.asking.deadline),
        started_(request.clock.now()) {}

  Attempt<report::PathsDocument> run() {
    Sources sources;
    if (request_.kept != nullptr) {
      inventory_ = request_.kept->inventory;
    } else {
      auto inventory = read_inventory(request_.files, sources, listener_);
      if (!inventory) return tl::unexpected(std::move(inventory.error()));
      inventory_ = std::move(*inventory);
    }
    auto proposed = read_answers(request_.asking.zone_files, &inventory_, sources, listener_);
    if (!proposed) return tl::unexpected(std::move(proposed.error()));
    auto opened = open_panel(declared_by(inventory_), request_.asking, std::move(*proposed));
    if (!opened) return tl::unexpected<Failure>(std::move(opened.error()));
    if (opened->panel->vantages().empty())
      return give_up("the snapshot has no vantage", "", Failure::Kind::request);
    if (opened->recorded && !request_.clock.named) started_ = opened->recorded->taken_at;
    listener_.loaded();
    begin(opened->panel->vantages());
    if (auto asked = evaluate(*opened->panel); !asked) return tl::unexpected(std::move(asked.error()));
    if (auto kept = record_facts(request_.asking, *opened->panel, kept_, started_, request_.clock.now());
        !kept)
      return tl::unexpected<Failure>(std::move(kept.error()));
    return std::move(document_);
  }

 private:
  void begin(const std::vector<dns::VantageInfo>& vantages) {
    order_ = asking_order(vantages, nearest_vantage(vantages));
    document_.tool_version = version;
    document_.inventory_path = inventory_.path;
    document_.inventory_sha256 = inventory_.sha256;
    document_.evaluated_at = started_;
    document_.bulk = request_.bulk;
    document_.paths = inventory_.paths.size();
    for (const auto one : order_) document_.vantages.push_back(vantages[one].name);
  }

  Attempt<void> evaluate(dns::Panel& vantages) {
    FirstAnswerPanel panel(vantages, order_, kept_);
    const auto& asking = request_.asking;
    const bool offline = !asking.zone_files.empty() || !asking.replay.empty() || asking.stand_in != nullptr;
    IdentityJudge judge(inventory_, offline);
    const auto read = [&](dns::FactDesk& desk) { judge.judge(desk); };
    if (!dns::collect(panel, 0, facts_, read, deadline_.left()))
      return give_up("the deadline passed before everything was asked", "give it more time with --deadline",
                     Failure::Kind::unknown);
    const auto hosts = ask_hosts(panel);
    document_.rows = path_rows(inventory_, judge.take(), hosts, request_.bulk);
    return {};
  }

  HostGroups ask_hosts(dns::Panel& panel) {
    HostGroups hosts(inventory_);
    const HostJudge judge(inventory_);
    const auto wanted = addresses_on_paths();
    for (std::size_t from = 0; from < wanted.size(); from += at_a_time) {
      const auto to = std::min(wanted.size(), from + at_a_time);
      std::vector<std::pair<HostIdentity, Signs>> judged;
      const auto read = [&](dns::FactDesk& desk) {
        judged.assign(to - from, {});
        for (auto i = from; i < to; ++i)
          judged[i - from].first =
              judge.judge(inventory_.addresses[wanted[i]], desk, judged[i - from].second);
      };
      const bool in_time = dns::collect(panel, 0, facts_, read, deadline_.left());
      for (auto i = from; i < to; ++i) {
        if (in_time) {
          hosts.add(wanted[i], std::move(judged[i - from].first), judged[i - from].second);
        } else {
          hosts.add_unasked(wanted[i]);
        }
      }
      listener_.progress({to, wanted.size(), 0});
    }
    return hosts;
  }

  /// Of every sender on a path, once.
  std::vector<std::size_t> addresses_on_paths() const {
    std::vector<bool> senders(inventory_.senders.size());
    for (const auto& path : inventory_.paths) {
      if (path.sender) senders[*path.sender] = true;
    }
    std::vector<std::size_t> addresses;
    for (std::size_t i = 0; i < inventory_.addresses.size(); ++i) {
      if (senders[inventory_.addresses[i].sender]) addresses.push_back(i);
    }
    return addresses;
  }

  const PathsRequest& request_;
  Listener& listener_;
  Deadline deadline_;
  Time started_;
  inventory::Inventory inventory_;
  std::vector<dns::VantageIndex> order_;
  dns::FactStore facts_;  ///< what holds, as of one vantage
  dns::FactStore kept_;   ///< what each vantage answered
  report::PathsDocument document_;
};

}  // namespace

Attempt<report::PathsDocument> paths_run(const PathsRequest& request, Listener& listener) {
  return PathsRun(request, listener).run();
}

}  // namespace rdnsgate::run
