// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors

// Stored reports: whatever is read is written, and what was written is read as the same.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "report/formats.h"
#include "report/stored/read_report.h"
#include "require.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace rdnsgate;
  using fuzz::require;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto read = report::read_report("report.json", text);
  if (!read) {
    require(read.error().message.starts_with("report.json"));
    return 0;
  }
  const auto written = report::render_json(*read);
  const auto again = report::read_report("report.json", written);
  require(again.has_value());
  require(report::render_json(*again) == written);
  for (const auto& format : report::formats())
    report::whole([&](report::Outlet& out) { format.write(*read, {}, out); });
  return 0;
}
