// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "run/probe/delivery.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <thread>
#include <utility>

#include "run/frame/deadline.h"
#include "run/probe/message.h"

namespace rdnsgate::run {
namespace {

using mailauth::MethodResult;
using report::DeliveryStatus;
using report::ProbeDelivery;

constexpr milliseconds first_look_wait{1000}, longest_look_wait{10'000};

bool is_result_of(const std::string& text, std::initializer_list<std::string_view> all) {
  return std::find(all.begin(), all.end(), text) != all.end();
}

bool is_bad_result(const MethodResult& one) {
  return is_result_of(one.result, {"fail", "hardfail", "softfail", "permerror", "policy"});
}

std::string joined_results(const std::vector<const MethodResult*>& all) {
  std::string text;
  for (const auto* one : all)
    text += fmt::format("{}{}={}", text.empty() ? "" : ", ", one->method, one->result);
  return text;
}

class MessageCollector {
 public:
  MessageCollector(const CollectRequest& request, std::vector<report::ProbeRow>& rows)
      : request_(request), deadline_(request.within) {
    for (auto& row : rows) {
      if (!row.token.empty()) missing_.push_back(&row);
    }
  }

  void run(Listener& listener) {
    for (auto wait = first_look_wait; look() && deadline_.left().count() > 0;
         wait = std::min(2 * wait, longest_look_wait)) {
      listener.detail(fmt::format("{} of the messages not there yet", missing_.size()));
      std::this_thread::sleep_for(std::min(wait, deadline_.left()));
    }
    for (auto* row : missing_) {
      row->delivery.emplace();
      row->delivery->status = failure_.empty() ? DeliveryStatus::missing : DeliveryStatus::unknown;
      row->delivery->reason = failure_.empty() ? "it did not arrive in time" : failure_;
    }
  }

 private:
  /// True while it may help to look again.
  bool look() {
    failure_.clear();
    for (std::size_t i = 0; i < missing_.size();) {
      const auto header = resolve::find_header(request_.mailbox, probe_field, missing_[i]->token);
      if (!header) {
        failure_ = header.error().error.message;
        return header.error().kind == resolve::ImapFailure::Kind::unreachable;
      }
      if (header->empty()) {
        ++i;
        continue;
      }
      note(*header, *missing_[i]);
      missing_.erase(missing_.begin() + static_cast<std::ptrdiff_t>(i));
    }
    return !missing_.empty();
  }

  void note(const std::string& header, report::ProbeRow& row) {
    const auto results = mailauth::results_of(header, request_.authserv_id);
    row.delivery = judge_delivery(results);
    if (results.empty())
      row.delivery->reason = fmt::format("no Authentication-Results of {} in it", request_.authserv_id);
    if (row.delivered_at)
      row.delivery->after =
          std::chrono::duration_cast<milliseconds>(std::chrono::steady_clock::now() - *row.delivered_at);
  }

  const CollectRequest& request_;
  Deadline deadline_;
  std::vector<report::ProbeRow*> missing_;
  std::string failure_;  ///< of the last look
};

}  // namespace

ProbeDelivery judge_delivery(const std::vector<MethodResult>& results) {
  ProbeDelivery delivery;
  const auto says = [&](std::string_view method, std::string_view result) {
    return std::any_of(results.begin(), results.end(),
                       [&](const auto& one) { return one.method == method && one.result == result; });
  };
  const bool has_dmarc = says("dmarc", "pass"),
             passes = has_dmarc || says("spf", "pass") || says("dkim", "pass");
  std::vector<const MethodResult*> bad, open;
  bool is_judged = false;
  for (const auto& one : results) {
    delivery.results.push_back({one.method, one.result, one.reason, {}});
    for (const auto& property : one.properties)
      delivery.results.back().properties.push_back({property.name, property.value});
    if (!is_result_of(one.method, {"spf", "dkim", "dmarc", "iprev"})) continue;
    const bool is_identity = one.method != "iprev";
    is_judged = is_judged || is_identity;
    if (is_identity && one.method != "dmarc" && has_dmarc) continue;  // one of them is enough for DMARC
    if (one.method == "dkim" && says("dkim", "pass")) continue;  // and one of several signatures for DKIM
    if (is_bad_result(one)) bad.push_back(&one);
    if (one.result == "temperror") open.push_back(&one);
  }
  delivery.status = DeliveryStatus::unknown;
  if (!bad.empty()) {
    delivery.status = DeliveryStatus::unhealthy;
    delivery.reason = joined_results(bad);
  } else if (!open.empty()) {
    delivery.reason = joined_results(open);
  } else if (!is_judged) {
    delivery.reason = "the receiver says nothing of SPF, DKIM and DMARC";
  } else if (!passes) {
    delivery.status = DeliveryStatus::unhealthy;
    delivery.reason = "neither SPF nor DKIM passes";
  } else {
    delivery.status = DeliveryStatus::healthy;
  }
  return delivery;
}

void collect_messages(const CollectRequest& request, std::vector<report::ProbeRow>& rows,
                      Listener& listener) {
  MessageCollector(request, rows).run(listener);
}

}  // namespace rdnsgate::run
