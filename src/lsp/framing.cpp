// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "lsp/framing.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <utility>

#include "base/text/text.h"

namespace rdnsgate::lsp {
namespace {

std::optional<std::uint64_t> number(std::string_view text) {
  std::uint64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (text.empty() || error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

}  // namespace

void Framing::feed(std::string_view octets) { buffer_ += octets; }

/// What was read is let go of now and then, so that many small messages don't move the rest each time.
void Framing::compact() {
  if (at_ < buffer_.size() && at_ < 65'536) return;
  buffer_.erase(0, at_);
  at_ = 0;
}

/// A line without its end; false where its end is not there yet.
bool Framing::read_line(std::string_view& line) {
  while (true) {
    const auto end = buffer_.find('\n', at_);
    const auto length = std::min(end, buffer_.size()) - at_;
    if (skipping_line_ || length > max_header_line) {
      if (!skipping_line_) wrong_ = "a header line is too long";
      any_line_ = true;
      skipping_line_ = end == std::string::npos;
      at_ += length + (skipping_line_ ? 0 : 1);
      if (skipping_line_) return false;
      continue;
    }
    if (end == std::string::npos) return false;
    line = std::string_view(buffer_).substr(at_, length);
    if (line.ends_with('\r')) line.remove_suffix(1);
    at_ = end + 1;
    return true;
  }
}

void Framing::header_line(std::string_view line) {
  any_line_ = true;
  const auto colon = line.find(':');
  if (colon == std::string_view::npos) {
    wrong_ = "a header line has no colon";
  } else if (ascii_lower(line.substr(0, colon)) == "content-length") {
    const auto value = number(trimmed(line.substr(colon + 1)));
    if (!value) wrong_ = "Content-Length is no number";
    length_ = value;
  }
}

/// Where the header cannot be believed the next line may begin another one.
std::optional<Frame> Framing::end_of_header() {
  any_line_ = false;
  auto wrong = std::exchange(wrong_, {});
  const auto length = std::exchange(length_, std::nullopt);
  if (wrong.empty() && !length) wrong = "the header has no Content-Length";
  if (length && *length > max_content) {
    to_skip_ = *length;
    return Frame{{},
                 fmt::format("a message of {} octets is longer than the {} MiB that are taken", *length,
                             max_content >> 20)};
  }
  if (!length || !wrong.empty()) {
    to_skip_ = length.value_or(0);
    return Frame{{}, std::move(wrong)};
  }
  length_ = length;
  in_content_ = true;
  return std::nullopt;
}

std::optional<Frame> Framing::content() {
  const auto length = static_cast<std::size_t>(*length_);
  if (buffer_.size() - at_ < length) return std::nullopt;
  Frame frame{buffer_.substr(at_, length), {}};
  at_ += length;
  in_content_ = false;
  length_.reset();
  compact();
  return frame;
}

std::optional<Frame> Framing::next() {
  while (true) {
    const auto skipped = std::min<std::uint64_t>(to_skip_, buffer_.size() - at_);
    at_ += static_cast<std::size_t>(skipped);
    to_skip_ -= skipped;
    compact();
    if (in_content_) return content();
    std::string_view line;
    if (to_skip_ > 0 || !read_line(line)) return compact(), std::nullopt;
    if (!line.empty()) {
      header_line(line);
    } else if (any_line_) {  // an empty line before a header is nothing
      if (auto frame = end_of_header()) return frame;
    }
  }
}

std::string framed(std::string_view content) {
  return fmt::format("Content-Length: {}\r\n\r\n{}", content.size(), content);
}

}  // namespace rdnsgate::lsp
