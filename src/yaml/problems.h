// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/text/diagnostic.h"
#include "yaml/dialect.h"

namespace rdnsgate::yaml {

/// The kinds of problem, as they stand in brackets behind a message.
namespace code {
inline constexpr std::string_view file = "inventory-file";  ///< it cannot be read at all
/// It is not YAML, or not the part of it used here.
inline constexpr std::string_view syntax = "inventory-syntax";
/// A key, a type or a value that the format has not.
inline constexpr std::string_view schema = "inventory-schema";
inline constexpr std::string_view duplicate = "inventory-duplicate";  ///< the same thing twice
inline constexpr std::string_view limit = "inventory-limit";          ///< more than a limit allows
}  // namespace code

/// Collects the errors of one file, up to a limit; or, as they are absorbed, those of all files.
class Problems {
 public:
  Problems(const Sources& sources, FileId file, std::size_t limit, const Dialect& dialect)
      : sources_(sources), file_(file), limit_(limit), dialect_(dialect) {}

  void add(std::string_view code, Span at, std::string message, std::string hint = {},
           std::optional<Fix> fix = {});
  std::size_t count() const { return all_.size(); }
  /// The limit is reached: what would be added is dropped, so work may stop.
  bool full() const { return all_.size() >= limit_; }

  /// Something has been reported at exactly this place.
  bool has(Span at) const;
  /// Something has been reported that begins inside this stretch.
  bool any_within(Span stretch) const;

  /// The place of `at` in a message about `here`: `line 12`, or `hosts/eu.yaml:12` where that is another
  /// file.
  std::string place(Span at, Span here) const;

  /// Takes over what was found in another file.
  void absorb(Problems&& other);

  const Sources& sources() const { return sources_; }
  FileId file() const { return file_; }
  const Dialect& dialect() const { return dialect_; }

  /// In file order, each once; says so where the limit may have cut them off.
  void move_to(Diagnostics& all);

 private:
  const Sources& sources_;
  FileId file_;
  std::size_t limit_;
  const Dialect& dialect_;
  Diagnostics all_;
};

}  // namespace rdnsgate::yaml
