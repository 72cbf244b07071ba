// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "base/text/page_view.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text/wrap.h"

namespace rdnsgate {
namespace {

class PageView {
 public:
  explicit PageView(const PageLook& look) : look_(look) {}

  std::string show(std::string_view page) {
    while (!page.empty()) {
      const auto end = page.find('\n');
      line(page.substr(0, end));
      page.remove_prefix(end == std::string_view::npos ? page.size() : end + 1);
    }
    return std::move(out_);
  }

 private:
  void line(std::string_view text) {
    if (text.starts_with("```")) {
      in_example_ = !in_example_;
      if (!look_.color) out_.append(text).append("\n");
    } else if (in_example_) {
      out_.append(look_.color ? "    " : "").append(text).append("\n");
    } else if (text.starts_with('#')) {
      heading(text);
    } else if (text.starts_with('|')) {
      out_.append(inline_marks(text)).append("\n");  // a table's lines are rows
    } else {
      const std::string_view indent = text.starts_with("- ") ? "  " : "";
      out_.append(wrapped(inline_marks(text), look_.width, indent)).append("\n");
    }
  }

  void heading(std::string_view text) {
    if (!look_.color) return void(out_.append(wrapped(text, look_.width, "")).append("\n"));
    const bool title = text.starts_with("# ");
    text.remove_prefix(std::min(text.find_first_not_of("# "), text.size()));
    out_ += fmt::format("\x1b[{}m{}\x1b[0m\n", title ? "1;4" : "1", text);
  }

  /// Code spans and links; only where there is colour, or nothing would tell code from words.
  std::string inline_marks(std::string_view text) const {
    if (!look_.color) return std::string(text);
    std::string out;
    while (!text.empty()) {
      if (const auto end = text.find('`', 1); text.front() == '`' && end != std::string_view::npos) {
        out += fmt::format("\x1b[36m{}\x1b[39m", text.substr(1, end - 1));
        text.remove_prefix(end + 1);
      } else if (const auto middle = text.find("]("); text.front() == '[' &&
                                                      middle != std::string_view::npos &&
                                                      text.find(')', middle) != std::string_view::npos) {
        out += fmt::format("\x1b[4m{}\x1b[24m", text.substr(1, middle - 1));
        text.remove_prefix(text.find(')', middle) + 1);
      } else {
        out += text.front();
        text.remove_prefix(1);
      }
    }
    return out;
  }

  const PageLook& look_;
  std::string out_;
  bool in_example_ = false;
};

}  // namespace

std::string page_view(std::string_view markdown, const PageLook& look) {
  if (!look.color && look.width == 0) return std::string(markdown);
  return PageView(look).show(markdown);
}

}  // namespace rdnsgate
