// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <memory>
#include <string>
#include <utility>

namespace rdnsgate::report {

/// A text that many have alike, and that is there once; most often empty.
class SharedText {
 public:
  SharedText() = default;
  SharedText(std::string text)
      : text_(text.empty() ? nullptr : std::make_shared<const std::string>(std::move(text))) {}
  SharedText(const char* text) : SharedText(std::string(text)) {}

  const std::string& text() const {
    static const std::string empty;
    return text_ == nullptr ? empty : *text_;
  }
  bool empty() const { return text_ == nullptr; }
  void clear() { text_.reset(); }
  bool operator==(const SharedText& other) const { return text() == other.text(); }

 private:
  std::shared_ptr<const std::string> text_;
};

}  // namespace rdnsgate::report
