// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "history/recorder.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <utility>

#include "base/text/text.h"
#include "history/spool.h"

namespace rdnsgate::history {
namespace {

namespace fs = std::filesystem;
using Kind = Failure::Kind;

/// Renames a damaged file, with what SQLite keeps beside it. Where it is now; empty where it cannot be moved.
std::string set_aside(const std::string& path, const Run& run) {
  auto stamp = format_time(run.finished_at);
  std::erase(stamp, ':');
  std::error_code failed;
  auto to = fmt::format("{}.damaged-{}", path, stamp);
  if (fs::exists(fs::symlink_status(to, failed))) to += "-" + run.id.substr(0, 8);
  // What is beside it first: a log that stayed would be taken for one of the new file.
  for (const auto* beside : {"-wal", "-shm"}) {
    const bool is_there = fs::exists(path + beside, failed);
    if (is_there) fs::rename(path + beside, to + beside, failed);
    if (failed) return {};
  }
  fs::rename(path, to, failed);
  return failed ? std::string() : to;
}

}  // namespace

Outcome<Recorded> Recorder::record(const Run& run, const std::vector<Seen>& seen) {
  return place_.is_server() ? record_on_server(run, seen) : record_in_file(run, seen);
}

Outcome<Appended> Recorder::append(const Run& run, const std::vector<Seen>& seen) {
  const auto history = open_history(place_, Access::create, patience_);
  if (!history) return tl::unexpected(history.error());
  return (*history)->append(run, seen, policy_);
}

Outcome<Recorded> Recorder::record_in_file(const Run& run, const std::vector<Seen>& seen) {
  auto appended = append(run, seen);
  Recorded recorded;
  if (!appended && appended.error().kind == Kind::corrupt) {
    const auto aside = set_aside(place_.where, run);
    if (aside.empty()) return tl::unexpected(appended.error());
    recorded.notes.push_back(
        fmt::format("{}; it is kept as {}, and a new one is begun", appended.error().error.message, aside));
    appended = append(run, seen);
  }
  if (!appended) return tl::unexpected(appended.error());
  recorded.appended = std::move(*appended);
  return recorded;
}

Outcome<Recorded> Recorder::record_on_server(const Run& run, const std::vector<Seen>& seen) {
  Recorded recorded;
  auto spool = Spool::open(spool_);
  // Whoever has no place to keep a run can still send it.
  const bool is_first = !spool || spool->names().empty();
  auto history = open_history(place_, Access::create, patience_);
  Failure why;
  if (!history) why = history.error();
  if (history && is_first) {
    auto appended = (*history)->append(run, seen, policy_);
    if (appended) {
      recorded.appended = std::move(*appended);
      return recorded;
    }
    why = appended.error();
  }
  if (!spool) {
    if (why.error.message.empty()) return tl::unexpected<Failure>(Failure{Kind::other, spool.error()});
    why.error.hint = fmt::format("and it cannot be kept to be sent later: {}", spool.error().message);
    return tl::unexpected(why);
  }
  if (const auto kept = spool->add(run, seen); !kept) {
    auto failure = why.error.message.empty() ? Failure{Kind::other, kept.error()} : why;
    failure.error.hint = fmt::format("and it cannot be kept to be sent later: {}", kept.error().message);
    return tl::unexpected(failure);
  }
  const auto ends = std::chrono::steady_clock::now() + longest_sending;
  std::size_t sent = 0;
  if (history && why.error.message.empty()) {
    for (const auto& name : spool->names()) {
      if (std::chrono::steady_clock::now() > ends) break;
      const auto waiting = spool->read(name);
      auto appended = waiting
                          ? (*history)->append(waiting->run, waiting->seen, policy_)
                          : Outcome<Appended>(tl::unexpected<Failure>(Failure{Kind::other, waiting.error()}));
      if (!appended && appended.error().kind != Kind::other) {
        why = appended.error();
        break;
      }
      if (!appended) {
        recorded.notes.push_back(fmt::format("a run that waited cannot be sent: {}; it is kept as {}",
                                             appended.error().error.message, spool->set_aside(name)));
        continue;
      }
      spool->remove(name);
      ++sent;
      if (waiting->run.id == run.id) recorded.appended = std::move(*appended);
    }
  }
  const auto left = spool->names().size();
  if (sent > 1 || (sent == 1 && !recorded.appended))
    recorded.notes.push_back(fmt::format(
        "{}: {} sent now", place_.shown(),
        counted(sent - (recorded.appended ? 1 : 0), "run that waited is", "runs that waited are")));
  if (left > 0 && !said_waiting_)
    recorded.notes.push_back(fmt::format("{}{} in {}, and will be sent with a later run",
                                         why.error.message.empty() ? std::string() : why.error.message + "; ",
                                         counted(left, "run waits", "runs wait"), spool_));
  said_waiting_ = left > 0;
  return recorded;
}

}  // namespace rdnsgate::history
