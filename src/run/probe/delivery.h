// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <string>
#include <vector>

#include "base/duration.h"
#include "mailauth/results/authentication_results.h"
#include "report/probe/probe_document.h"
#include "resolve/web/imap.h"
#include "run/frame/listener.h"

namespace rdnsgate::run {

/// Where messages that were sent arrive, and whose judgement of them is believed.
struct CollectRequest {
  resolve::ImapMailbox mailbox;
  std::string authserv_id;  ///< Authentication-Results of anybody else count for nothing
  milliseconds within{std::chrono::minutes(5)};
};

/// Looks for the message of each row that was accepted with a token, again and again until all are there or the time is
/// over, and notes in the row what became of it. That the mailbox could not be read is no word on the delivery.
void collect_messages(const CollectRequest& request, std::vector<report::ProbeRow>& rows, Listener& listener);

/// What the results of a message that arrived come to. They are what the receiver says of SPF, DKIM, DMARC and iprev.
report::ProbeDelivery judge_delivery(const std::vector<mailauth::MethodResult>& results);

}  // namespace rdnsgate::run
