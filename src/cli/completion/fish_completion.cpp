// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include <fmt/format.h>

#include <set>
#include <string_view>

#include "cli/completion/completion_scripts.h"

namespace rdnsgate::cli {
namespace {

using Kind = CompletedValue::Kind;

constexpr std::string_view fish_head = R"(# fish completion for rdnsgate. Written by: rdnsgate completion fish

# What was typed up to the cursor: the command, and how many arguments of its own follow.
function __rdnsgate_typed
    set -l path
    set -l skip 0
    set -l arguments 0
    for word in (commandline -opc)[2..-1]
        if test $skip = 1
            set skip 0
        else if contains -- "$word" $__rdnsgate_valued
            set skip 1
        else if string match -q -- '-*' "$word"
            continue
        else if contains -- (string join ' ' $path "$word") $__rdnsgate_commands
            set -a path "$word"
        else
            set arguments (math $arguments + 1)
        end
    end
    echo $path  # an empty line for the program itself
    echo $arguments
end

function __rdnsgate_at
    set -l typed (__rdnsgate_typed)
    test "$typed[1]" = "$argv[1]"
end

# COMMAND FIRST LAST: the argument at the cursor is one of these.
function __rdnsgate_argument
    set -l typed (__rdnsgate_typed)
    test "$typed[1]" = "$argv[1]" -a $typed[2] -ge $argv[2] -a $typed[2] -le $argv[3]
end

# FORMAT=FILE
function __rdnsgate_output
    set -l word (commandline -ct | string replace -r -- '^--?[a-z-]+=' '')
    if string match -q -- '*=*' "$word"
        set -l format (string split -m 1 = -- "$word")[1]
        __fish_complete_path (string split -m 1 = -- "$word")[2] | string replace -r '^' "$format="
    else
        string join \n -- $argv"="
    end
end

complete -c rdnsgate -f
)";

std::string in_quotes(std::string_view text) {
  std::string out = "'";
  for (const char c : text) {
    if (c == '\'' || c == '\\') out += '\\';
    out += c;
  }
  return out + "'";
}

/// What is offered for a value, as options of `complete`.
std::string fish_values(const CompletedValue& value, bool is_option) {
  const std::string wanted = is_option ? " -r" : "";
  switch (value.kind) {
    case Kind::anything:
      return is_option ? " -x" : "";
    case Kind::words:
      return fmt::format("{} -f -a {}", wanted, in_quotes(fmt::format("{}", fmt::join(value.words, " "))));
    case Kind::file:
      return wanted + " -F";
    case Kind::folder:
      return wanted + " -f -a '(__fish_complete_directories)'";
    case Kind::output:
      return fmt::format("{} -f -a '(__rdnsgate_output {})'", wanted, fmt::join(value.words, " "));
  }
  return {};
}

std::string line_of(const CompletedCommand& command, const CompletedOption& option) {
  std::string line = fmt::format("complete -c rdnsgate -n \"__rdnsgate_at '{}'\"", command.path);
  for (const auto& name : option.names)
    line += name.starts_with("--") ? " -l " + name.substr(2) : " -s " + name.substr(1);
  if (!option.is_flag) line += fish_values(option.value, true);
  return line + " -d " + in_quotes(option.help) + "\n";
}

std::string lines_of(const CompletedCommand& command, const std::vector<CompletedCommand>& table) {
  std::string out;
  for (const auto& other : table) {
    if (!is_directly_below(other, command)) continue;
    out += fmt::format("complete -c rdnsgate -n \"__rdnsgate_at '{}'\" -a {} -d {}\n", command.path,
                       name_of(other), in_quotes(other.help));
  }
  for (std::size_t i = 0; i < command.arguments.size(); ++i) {
    const auto& value = command.arguments[i];
    if (value.kind == Kind::anything) continue;
    const bool any_more = command.last_repeats && i + 1 == command.arguments.size();
    out += fmt::format("complete -c rdnsgate -n \"__rdnsgate_argument '{}' {} {}\"{}\n", command.path, i,
                       any_more ? 999999 : i, fish_values(value, false));
  }
  for (const auto& option : command.options) out += line_of(command, option);
  return out;
}

/// Lists that the functions look into.
std::string fish_lists(const std::vector<CompletedCommand>& table) {
  std::set<std::string> valued;
  std::vector<std::string> paths;
  for (const auto& command : table) {
    if (!command.path.empty()) paths.push_back(in_quotes(command.path));
    for (const auto& option : command.options) {
      if (!option.is_flag) valued.insert(option.names.begin(), option.names.end());
    }
  }
  return fmt::format("set -g __rdnsgate_commands {}\nset -g __rdnsgate_valued {}\n", fmt::join(paths, " "),
                     fmt::join(valued, " "));
}

}  // namespace

std::string fish_completion(const std::vector<CompletedCommand>& table) {
  std::string out = std::string(fish_head) + fish_lists(table);
  for (const auto& command : table) out += lines_of(command, table);
  return out;
}

}  // namespace rdnsgate::cli
