// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "report/document.h"
#include "report/formats.h"

namespace rdnsgate::run {

/// A report that goes to a file.
struct ReportFile {
  std::string format;  ///< one that report::find_format() knows
  std::string path;
};

/// Writes all that can be written; why the others are not there.
std::vector<Error> write_reports(const report::Document& document, const std::vector<ReportFile>& files,
                                 const report::TextStyle& style);

}  // namespace rdnsgate::run
