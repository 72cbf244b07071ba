// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "run/files/report_files.h"

#include "base/files/output_file.h"

namespace rdnsgate::run {

std::vector<Error> write_reports(const report::Document& document, const std::vector<ReportFile>& files,
                                 const report::TextStyle& style) {
  std::vector<Error> missing;
  for (const auto& file : files) {
    OutputFile target(file.path);
    report::Outlet out([&](std::string_view piece) { return target.write(piece); });
    report::find_format(file.format)->write(document, style, out);
    out.finish();
    if (const auto written = target.commit(); !written) missing.push_back(written.error());
  }
  return missing;
}

}  // namespace rdnsgate::run
