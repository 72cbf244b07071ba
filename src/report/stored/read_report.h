// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <string_view>

#include "base/result.h"
#include "report/document.h"
#include "report/stored/fields.h"

namespace rdnsgate::report {

/// What `check` and `lint` wrote with --format json (schemas/report.schema.json), read back: written again it is the same
/// octets. `path` is for what is wrong with it, which is said with its place. Members that are not known are passed over:
/// a newer rdnsgate may have added them. What is not part of the JSON is empty, but for what it follows from: whether
/// nothing was judged, and which command it was.
Result<Document> read_report(std::string_view path, std::string_view text);

Document::Finding read_finding(const Fields& fields);

/// The member `shard`, beside so many vantages.
Document::Part read_part(const Fields& fields);

}  // namespace rdnsgate::report
