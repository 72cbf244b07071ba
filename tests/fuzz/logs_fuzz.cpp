// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors

// A log, or a mail, or a journal; a second reading of its lines one by one has to find the same.
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "logs/bounce.h"
#include "logs/catalogue.h"
#include "logs/journal.h"
#include "logs/log_time.h"
#include "logs/normalise.h"
#include "logs/parts.h"
#include "logs/redact.h"
#include "require.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace rdnsgate;
  using namespace rdnsgate::logs;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto& patterns = Catalogue::built_in();
  const auto read = [&](std::string_view line) {
    const auto match = patterns.classify(line);
    LogEntry entry;
    entry.of = match.of;
    find_parts(line, entry);
    fuzz::require(match.of == LogClass::other || !match.pattern.empty());
    fuzz::require(entry.helo.size() <= 255 && entry.receiver.size() <= 255);
    for (const char c : normalised(line)) fuzz::require(c >= ' ' && c < 0x7F && !(c >= 'A' && c <= 'Z'));
    log_time(line, Time(std::chrono::seconds(1800000000)));
    redacted(line);
    // What the words of the patterns are not in is of no class.
    if (patterns.anchors().find(line) == std::string_view::npos) fuzz::require(match.of == LogClass::other);
  };
  BounceReader mail([&](const Bounce& one) { read(one.text); });
  std::uint64_t number = 0;
  for (std::size_t at = 0; at < text.size();) {
    const auto end = std::min(text.find('\n', at), text.size());
    read(text.substr(at, end - at));
    mail.line(text.substr(at, end - at), ++number);
    at = end + 1;
  }
  mail.end();
  std::size_t whole = 0, pieces = 0;
  JournalReader journal([&](const JournalReader::Entry&) { ++whole; });
  journal.take(text);
  journal.end();
  JournalReader again([&](const JournalReader::Entry&) { ++pieces; });
  for (const char c : text) again.take({&c, 1});
  again.end();
  fuzz::require(whole == pieces);
  return 0;
}
