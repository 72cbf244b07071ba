// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "plan/spf/spf_limits.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <string_view>

#include "mailauth/spf/spf_record.h"
#include "plan/spf/spf_look.h"
#include "plan/world/spf_edit.h"
#include "plan/world/spf_world.h"

namespace rdnsgate::plan {
namespace {

using mailauth::SpfResult;

constexpr std::size_t most_text =
    450;  // octets of a name and its TXT records that ought to fit, RFC 7208 §3.4
constexpr std::size_t most_string = 255;  // RFC 1035 §3.3.14

constexpr std::string_view fewer_lookups =
    "take out what nobody sends through any more, or write ip4 and ip6 in place of a and mx";

/// The text of the SPF record; 0 without one.
std::size_t text_size(const MaybeVersion& version) {
  const auto texts = mailauth::spf_texts(rdata_of(version));
  return texts.size() == 1 ? texts.front().size() : 0;
}

class SpfLimits {
 public:
  SpfLimits(const Picture& picture, Goals& goals)
      : picture_(picture),
        goals_(goals),
        before_(picture, {}),
        beside_(picture, additions_among(goals.operations)),
        after_(picture, goals.operations) {}

  void check(const Name& domain) {
    const std::size_t set = picture_.find(domain, RrType::TXT);
    if (set == none || !picture_.sets[set].live || !has_spf_record(picture_.sets[set].live->rdata)) return;
    // What has no address of a family is looked up in vain by whoever is sent mail over it.
    const auto v4 = path_of(true), v6 = path_of(false);
    const bool is_good = v4 == nullptr || check_evaluation(domain, set, v4->ip, "");
    if (is_good && v6 != nullptr) check_evaluation(domain, set, v6->ip, v4 == nullptr ? "" : " over IPv6");
    if (v4 == nullptr && v6 == nullptr) check_evaluation(domain, set, IpAddress(), "");
  }

  /// Of each record that is edited, whoever takes it in.
  void check_size(std::size_t set) {
    const auto& state = picture_.sets[set];
    const auto owner = state.owner.text();
    const auto size = txt_reply_size(state.owner, rdata_of(state.live));
    for (auto* look : {&beside_, &after_}) {
      const auto& then = look->value(set);
      const auto grown = txt_reply_size(state.owner, rdata_of(then));
      if (may_grow(size, grown)) continue;
      goals_.problems.push_back(fmt::format(
          "the reply with {} TXT would have {} octets, and would not fit where it does today (RFC "
          "7208 §3.4): {}",
          owner, grown, shorter_record));
      return;
    }
    warn_of_size(state.owner, state.live, beside_.value(set));
  }

 private:
  const Path* path_of(bool v4) const {
    const auto found = std::find_if(picture_.paths.begin(), picture_.paths.end(),
                                    [&](const Path& path) { return path.ip.is_v4() == v4; });
    return found == picture_.paths.end() ? nullptr : &*found;
  }

  /// False where something is wrong with it.
  bool check_evaluation(const Name& domain, std::size_t set, const IpAddress& ip, std::string_view over) {
    const auto whole = before_.whole(domain, ip);
    if (beside_.value(set) != picture_.sets[set].live && beside_.whole(domain, ip).unknown) {
      goals_.note(
          "How many lookups the SPF record of {} needs could not be determined; more than {} "
          "are an error (RFC 7208 §4.6.4).",
          domain.text(), mailauth::spf_most_lookups);
    }
    for (auto* look : {&beside_, &after_}) {
      const auto then = look->whole(domain, ip);
      const auto beside = look == &beside_ ? " while it has old and new side by side" : "";
      if (whole.lookups <= mailauth::spf_most_lookups && then.lookups > mailauth::spf_most_lookups) {
        goals_.problems.push_back(
            fmt::format("the SPF record of {} would need more than {} lookups{} (RFC 7208 §4.6.4): {}",
                        domain.text(), mailauth::spf_most_lookups, beside, fewer_lookups));
        return false;
      }
      if (then.results.may_be(SpfResult::permerror) && !whole.results.may_be(SpfResult::permerror)) {
        goals_.problems.push_back(fmt::format(
            "the SPF record of {} would be an error to every receiver{}: {}", domain.text(), over, then.why));
        return false;
      }
    }
    return true;
  }

  void warn_of_size(const Name& owner, const MaybeVersion& live, const MaybeVersion& then) {
    const auto from = text_size(live), to = text_size(then);
    const auto with_name = [&](std::size_t size) { return size + owner.text().size(); };
    if (with_name(from) <= most_text && with_name(to) > most_text) {
      goals_.note(
          "The SPF record of {} gets {} octets; with its name, more than {} may not fit into every reply "
          "(RFC 7208 §3.4): {}.",
          owner.text(), to, most_text, shorter_record);
    }
    if (from <= most_string && to > most_string) {
      goals_.note(
          "The SPF record of {} gets {} octets, more than one string of a TXT record holds: it is written "
          "as several strings, which are one text without anything between them (RFC 7208 §3.3).",
          owner.text(), to);
    }
  }

  const Picture& picture_;
  Goals& goals_;
  SpfLook before_, beside_, after_;
};

}  // namespace

void check_spf_limits(const Inventory& now, const Picture& picture, Goals& goals) {
  std::set<std::size_t> edited;
  for (const auto& one : goals.operations) {
    if (one.set != none && picture.sets[one.set].type == RrType::TXT && picture.sets[one.set].live &&
        has_spf_record(picture.sets[one.set].live->rdata))
      edited.insert(picture.behind(one.set));
  }
  if (now.domains.empty() && edited.empty()) return;
  SpfLimits limits(picture, goals);
  for (const auto& domain : now.domains) limits.check(domain.name);
  for (const auto set : edited) limits.check_size(set);
}

}  // namespace rdnsgate::plan
