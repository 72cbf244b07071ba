// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include <fmt/format.h>

#include <algorithm>
#include <string_view>

#include "cli/completion/completion_scripts.h"

namespace rdnsgate::cli {
namespace {

using Kind = CompletedValue::Kind;

constexpr std::string_view zsh_head = R"(#compdef rdnsgate
# zsh completion for rdnsgate. Written by: rdnsgate completion zsh

# FORMAT=FILE; the formats are the arguments.
__rdnsgate_output() {
  if compset -P '*='; then
    _files
  else
    compadd -S = -- "$@"
  fi
}
)";

constexpr std::string_view zsh_tail = R"(
if [[ $funcstack[1] == _rdnsgate ]]; then
  _rdnsgate "$@"
else
  compdef _rdnsgate rdnsgate
fi
)";

/// For a text within single quotes; `marks` mean something where it stands.
std::string for_zsh(std::string_view text, std::string_view marks) {
  std::string out;
  for (const char c : text) {
    if (c == '\'') {
      out += "'\\''";
      continue;
    }
    if (c == '\\' || marks.find(c) != std::string_view::npos) out += '\\';
    out += c;
  }
  return out;
}

std::string zsh_action(const CompletedValue& value) {
  const auto words = fmt::format("{}", fmt::join(value.words, " "));
  switch (value.kind) {
    case Kind::anything:
      return " ";
    case Kind::words:
      return "(" + for_zsh(words, "") + ")";
    case Kind::file:
      return "_files";
    case Kind::folder:
      return "_files -/";
    case Kind::output:
      return "{__rdnsgate_output " + for_zsh(words, "") + "}";
  }
  return " ";
}

/// `MESSAGE:ACTION` of a value.
std::string message_and_action(const CompletedValue& value) {
  return for_zsh(value.called.empty() ? "value" : value.called, ":") + ":" + zsh_action(value);
}

std::string function_of(std::string_view path) {
  std::string name = "_rdnsgate";
  if (!path.empty()) name += "_" + std::string(path);
  std::replace(name.begin(), name.end(), ' ', '_');
  return name;
}

std::string specification(const CompletedOption& option) {
  std::string out;
  const auto help = for_zsh(option.help, "[]");
  const auto value = option.is_flag ? std::string() : ":" + message_and_action(option.value);
  for (const auto& name : option.names) {
    // `+`: the value may stand in the same word or in the next; `=`: after an equals sign or in the next.
    const std::string_view glue = option.is_flag ? "" : name.starts_with("--") ? "=" : "+";
    const auto exclusion =
        option.repeats ? std::string("*") : fmt::format("({})", fmt::join(option.names, " "));
    out += fmt::format("    '{}{}{}[{}]{}' \\\n", exclusion, name, glue, help, value);
  }
  return out;
}

std::string described(const CompletedCommand& command, const std::vector<CompletedCommand>& table) {
  std::string out;
  for (const auto& other : table) {
    if (is_directly_below(other, command))
      out += fmt::format("        '{}:{}'\n", name_of(other), for_zsh(other.help, ":"));
  }
  return out;
}

std::string with_commands_below(const CompletedCommand& command, const std::vector<CompletedCommand>& table) {
  std::string out =
      "    '1: :->command' '*:: :->rest'\n  case $state in\n    command)\n      local commands=(\n";
  out += described(command, table);
  out +=
      "      )\n      _describe -t commands command commands\n      ;;\n    rest)\n      case $words[1] in\n";
  for (const auto& other : table) {
    if (is_directly_below(other, command))
      out += fmt::format("        {}) {} ;;\n", name_of(other), function_of(other.path));
  }
  return out + "      esac\n      ;;\n  esac\n";
}

std::string with_arguments(const CompletedCommand& command) {
  std::string out;
  for (std::size_t i = 0; i < command.arguments.size(); ++i) {
    const bool any_more = command.last_repeats && i + 1 == command.arguments.size();
    out += fmt::format("    '{}:{}' \\\n", any_more ? "*" : fmt::format("{}", i + 1),
                       message_and_action(command.arguments[i]));
  }
  return out + "    && return\n";
}

std::string zsh_function(const CompletedCommand& command, const std::vector<CompletedCommand>& table) {
  std::string out = function_of(command.path) + "() {\n";
  out += "  local curcontext=$curcontext state line\n  typeset -A opt_args\n";
  out += command.below.empty() ? "  _arguments -s -S \\\n" : "  _arguments -s -S -C \\\n";
  for (const auto& option : command.options) out += specification(option);
  out += command.below.empty() ? with_arguments(command) : with_commands_below(command, table);
  return out + "}\n\n";
}

}  // namespace

std::string zsh_completion(const std::vector<CompletedCommand>& table) {
  std::string out(zsh_head);
  out += "\n";
  for (const auto& command : table) out += zsh_function(command, table);
  return out + std::string(zsh_tail.substr(1));
}

}  // namespace rdnsgate::cli
