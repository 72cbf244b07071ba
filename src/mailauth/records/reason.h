// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/severity.h"

namespace rdnsgate::mailauth {

/// A stretch of octets in one of the records that are judged together.
struct Place {
  std::size_t record = 0;  ///< which of them, from 0
  std::size_t offset = 0, length = 0;
  bool operator==(const Place&) const = default;
};

/// What is wrong with a record, or worth to be known of it.
struct Reason {
  std::string_view id;  ///< a stable word, such as `private-key`
  Severity severity = Severity::error;
  std::string_view source;  ///< the section that says so: `RFC 6376 §3.6.1`
  std::string message;      ///< may hold foreign text, as may `hint`
  std::string hint;         ///< what to do about it; may be empty
  Place at;
};

/// Collects what a judge says.
class Reasons {
 public:
  /// Which record the places of what follows are in.
  void begin_record(std::size_t record) { record_ = record; }

  void error(std::string_view id, std::string_view source, Place at, std::string message,
             std::string hint = {}) {
    add(Severity::error, id, source, at, std::move(message), std::move(hint));
  }
  void warn(std::string_view id, std::string_view source, Place at, std::string message,
            std::string hint = {}) {
    add(Severity::warning, id, source, at, std::move(message), std::move(hint));
  }
  void note(std::string_view id, std::string_view source, Place at, std::string message,
            std::string hint = {}) {
    add(Severity::info, id, source, at, std::move(message), std::move(hint));
  }
  void add(Severity severity, std::string_view id, std::string_view source, Place at, std::string message,
           std::string hint) {
    at.record = record_;
    all_.push_back({id, severity, source, std::move(message), std::move(hint), at});
  }

  const std::vector<Reason>& all() const { return all_; }
  bool has(std::string_view id) const {
    return std::any_of(all_.begin(), all_.end(), [&](const Reason& one) { return one.id == id; });
  }
  /// The gravest; off where nothing is said.
  Severity worst() const {
    Severity worst = Severity::off;
    for (const auto& one : all_) worst = std::max(worst, one.severity);
    return worst;
  }

 private:
  std::vector<Reason> all_;
  std::size_t record_ = 0;
};

}  // namespace rdnsgate::mailauth
