// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "run/probe/conversation_log.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "base/files/file_lock.h"
#include "base/files/output_file.h"
#include "base/read_json.h"
#include "inventory/files/read_file.h"

namespace rdnsgate::run {
namespace {

constexpr std::string_view state_schema = "rdnsgate/smtp-probe-state/1";
constexpr std::size_t largest_state = std::size_t{16} << 20;
constexpr const char* how_to_begin_anew =
    "without the file, nothing is known to have been asked; or name another with --state";

}  // namespace

Result<std::map<std::string, Time>> read_conversations(std::string_view text) {
  std::map<std::string, Time> all;
  if (text.empty()) return all;  // it was made for the lock
  const auto json = read_json(text);
  if (!json) return fail(json.error().message, how_to_begin_anew);
  const auto schema = json->is_object() ? json->find("schema") : json->end();
  if (schema == json->end() || *schema != state_schema)
    return fail(fmt::format("it is not what smtp probe writes: \"schema\" is not \"{}\"", state_schema),
                how_to_begin_anew);
  const auto list = json->find("conversations");
  if (list == json->end() || !list->is_object())
    return fail("it has no \"conversations\"", how_to_begin_anew);
  for (const auto& [key, value] : list->items()) {
    const auto time = value.is_string() ? parse_time(value.get<std::string>()) : fail("it is no text");
    if (!time)
      return fail(fmt::format("conversations: {}: {}", key, time.error().message), how_to_begin_anew);
    all.emplace(key, *time);
  }
  return all;
}

std::string write_conversations(const std::map<std::string, Time>& all) {
  nlohmann::ordered_json list = nlohmann::ordered_json::object();
  for (const auto& [key, time] : all) list[key] = format_time(time);
  const nlohmann::ordered_json json{{"schema", state_schema}, {"conversations", std::move(list)}};
  return json.dump(2) + "\n";
}

Result<void> take_conversations(const std::string& path, Time now, seconds interval,
                                std::vector<ConversationWish>& wishes) {
  const auto wrong = [&](const Error& error) {
    return fail(fmt::format("--state: {}: {}", path, error.message), error.hint);
  };
  const auto lock = FileLock::take(path);
  if (!lock) return wrong(lock.error());
  const auto text = inventory::read_file(path, largest_state);
  if (!text) return fail("--state: " + text.error().message, text.error().hint);
  auto known = read_conversations(*text);
  if (!known) return wrong(known.error());
  std::erase_if(*known, [&](const auto& one) { return one.second + longest_probe_interval <= now; });
  for (auto& wish : wishes) {
    const auto [last, is_new] = known->try_emplace(wish.key, now);
    wish.next.reset();
    if (is_new) continue;
    const auto next = std::min(last->second, now) + interval;
    if (next > now) {
      wish.next = next;
    } else {
      last->second = now;
    }
  }
  if (const auto written = write_file(path, write_conversations(*known)); !written)
    return wrong(written.error());
  return {};
}

}  // namespace rdnsgate::run
