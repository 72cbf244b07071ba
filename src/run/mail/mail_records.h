// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <string>
#include <string_view>

#include "report/mail/record_document.h"
#include "run/frame/asking.h"
#include "run/frame/attempt.h"
#include "run/frame/clock.h"
#include "run/frame/listener.h"

namespace rdnsgate::run {

/// The records of a domain that are to be looked up and judged.
struct RecordRequest {
  Clock clock;
  Asking asking;
  std::string domain, selector;  ///< as given; `selector` of DKIM alone
};

Attempt<report::RecordDocument> dkim_run(const RecordRequest& request, Listener& listener);
Attempt<report::RecordDocument> dmarc_run(const RecordRequest& request, Listener& listener);

/// Judges what was handed over: each line is a record at one name. `kind` is `dkim` or `dmarc`.
report::RecordDocument judge_lines(std::string_view kind, std::string_view text, std::string source,
                                   Time now);

}  // namespace rdnsgate::run
