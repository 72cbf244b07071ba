// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <utility>

namespace rdnsgate::report {

/// Where a report goes, piece by piece. False: it takes no more.
using Sink = std::function<bool(std::string_view piece)>;

/// A report while it is written. What is written goes on in pieces, so that a report of hundreds of thousands of
/// findings is never in memory as a whole.
class Outlet {
 public:
  explicit Outlet(Sink sink) : sink_(std::move(sink)) {}

  /// What has not gone on yet: all that is written is appended to it. Its last octets stay, to tell by whether a line
  /// has ended.
  std::string& text() { return text_; }

  /// Between two entries.
  void turn() {
    if (text_.size() >= portion) hand_on(text_.size() - kept);
  }
  /// Once all is written. False where the sink took less than all.
  bool finish() {
    hand_on(text_.size());
    return takes_more_;
  }

 private:
  static constexpr std::size_t portion = std::size_t{1} << 16, kept = 2;

  void hand_on(std::size_t size) {
    takes_more_ = takes_more_ && sink_(std::string_view(text_).substr(0, size));
    text_.erase(0, size);
  }

  Sink sink_;
  std::string text_;
  bool takes_more_ = true;
};

/// All of a report that `write` writes, for whoever wants it in one piece.
template <typename Write>
std::string whole(const Write& write) {
  std::string all;
  Outlet out([&](std::string_view piece) { return all += piece, true; });
  write(out);
  out.finish();
  return all;
}

}  // namespace rdnsgate::report
