// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "base/result.h"

namespace rdnsgate {

/// What the keyword `pattern` is called in a schema that is validated with (base/text/schema_pattern.h says why).
inline constexpr const char* pattern_keyword = "rdnsgate-pattern";

/// A regular expression in the syntax of RE2, which takes time in proportion to the text and a bounded stack,
/// whatever the expression is: back-references and look-around are not in it.
class Pattern {
 public:
  enum class Case { as_written, ignored };

  /// Fails with what is wrong with it, and for one that would take more than some MiB when compiled.
  static Result<Pattern> compile(std::string_view text, Case letters = Case::as_written);

  /// Whether it is found anywhere in the text.
  bool is_in(std::string_view text) const;
  /// As it was written.
  const std::string& text() const;

  Pattern(Pattern&&) noexcept;
  Pattern& operator=(Pattern&&) noexcept;
  ~Pattern();

 private:
  struct Compiled;
  explicit Pattern(std::unique_ptr<const Compiled> compiled);
  std::unique_ptr<const Compiled> compiled_;
};

}  // namespace rdnsgate
