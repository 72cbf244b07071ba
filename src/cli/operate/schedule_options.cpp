// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "cli/operate/schedule_options.h"

#include <fmt/format.h>

#include <cstdlib>
#include <optional>

namespace rdnsgate::cli {
namespace {

/// `10%`, `10`; of what is not a number from 0 to 100 nothing.
std::optional<unsigned> read_percent(std::string text) {
  if (text.ends_with('%')) text.pop_back();
  if (text.empty() || text.size() > 3 || text.find_first_not_of("0123456789") != std::string::npos)
    return std::nullopt;
  const auto percent = static_cast<unsigned>(std::atoi(text.c_str()));
  return percent <= 100 ? std::optional(percent) : std::nullopt;
}

}  // namespace

Result<milliseconds> read_time(std::string_view option, const std::string& text, bool may_be_none) {
  auto time = parse_duration_ms(text);
  if (!time) return fail(fmt::format("{}: {}", option, time.error().message), time.error().hint);
  if (time->count() == 0 && !may_be_none) return fail(fmt::format("{} must be longer than nothing", option));
  return time;
}

Result<history::Policy> read_policy(const std::string& text) {
  const auto slash = text.find('/');
  const auto first = text.substr(0, slash),
             second = slash == std::string::npos ? first : text.substr(slash + 1);
  const auto is_number = [](const std::string& part) {
    return !part.empty() && part.size() <= 3 && part.find_first_not_of("0123456789") == std::string::npos;
  };
  if (!is_number(first) || !is_number(second))
    return fail(fmt::format("--confirm: \"{}\" is not a number of looks", text),
                "such as 2/3: in two of the last three");
  const history::Policy policy{static_cast<std::size_t>(std::atoi(first.c_str())),
                               static_cast<std::size_t>(std::atoi(second.c_str()))};
  if (const auto checked = history::check(policy); !checked)
    return fail("--confirm: " + checked.error().message, checked.error().hint);
  return policy;
}

Result<run::Schedule> read_schedule(std::string_view option, const std::string& every,
                                    const std::string& jitter, const std::string& recheck) {
  const auto read_every = read_time(option, every);
  if (!read_every) return tl::unexpected(read_every.error());
  const auto read_recheck = read_time("--recheck", recheck, true);
  if (!read_recheck) return tl::unexpected(read_recheck.error());
  const auto read_jitter = read_percent(jitter);
  if (!read_jitter) return fail(fmt::format("--jitter: \"{}\" is not a share of 0% to 100%", jitter));
  return run::Schedule{*read_every, *read_jitter, *read_recheck};
}

}  // namespace rdnsgate::cli
