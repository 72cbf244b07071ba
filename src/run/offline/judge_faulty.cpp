// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "run/offline/judge_faulty.h"

#include <algorithm>
#include <string>
#include <unordered_map>
#include <vector>

#include "base/ip.h"
#include "run/offline/judge_declared.h"

namespace rdnsgate::run {
namespace {

/// Which senders can be judged by themselves.
class Whole {
 public:
  Whole(const inventory::Inventory& inventory, const Diagnostics& problems) : inventory_(inventory) {
    for (const auto& problem : problems) faults_.push_back(problem.at);
    std::sort(faults_.begin(), faults_.end());
    std::vector<const inventory::Sender*> order;
    for (const auto& sender : inventory.senders) order.push_back(&sender);
    std::sort(order.begin(), order.end(), [](const auto* a, const auto* b) { return a->at < b->at; });
    for (std::size_t i = 0; i < order.size(); ++i) {
      // A sender reaches to the name of the next one in its file.
      const bool has_next = i + 1 < order.size() && order[i + 1]->at.file == order[i]->at.file;
      const std::uint32_t end = has_next ? order[i + 1]->at.begin : 0xFFFFFFFF;
      if (!has_fault({order[i]->at.file, order[i]->at.begin, end})) whole_.emplace(order[i]->name, order[i]);
    }
  }

  bool holds(const audit::Target& target) const {
    if (target.kind == audit::TargetKind::sender) return whole_.contains(target.id);
    if (target.kind != audit::TargetKind::address) return false;
    const auto ip = IpAddress::read(target.id);
    const auto* address = ip ? inventory_.find(*ip) : nullptr;
    return address != nullptr && whole_.contains(inventory_.sender_of(*address).name);
  }

 private:
  bool has_fault(Span region) const {
    const auto first = std::lower_bound(faults_.begin(), faults_.end(), Span{region.file, region.begin, 0});
    return first != faults_.end() && first->file == region.file && first->begin < region.end;
  }

  const inventory::Inventory& inventory_;
  std::vector<Span> faults_;
  std::unordered_map<std::string, const inventory::Sender*> whole_;
};

}  // namespace

Diagnostics judge_faulty(const inventory::Inventory& faulty, const Diagnostics& problems, Time now) {
  const Whole whole(faulty, problems);
  Diagnostics said;
  for (const auto& finding : judge_declared({&faulty, now}).findings) {
    // A sender's use and owner stand elsewhere, where the faults may be.
    if (finding.status != audit::Status::open || finding.rule.text().starts_with("hygiene-") ||
        !whole.holds(finding.target))
      continue;
    if (finding.severity == Severity::info) continue;
    said.push_back({finding.severity, std::string(finding.rule), finding.message(), finding.fix, finding.at});
  }
  return said;
}

}  // namespace rdnsgate::run
