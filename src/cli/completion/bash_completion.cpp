// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include <fmt/format.h>

#include <string_view>

#include "cli/completion/completion_scripts.h"

namespace rdnsgate::cli {
namespace {

using Kind = CompletedValue::Kind;

constexpr std::string_view bash_head = R"(# bash completion for rdnsgate. Written by: rdnsgate completion bash
# The first three set what belongs to the command, option or argument that was typed.
)";

// bash splits at = and :, which are parts of words here, and puts a reply in place of what follows the last of
// them.
constexpr std::string_view bash_tail = R"(
_rdnsgate() {
  local IFS=$' \t\n' words=() word glue='' path='' before='' below options kind values argument=0 ended='' i
  for ((i = 1; i <= COMP_CWORD; i++)); do
    word=${COMP_WORDS[i]}
    if [[ ${#words[@]} -gt 0 && ($word =~ ^[=:]+$ || -n $glue) ]]; then
      words[${#words[@]}-1]+=$word
    else
      words+=("$word")
    fi
    [[ $word =~ ^[=:]+$ ]] && glue=1 || glue=''
  done
  local full=${words[${#words[@]}-1]} shown=${COMP_WORDS[COMP_CWORD]}
  [[ $shown =~ ^[=:]+$ ]] && shown=''
  local lead=${full%"$shown"}

  for word in "${words[@]:0:${#words[@]}-1}"; do
    if [[ -n $before ]]; then
      before=''
    elif [[ -z $ended && $word == -- ]]; then
      ended=1
    elif [[ -z $ended && $word == -* ]]; then
      kind=''
      __rdnsgate_value "$path" "$word"
      [[ -n $kind ]] && before=$word
    else
      __rdnsgate_command "$path"
      if [[ " $below " == *" $word "* ]]; then
        path=${path:+$path }$word
      else
        argument=$((argument + 1))
      fi
    fi
  done

  kind='' values='' COMPREPLY=()
  local value=$full name=''
  __rdnsgate_command "$path"
  if [[ -n $before ]]; then
    __rdnsgate_value "$path" "$before"
  elif [[ -z $ended && $full == --*=* ]]; then
    name=${full%%=*}= value=${full#*=}
    __rdnsgate_value "$path" "${full%%=*}"
  elif [[ -z $ended && $full == -* ]]; then
    kind=words values=$options
  elif [[ -n $below ]]; then
    kind=words values=$below
  else
    __rdnsgate_argument "$path" "$argument"
  fi

  local found=()
  case $kind in
    words) mapfile -t found < <(compgen -W "$values" -- "$value") ;;
    file) mapfile -t found < <(compgen -f -- "$value") ;;
    folder) mapfile -t found < <(compgen -d -- "$value") ;;
    output)
      if [[ $value == *=* ]]; then
        name+=${value%%=*}=
        mapfile -t found < <(compgen -f -- "${value#*=}")
        kind=file
      else
        mapfile -t found < <(compgen -W "$values" -S = -- "$value")
        compopt -o nospace 2>/dev/null
      fi
      ;;
  esac
  [[ $kind == file || $kind == folder ]] && compopt -o filenames 2>/dev/null
  for word in "${found[@]}"; do
    COMPREPLY+=("${name}${word}")
  done
  COMPREPLY=("${COMPREPLY[@]#"$lead"}")
  [[ -n ${COMPREPLY[*]} ]] || COMPREPLY=()
}
complete -F _rdnsgate rdnsgate
)";

std::string_view word_of(Kind kind) {
  switch (kind) {
    case Kind::anything:
      return "anything";
    case Kind::words:
      return "words";
    case Kind::file:
      return "file";
    case Kind::folder:
      return "folder";
    case Kind::output:
      return "output";
  }
  return "anything";
}

/// Assignments that say what stands there.
std::string shell_words(const CompletedValue& value) {
  if (value.words.empty()) return fmt::format("kind={}", word_of(value.kind));
  return fmt::format("kind={} values='{}'", word_of(value.kind), fmt::join(value.words, " "));
}

std::string bash_commands(const std::vector<CompletedCommand>& table) {
  std::string out = "__rdnsgate_command() {\n  case $1 in\n";
  for (const auto& command : table) {
    std::vector<std::string> names;
    for (const auto& option : command.options)
      names.insert(names.end(), option.names.begin(), option.names.end());
    out += fmt::format("    '{}') below='{}' options='{}' ;;\n", command.path, fmt::join(command.below, " "),
                       fmt::join(names, " "));
  }
  return out + "  esac\n}\n";
}

std::string bash_values(const std::vector<CompletedCommand>& table) {
  std::string out = "__rdnsgate_value() {\n  case \"$1 $2\" in\n";
  for (const auto& command : table) {
    for (const auto& option : command.options) {
      if (option.is_flag) continue;
      std::vector<std::string> patterns;
      for (const auto& name : option.names) patterns.push_back(fmt::format("'{} {}'", command.path, name));
      out += fmt::format("    {}) {} ;;\n", fmt::join(patterns, " | "), shell_words(option.value));
    }
  }
  return out + "  esac\n}\n";
}

std::string bash_arguments(const std::vector<CompletedCommand>& table) {
  std::string out = "__rdnsgate_argument() {\n  case \"$1 $2\" in\n";
  for (const auto& command : table) {
    for (std::size_t i = 0; i < command.arguments.size(); ++i) {
      const bool any_more = command.last_repeats && i + 1 == command.arguments.size();
      const auto number = any_more ? std::string("'*") : fmt::format("{}'", i);
      out += fmt::format("    '{} {}) {} ;;\n", command.path, number, shell_words(command.arguments[i]));
    }
  }
  return out + "  esac\n}\n";
}

}  // namespace

std::string bash_completion(const std::vector<CompletedCommand>& table) {
  return std::string(bash_head) + bash_commands(table) + bash_values(table) + bash_arguments(table) +
         std::string(bash_tail);
}

}  // namespace rdnsgate::cli
