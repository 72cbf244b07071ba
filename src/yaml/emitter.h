// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace YAML {
class Emitter;
}

namespace rdnsgate::yaml {

/// YAML that is written, by yaml-cpp. A text stands as it is where no reader of YAML 1.1 or 1.2 takes it for anything
/// else, and in double quotes everywhere else; nothing is folded, and no line is broken in a list or a mapping that is
/// written on one line.
class Emitter {
 public:
  enum class Form : std::uint8_t { block, one_line };

  Emitter();
  ~Emitter();
  Emitter(const Emitter&) = delete;
  Emitter& operator=(const Emitter&) = delete;

  Emitter& begin_map(Form form = Form::block);
  Emitter& end_map();
  Emitter& begin_list(Form form = Form::block);
  Emitter& end_list();
  /// Of a member, in a mapping.
  Emitter& key(std::string_view name);
  Emitter& quoted_key(std::string_view name);
  /// UTF-8; what is none is written as U+FFFD.
  Emitter& text(std::string_view text);
  /// The same in double quotes, whatever it says.
  Emitter& quoted(std::string_view text);
  /// The same without: of what is text to every reader, as the caller knows, such as an IPv4 address.
  Emitter& plain(std::string_view text);
  Emitter& number(std::uint64_t number);

  Emitter& member(std::string_view name, std::string_view value) { return key(name).text(value); }

  /// What was written, with a final line feed.
  std::string take() const;

 private:
  std::unique_ptr<YAML::Emitter> out_;
};

/// Each line with `indent` blanks before it, the first one with `mark` in place of the last of them: of what stands in a
/// list (`- `) between comments that yaml-cpp would not indent.
std::string indented(std::string_view lines, std::size_t indent, std::string_view mark = {});

}  // namespace rdnsgate::yaml
