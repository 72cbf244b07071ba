// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "run/logs/logs_run.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>
#include <tuple>

#include "base/version.h"
#include "inventory/files/read_file.h"
#include "run/logs/log_findings.h"
#include "run/logs/log_paths.h"

namespace rdnsgate::run {
namespace {

using logs::LogClass;
using report::LogGroup;
using report::LogsDocument;

constexpr std::size_t most_files = 500, most_groups = 20000, most_patterns = std::size_t{1} << 20;

/// What is counted of the lines, in memory that does not depend on what is in them.
class Tally {
 public:
  void add(const logs::LogEntry& entry, std::string_view path) {
    const auto helo =
        entry.of == LogClass::helo || !entry.ip ? std::string_view(entry.helo) : std::string_view();
    const Key key{std::string(path), entry.receiver, entry.of, entry.side, entry.ip, std::string(helo)};
    auto found = groups_.find(key);
    if (found == groups_.end()) {
      if (groups_.size() >= most_groups) {
        ++ungrouped_;
        return;
      }
      found =
          groups_
              .emplace(
                  key,
                  LogGroup{key.path, key.receiver, entry.ip, key.helo, entry.of, entry.side, 0, {}, {}, {}})
              .first;
    }
    auto& group = found->second;
    ++group.count;
    if (entry.time.empty()) return;
    if (group.first.empty() || entry.time < group.first) group.first = entry.time;
    group.last = std::max(group.last, entry.time);
  }

  void end(LogsDocument& document) {
    document.ungrouped = ungrouped_;
    for (auto& [key, group] : groups_) document.groups.push_back(std::move(group));
    std::stable_sort(document.groups.begin(), document.groups.end(),
                     [](const LogGroup& a, const LogGroup& b) {
                       // What no path is known of comes last.
                       if (a.path != b.path)
                         return a.path.empty() || b.path.empty() ? b.path.empty() : a.path < b.path;
                       return a.count > b.count;
                     });
  }

 private:
  struct Key {
    std::string path, receiver;
    LogClass of;
    logs::Side side;
    std::optional<IpAddress> ip;
    std::string helo;
    bool operator<(const Key& other) const {
      return std::tie(path, receiver, of, side, ip, helo) <
             std::tie(other.path, other.receiver, other.of, other.side, other.ip, other.helo);
    }
  };
  std::map<Key, LogGroup> groups_;
  std::uint64_t ungrouped_ = 0;
};

Result<logs::Catalogue> read_patterns(const std::string& path) {
  const auto text = inventory::read_file(path, most_patterns);
  if (!text) return fail(text.error().message, text.error().hint);
  auto patterns = logs::Catalogue::parse(*text);
  if (!patterns) return fail(fmt::format("{}: {}", path, patterns.error().message), patterns.error().hint);
  for (const auto& sample : patterns->samples()) {
    const auto match = patterns->classify(sample.line);
    if (match.of != sample.of)
      return fail(
          fmt::format("{}: a test of {} is of class {}: {}", path,
                      sample.pattern.empty() ? "what is not about reverse DNS" : sample.pattern,
                      logs::to_string(match.of), sample.line),
          "patterns have to match their own tests: see the head of the file that --show-patterns prints");
  }
  return patterns;
}

Result<std::vector<logs::LogSource>> open_logs(const std::vector<std::string>& files) {
  if (files.size() > most_files)
    return fail(fmt::format("{} logs are too many at once: {} are read", files.size(), most_files),
                "read them as one: zcat -f FILES | rdnsgate logs -");
  if (std::count(files.begin(), files.end(), "-") > 1) return fail("standard input is named twice");
  std::vector<logs::LogSource> sources;
  for (const auto& file : files) {
    auto source = logs::LogSource::open(file);
    if (!source) return tl::unexpected(source.error());
    sources.push_back(std::move(*source));
  }
  return sources;
}

}  // namespace

Result<LogsDocument> logs_run(const LogsRequest& request, const LogsSink& sink) {
  LogsDocument document;
  if (request.inventory != nullptr) {
    document.inventory = request.inventory->path;
    document.inventory_sha256 = request.inventory->sha256;
  }
  std::optional<logs::Catalogue> patterns;
  if (!request.patterns.empty()) {
    auto read = read_patterns(request.patterns);
    if (!read) return tl::unexpected(read.error());
    patterns = std::move(*read);
  }
  auto findings = read_findings(request.reports);
  if (!findings) return tl::unexpected(findings.error());
  auto sources = open_logs(request.files);
  if (!sources) return tl::unexpected(sources.error());

  document.tool_version = version;
  document.read_at = request.now;
  const LogPaths paths(request.inventory);
  const logs::ReadOptions options{patterns ? &*patterns : &logs::Catalogue::built_in(), document.read_at,
                                  static_cast<bool>(sink.line), request.redact};
  Tally tally;
  bool is_wanted = !sink.begin || sink.begin(document);
  for (std::size_t i = 0; i < sources->size() && is_wanted; ++i) {
    const auto& file = request.files[i];
    const auto take = [&](const logs::LogEntry& entry) {
      const auto found = paths.find(entry);
      if (entry.of != LogClass::other) {
        ++document.by_class[static_cast<std::size_t>(entry.of)];
        if (found.is_ours)
          tally.add(entry, found.path);
        else
          ++document.of_others;
      }
      is_wanted = !sink.line || sink.line({file, entry, found.path, found.is_ours});
      return is_wanted;
    };
    auto read = logs::read_log((*sources)[i], options, take);
    for (const auto& problem : read.problems) {
      const auto at = problem.line == 0 ? std::string() : fmt::format(":{}", problem.line);
      const auto hint = problem.hint.empty() ? std::string() : fmt::format(" ({})", problem.hint);
      if (sink.note) sink.note(fmt::format("{}{}: {}{}", file, at, problem.message, hint));
    }
    document.files.push_back({file, std::move(read)});
  }
  tally.end(document);
  join_findings(std::move(*findings), document);
  auto& others = document.by_class[static_cast<std::size_t>(LogClass::other)];
  others = document.lines();
  for (std::size_t i = 0; i < static_cast<std::size_t>(LogClass::other); ++i)
    others -= std::min(others, document.by_class[i]);
  return document;
}

}  // namespace rdnsgate::run
