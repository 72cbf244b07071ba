// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <spawn.h>
#include <sys/types.h>

#include <string>
#include <vector>

namespace rdnsgate {

/// What another program begins with: no descriptor but its standard ones, no signal that we ignore or our threads do not take.
class NewProcess {
 public:
  NewProcess();
  NewProcess(const NewProcess&) = delete;
  NewProcess& operator=(const NewProcess&) = delete;
  ~NewProcess();

  void open(int descriptor, const std::string& path, int flags, mode_t mode = 0);
  /// `descriptor` is what `from` is here, or has become by what was said before.
  void copy(int from, int descriptor);
  /// It leads a process group of its own, so that a signal reaches what it starts as well.
  void lead_group();

  struct Started {
    pid_t process = 0;  ///< 0 where it could not be started
    int error = 0;      ///< errno of that
  };
  /// The program words[0], a path, with these words and, as `NAME=value` each, this environment.
  Started start(std::vector<std::string> words, std::vector<std::string> environment);

 private:
  posix_spawn_file_actions_t files_;
  posix_spawnattr_t attributes_;
  short flags_ = 0;
};

/// The environment of this process.
std::vector<std::string> own_environment();

}  // namespace rdnsgate
