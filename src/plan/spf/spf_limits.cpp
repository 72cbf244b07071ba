// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "plan/spf/spf_limits.h"

#include <fmt/format.h>

#include "plan/spf/spf_look.h"
#include "plan/world/spf_edit.h"
#include "plan/world/spf_world.h"

namespace rdnsgate::plan {

using mailauth::SpfResult;

void check_spf_limits(const Inventory& now, const Picture& picture, Goals& goals) {
  SpfLook before(picture, {}), beside(picture, additions_among(goals.operations)),
      after(picture, goals.operations);
  for (const auto& domain : now.domains) {
    const std::size_t set = picture.find(domain.name, RrType::TXT);
    if (set == none || !picture.sets[set].live || !has_spf_record(picture.sets[set].live->rdata)) continue;
    const auto& live = *picture.sets[set].live;
    const auto ip = picture.paths.empty() ? IpAddress() : picture.paths.front().ip;
    const auto whole = before.whole(domain.name, ip);
    if (beside.value(set) != picture.sets[set].live && beside.whole(domain.name, ip).unknown) {
      goals.note(
          "How many lookups the SPF record of {} needs could not be determined; more than {} "
          "are an error (RFC 7208 §4.6.4).",
          domain.name.text(), mailauth::spf_most_lookups);
    }
    const auto then = whole.lookups;
    for (auto* look : {&beside, &after}) {
      const auto outcome = look->whole(domain.name, ip);
      const auto lookups = outcome.lookups;
      if (then <= mailauth::spf_most_lookups && lookups > mailauth::spf_most_lookups) {
        goals.problems.push_back(fmt::format(
            "the SPF record of {} would need more than {} lookups{} (RFC 7208 §4.6.4)", domain.name.text(),
            mailauth::spf_most_lookups, look == &beside ? " while it has old and new side by side" : ""));
        break;
      }
      if (outcome.results.may_be(SpfResult::permerror) && !whole.results.may_be(SpfResult::permerror)) {
        goals.problems.push_back(fmt::format("the SPF record of {} would be an error to every receiver: {}",
                                             domain.name.text(), outcome.why));
        break;
      }
      const auto size = txt_reply_size(picture.sets[set].owner, rdata_of(look->value(set)));
      if (may_grow(txt_reply_size(picture.sets[set].owner, live.rdata), size)) continue;
      goals.problems.push_back(
          fmt::format("the reply with {} TXT would have {} octets, and would not fit where it "
                      "does today (RFC 7208 §3.4)",
                      domain.name.text(), size));
      break;
    }
  }
}

}  // namespace rdnsgate::plan
