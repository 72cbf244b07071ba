// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "draft/csv.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#include "base/text/text.h"
#include "base/wording.h"
#include "draft/host_fields.h"

namespace rdnsgate::draft {
namespace {

constexpr std::size_t most_csv_problems = 20;

enum class Column { address, ptr, helo, sender, owner, none };

Column column_of(std::string_view title) {
  constexpr std::array<std::pair<std::string_view, Column>, 22> known{{
      {"address", Column::address},
      {"addresses", Column::address},
      {"ip", Column::address},
      {"ip_address", Column::address},
      {"ip address", Column::address},
      {"ipaddress", Column::address},
      {"ptr", Column::ptr},
      {"rdns", Column::ptr},
      {"reverse", Column::ptr},
      {"hostname", Column::ptr},
      {"host", Column::ptr},
      {"name", Column::ptr},
      {"fqdn", Column::ptr},
      {"dns_name", Column::ptr},
      {"dns name", Column::ptr},
      {"helo", Column::helo},
      {"ehlo", Column::helo},
      {"sender", Column::sender},
      {"group", Column::sender},
      {"owner", Column::owner},
      {"contact", Column::owner},
      {"team", Column::owner},
  }};
  const auto lower = ascii_lower(title);
  for (const auto& [word, column] : known) {
    if (word == lower) return column;
  }
  return Column::none;
}

class CsvReader {
 public:
  CsvReader(const Sources& sources, FileId file, Diagnostics& problems)
      : text_(sources.text(file)), file_(file), problems_(problems) {
    if (text_.starts_with("\xEF\xBB\xBF")) at_ = 3;
    const auto header = text_.substr(at_, text_.find('\n', at_) - at_);
    for (const char mark : {';', '\t'}) {
      if (std::count(header.begin(), header.end(), mark) > std::count(header.begin(), header.end(), divider_))
        divider_ = mark;
    }
  }

  /// The fields of the next line that is not empty; false at the end, and after an error of form.
  bool next(std::vector<std::string>& fields) {
    while (at_ < text_.size() && (text_[at_] == '\n' || text_[at_] == '\r')) ++at_;
    if (at_ >= text_.size()) return false;
    begin_ = at_;
    fields.clear();
    while (true) {
      if (!field(fields.emplace_back())) return false;
      if (at_ >= text_.size()) return true;
      const char c = text_[at_++];
      if (c == divider_) continue;
      if (c == '\r' && at_ < text_.size() && text_[at_] == '\n') ++at_;
      return true;
    }
  }

  void problem(std::string message, std::string hint) {
    const std::size_t end = std::min(text_.find('\n', begin_), text_.size());
    problems_.push_back({Severity::error,
                         "csv",
                         std::move(message),
                         std::move(hint),
                         {file_, static_cast<std::uint32_t>(begin_), static_cast<std::uint32_t>(end)}});
  }

 private:
  bool field(std::string& out) {
    if (at_ < text_.size() && text_[at_] == '"') return in_quotes(out);
    const std::size_t end =
        std::min(text_.find_first_of(std::string{divider_, '\r', '\n'}, at_), text_.size());
    out = trimmed(text_.substr(at_, end - at_));
    at_ = end;
    return true;
  }

  bool in_quotes(std::string& out) {
    for (++at_; at_ < text_.size(); ++at_) {
      if (text_[at_] != '"') {
        out += text_[at_];
      } else if (at_ + 1 < text_.size() && text_[at_ + 1] == '"') {
        out += text_[at_++];
      } else {
        ++at_;
        if (at_ == text_.size() || std::string_view("\r\n").find(text_[at_]) != std::string_view::npos ||
            text_[at_] == divider_)
          return true;
        problem("there is something behind a quoted field", "inside of quotes a quote is written twice");
        return false;
      }
    }
    problem("a quoted field has no end", "close it with a quote; inside of quotes a quote is written twice");
    return false;
  }

  std::string_view text_;
  FileId file_;
  Diagnostics& problems_;
  std::size_t at_ = 0, begin_ = 0;
  char divider_ = ',';
};

}  // namespace

void read_csv(const Sources& sources, FileId file, Estate& estate, Diagnostics& problems) {
  CsvReader reader(sources, file, problems);
  std::vector<std::string> fields;
  const std::size_t known = problems.size();
  if (!reader.next(fields)) {
    if (problems.size() == known) reader.problem("the file is empty", "its first line names the columns");
    return;
  }
  std::vector<Column> columns;
  std::string skipped;
  for (const auto& title : fields) {
    columns.push_back(column_of(title));
    if (columns.back() == Column::none) skipped += (skipped.empty() ? "" : ", ") + in_quotes(title);
  }
  if (std::find(columns.begin(), columns.end(), Column::address) == columns.end()) {
    return reader.problem("no column is called address or ip",
                          "the first line names the columns: address, ptr, helo, sender, owner");
  }
  if (!skipped.empty()) estate.notes.push_back(fmt::format("Columns that were not taken: {}.", skipped));
  while (problems.size() - known < most_csv_problems && reader.next(fields)) {
    if (std::all_of(fields.begin(), fields.end(), [](const auto& field) { return field.empty(); })) continue;
    if (fields.size() > columns.size()) {
      reader.problem(
          fmt::format("the line has {} fields, and there are {} columns", fields.size(), columns.size()),
          "put a field with a comma inside into quotes");
      continue;
    }
    HostFields host;
    for (std::size_t i = 0; i < fields.size(); ++i) {
      std::string* const slots[] = {&host.address, &host.ptr, &host.helo, &host.sender, &host.owner};
      if (columns[i] != Column::none && slots[static_cast<std::size_t>(columns[i])]->empty())
        *slots[static_cast<std::size_t>(columns[i])] = std::move(fields[i]);
    }
    if (const auto added = add_host(host, estate); !added)
      reader.problem(added.error().message, added.error().hint);
  }
}

}  // namespace rdnsgate::draft
