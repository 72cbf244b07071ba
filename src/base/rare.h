// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <utility>

namespace rdnsgate {

/// An optional value that most of many do not have: where it is not there, it takes the room of a pointer.
template <typename T>
class Rare {
 public:
  Rare() = default;
  Rare(T value) : value_(std::make_unique<T>(std::move(value))) {}
  Rare(const Rare& other) : value_(other ? std::make_unique<T>(*other) : nullptr) {}
  Rare(Rare&&) noexcept = default;
  Rare& operator=(const Rare& other) { return *this = Rare(other); }
  Rare& operator=(Rare&&) noexcept = default;
  ~Rare() = default;

  explicit operator bool() const { return value_ != nullptr; }
  bool has_value() const { return value_ != nullptr; }
  const T& operator*() const { return *value_; }
  const T* operator->() const { return value_.get(); }
  T value_or(T other) const { return value_ ? *value_ : std::move(other); }

 private:
  std::unique_ptr<T> value_;
};

/// A text that many have alike, and that is there once; often empty.
class SharedText {
 public:
  SharedText() = default;
  SharedText(std::string text)
      : text_(text.empty() ? nullptr : std::make_shared<const std::string>(std::move(text))) {}
  SharedText(std::string_view text) : SharedText(std::string(text)) {}
  SharedText(const char* text) : SharedText(std::string(text)) {}

  const std::string& text() const {
    static const std::string empty;
    return text_ == nullptr ? empty : *text_;
  }
  operator const std::string&() const { return text(); }
  operator std::string_view() const { return text(); }
  bool empty() const { return text_ == nullptr; }
  void clear() { text_.reset(); }
  bool operator==(const SharedText& other) const { return text_ == other.text_ || text() == other.text(); }
  bool operator==(std::string_view other) const { return text() == other; }
  bool operator==(const char* other) const { return text() == other; }
  auto operator<=>(const SharedText& other) const { return text() <=> other.text(); }

 private:
  std::shared_ptr<const std::string> text_;
};

}  // namespace rdnsgate
