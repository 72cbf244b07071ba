// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "history/spool.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <utility>

#include "base/files/output_file.h"

namespace rdnsgate::history {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view suffix = ".run.json";
constexpr std::size_t digits = 12;

bool is_run(const std::string& name) {
  return name.size() > digits + suffix.size() && name.ends_with(suffix) &&
         std::all_of(name.begin(), name.begin() + digits, [](char c) { return c >= '0' && c <= '9'; });
}

}  // namespace

Result<Spool> Spool::open(const std::string& folder) {
  std::error_code failed;
  const bool is_new = fs::create_directories(folder, failed);
  if (failed)
    return fail(fmt::format("{}: runs cannot be kept there: {}", folder, failed.message()),
                "--history-spool names another folder");
  if (is_new) fs::permissions(folder, fs::perms::owner_all, failed);
  auto lock = FileLock::take(folder + "/lock");
  if (!lock) return tl::unexpected(lock.error());
  return Spool(folder, std::move(*lock));
}

Result<void> Spool::add(const Run& run, const std::vector<Seen>& seen) {
  const auto all = names();
  std::uint64_t last = 0;
  if (!all.empty()) std::from_chars(all.back().data(), all.back().data() + digits, last);
  return write_file(fmt::format("{}/{:0{}}-{}{}", folder_, last + 1, digits, run.id, suffix),
                    to_json(run, seen));
}

std::vector<std::string> Spool::names() const {
  std::vector<std::string> all;
  std::error_code failed;
  for (fs::directory_iterator at(folder_, failed), end; !failed && at != end; at.increment(failed)) {
    auto name = at->path().filename().string();
    if (is_run(name)) all.push_back(std::move(name));
  }
  std::sort(all.begin(), all.end());
  return all;
}

Result<Waiting> Spool::read(const std::string& name) const {
  std::ifstream file(folder_ + "/" + name, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  if (!file) return fail("it cannot be read");
  return waiting_in(text.str());
}

void Spool::remove(const std::string& name) const {
  std::error_code ignored;  // what is sent twice is written once
  fs::remove(folder_ + "/" + name, ignored);
}

std::string Spool::set_aside(const std::string& name) const {
  std::error_code ignored;
  const auto to = folder_ + "/" + name + ".refused";
  fs::rename(folder_ + "/" + name, to, ignored);
  return to;
}

}  // namespace rdnsgate::history
