// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/duration.h"
#include "base/result.h"
#include "base/timestamp.h"

namespace rdnsgate::run {

/// No shorter interval is taken, and none is remembered for longer.
inline constexpr seconds shortest_probe_interval{15 * 60}, longest_probe_interval{30 * 86400};

/// A conversation that is wished for: an address, a HELO name and a target.
struct ConversationWish {
  std::string key;           ///< `192.0.2.10 mx1.example.com example.net`
  std::optional<Time> next;  ///< when it may be had, where not now
};

/// Grants those whose last conversation is `interval` ago, and writes them down as had at `now` before it returns: a
/// run that is killed has had them. The file is shared by all runs, and locked meanwhile. A time in it that is in the
/// future counts as `now`. Fails, and grants nothing, where the file cannot be read, understood or written.
Result<void> take_conversations(const std::string& path, Time now, seconds interval,
                                std::vector<ConversationWish>& wishes);

/// The text of such a file, and back.
Result<std::map<std::string, Time>> read_conversations(std::string_view text);
std::string write_conversations(const std::map<std::string, Time>& all);

}  // namespace rdnsgate::run
