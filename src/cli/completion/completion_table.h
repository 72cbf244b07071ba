// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <string>
#include <vector>

namespace CLI {
class App;
}

namespace rdnsgate::cli {

/// What a shell can offer where a value stands.
struct CompletedValue {
  enum class Kind {
    anything,  ///< nothing is offered: an address, a name, a time
    words,
    file,
    folder,
    output,  ///< one of the words, `=`, and a file
  };
  Kind kind = Kind::anything;
  std::vector<std::string> words;
  std::string called;  ///< as --help calls it: FILE
};

struct CompletedOption {
  std::vector<std::string> names;  ///< `-f` and `--format`
  std::string help;                ///< a few words, without a line break
  bool is_flag = false;            ///< no value follows
  bool repeats = false;
  CompletedValue value;
};

struct CompletedCommand {
  std::string path;  ///< `rollout status`; empty for the program itself
  std::string help;
  std::vector<std::string> below;         ///< names of the commands under it
  std::vector<CompletedOption> options;   ///< those of the commands above, which it takes too, are the last
  std::vector<CompletedValue> arguments;  ///< in their order
  bool last_repeats = false;              ///< any number of the last argument
};

/// Without those above it: `status` of `rollout status`.
std::string name_of(const CompletedCommand& command);
/// `rollout status` is below `rollout`, and not below the program.
bool is_directly_below(const CompletedCommand& command, const CompletedCommand& above);

/// Everything that can be typed, read off the program's own tables of options: the program first, then each
/// command with those under it.
std::vector<CompletedCommand> completion_table(const CLI::App& program);

}  // namespace rdnsgate::cli
