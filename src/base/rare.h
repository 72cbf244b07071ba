// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <atomic>
#include <compare>
#include <cstdint>
#include <cstring>
#include <memory>
#include <new>
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

/// A value that many have alike, and that is there once: each of them takes the room of a pointer, where
/// std::shared_ptr takes that of two. nullptr-like until it is given one; nobody can change it.
template <typename T>
class Shared {
 public:
  Shared() = default;
  Shared(T value) : held_(new Held{1, std::move(value)}) {}
  Shared(const Shared& other) : held_(other.held_) {
    if (held_ != nullptr) held_->holders.fetch_add(1, std::memory_order_relaxed);
  }
  Shared(Shared&& other) noexcept : held_(std::exchange(other.held_, nullptr)) {}
  Shared& operator=(Shared other) noexcept {
    std::swap(held_, other.held_);
    return *this;
  }
  ~Shared() {
    if (held_ != nullptr && held_->holders.fetch_sub(1, std::memory_order_acq_rel) == 1) delete held_;
  }

  explicit operator bool() const { return held_ != nullptr; }
  bool has_value() const { return held_ != nullptr; }
  const T& operator*() const { return held_->value; }
  const T* operator->() const { return &held_->value; }
  const T* get() const { return held_ != nullptr ? &held_->value : nullptr; }
  T value_or(T other) const { return held_ != nullptr ? held_->value : std::move(other); }

 private:
  struct Held {
    std::atomic<std::uint32_t> holders;
    const T value;
  };
  Held* held_ = nullptr;
};

/// A text that is there once, however many have it, in as much room as it needs; often empty. Whoever has it takes the
/// room of a pointer, where a std::string takes four of them: a finding has ten texts, and a run hundreds of thousands
/// of findings.
class SharedText {
 public:
  SharedText() = default;
  SharedText(std::string_view text) : held_(text.empty() ? nullptr : held(text)) {}
  SharedText(const std::string& text) : SharedText(std::string_view(text)) {}
  SharedText(const char* text) : SharedText(std::string_view(text)) {}
  SharedText(const SharedText& other) : held_(other.held_) {
    if (held_ != nullptr) held_->holders.fetch_add(1, std::memory_order_relaxed);
  }
  SharedText(SharedText&& other) noexcept : held_(std::exchange(other.held_, nullptr)) {}
  SharedText& operator=(SharedText other) noexcept {
    std::swap(held_, other.held_);
    return *this;
  }
  ~SharedText() {
    if (held_ != nullptr && held_->holders.fetch_sub(1, std::memory_order_acq_rel) == 1) ::operator delete(held_);
  }

  /// As long as somebody has it.
  std::string_view text() const {
    return held_ == nullptr ? std::string_view() : std::string_view(octets_of(held_), held_->size);
  }
  operator std::string() const { return std::string(text()); }
  operator std::string_view() const { return text(); }
  bool empty() const { return held_ == nullptr; }
  void clear() { *this = SharedText(); }
  bool operator==(const SharedText& other) const { return held_ == other.held_ || text() == other.text(); }
  bool operator==(std::string_view other) const { return text() == other; }
  bool operator==(const std::string& other) const { return text() == other; }
  bool operator==(const char* other) const { return text() == other; }
  auto operator<=>(const SharedText& other) const { return text() <=> other.text(); }

 private:
  /// Its octets stand behind it, in the same block.
  struct Held {
    std::atomic<std::uint32_t> holders;
    std::uint32_t size;
  };
  static char* octets_of(Held* held) { return reinterpret_cast<char*>(held + 1); }
  static Held* held(std::string_view text) {
    auto* made = new (::operator new(sizeof(Held) + text.size())) Held{1, static_cast<std::uint32_t>(text.size())};
    std::memcpy(octets_of(made), text.data(), text.size());
    return made;
  }

  Held* held_ = nullptr;
};

}  // namespace rdnsgate
