// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "base/text/pattern.h"

#include <fmt/format.h>
#include <re2/re2.h>

namespace rdnsgate {
namespace {

re2::StringPiece piece(std::string_view text) { return {text.data(), text.size()}; }

RE2::Options options(Pattern::Case letters) {
  RE2::Options options;
  options.set_log_errors(false);
  options.set_never_capture(true);
  options.set_case_sensitive(letters == Pattern::Case::as_written);
  return options;
}

/// RE2 quotes the part that it stumbled over; these are what people bring along from other dialects.
Error wrong(const RE2& regex, std::string_view text) {
  const auto& part = regex.error_arg();
  if (regex.error_code() == RE2::ErrorBadPerlOp)
    return {fmt::format("look-ahead and look-behind ({}) are not supported", part),
            "list what is allowed as several patterns"};
  if (regex.error_code() == RE2::ErrorBadEscape && part.size() == 2 && part[1] >= '1' && part[1] <= '9')
    return {fmt::format("back-references ({}) are not supported", part), "write the repeated part out"};
  if (regex.error_code() == RE2::ErrorPatternTooLarge)
    return {"it is too large when its repetitions are written out", "make counts such as {1,500} smaller"};
  if (regex.error().starts_with("invalid UTF-8")) return {regex.error()};
  return {regex.error(), text.find('.') != std::string_view::npos
                             ? "a dot that is meant as a dot is written \\."
                             : "the syntax is that of RE2: https://github.com/google/re2/wiki/Syntax"};
}

}  // namespace

struct Pattern::Compiled {
  std::string text;
  RE2 regex;
  Compiled(std::string_view as_written, Case letters)
      : text(as_written), regex(piece(text), options(letters)) {}
};

Pattern::Pattern(std::unique_ptr<const Compiled> compiled) : compiled_(std::move(compiled)) {}
Pattern::Pattern(Pattern&&) noexcept = default;
Pattern& Pattern::operator=(Pattern&&) noexcept = default;
Pattern::~Pattern() = default;

Result<Pattern> Pattern::compile(std::string_view text, Case letters) {
  auto compiled = std::make_unique<const Compiled>(text, letters);
  if (!compiled->regex.ok()) return tl::unexpected(wrong(compiled->regex, text));
  return Pattern(std::move(compiled));
}

bool Pattern::is_in(std::string_view text) const { return RE2::PartialMatch(piece(text), compiled_->regex); }

const std::string& Pattern::text() const { return compiled_->text; }

}  // namespace rdnsgate
