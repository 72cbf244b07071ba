// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "run/drill/score_file.h"

#include <fmt/format.h>

#include <string_view>
#include <utility>

#include "base/files/file_lock.h"
#include "base/files/output_file.h"
#include "inventory/files/read_file.h"

namespace rdnsgate::run {
namespace {

constexpr std::size_t largest_file = std::size_t{64} << 20;

Result<void> read_into(const std::string& text, const std::string& path,
                       std::vector<report::DrillRecord>& all) {
  std::string_view rest = text;
  for (std::size_t line = 1; !rest.empty(); ++line) {
    const auto end = rest.find('\n');
    const auto one = rest.substr(0, end);
    rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
    if (one.empty()) continue;
    auto record = report::read_record(one);
    if (!record)
      return fail(fmt::format("{}:{}: {}", path, line, record.error().message),
                  "name a file that drill run --record wrote, or one that is not there yet");
    all.push_back(std::move(*record));
  }
  return {};
}

Result<std::string> octets_of(const std::string& path) {
  auto text = inventory::read_file(path, largest_file);
  if (!text) return fail(text.error().message, text.error().hint);
  return std::move(*text);
}

}  // namespace

Result<void> add_records(const std::string& path, const std::vector<report::DrillRecord>& records) {
  const auto lock = FileLock::take(path);
  if (!lock) return fail(fmt::format("{}: {}", path, lock.error().message), lock.error().hint);
  auto text = octets_of(path);
  if (!text) return tl::unexpected(text.error());
  std::vector<report::DrillRecord> known;
  if (const auto read = read_into(*text, path, known); !read) return read;
  if (!text->empty() && text->back() != '\n') *text += '\n';
  for (const auto& record : records) *text += report::record_line(record);
  return write_file(path, *text);
}

Result<std::vector<report::DrillRecord>> read_records(const std::vector<std::string>& paths) {
  std::vector<report::DrillRecord> all;
  for (const auto& path : paths) {
    const auto text = octets_of(path);
    if (!text) return tl::unexpected(text.error());
    if (const auto read = read_into(*text, path, all); !read) return tl::unexpected(read.error());
  }
  return all;
}

}  // namespace rdnsgate::run
