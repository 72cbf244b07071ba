// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "base/files/new_process.h"

#include <signal.h>
#include <unistd.h>

extern char** environ;

namespace rdnsgate {
namespace {

std::vector<char*> pointers_to(std::vector<std::string>& words) {
  std::vector<char*> all;
  for (auto& word : words) all.push_back(word.data());
  all.push_back(nullptr);
  return all;
}

}  // namespace

NewProcess::NewProcess() {
  posix_spawn_file_actions_init(&files_);
  posix_spawnattr_init(&attributes_);
  sigset_t none, all;
  sigemptyset(&none);
  sigfillset(&all);
  posix_spawnattr_setsigmask(&attributes_, &none);
  posix_spawnattr_setsigdefault(&attributes_, &all);
  flags_ = POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF;
}

NewProcess::~NewProcess() {
  posix_spawn_file_actions_destroy(&files_);
  posix_spawnattr_destroy(&attributes_);
}

void NewProcess::open(int descriptor, const std::string& path, int flags, mode_t mode) {
  posix_spawn_file_actions_addopen(&files_, descriptor, path.c_str(), flags, mode);
}

void NewProcess::copy(int from, int descriptor) {
  posix_spawn_file_actions_adddup2(&files_, from, descriptor);
}

void NewProcess::lead_group() {
  posix_spawnattr_setpgroup(&attributes_, 0);
  flags_ |= POSIX_SPAWN_SETPGROUP;
}

NewProcess::Started NewProcess::start(std::vector<std::string> words, std::vector<std::string> environment) {
  posix_spawn_file_actions_addclosefrom_np(&files_, STDERR_FILENO + 1);
  posix_spawnattr_setflags(&attributes_, flags_);
  pid_t process = 0;
  const int error = posix_spawn(&process, words.front().c_str(), &files_, &attributes_,
                                pointers_to(words).data(), pointers_to(environment).data());
  return {error == 0 ? process : 0, error};
}

std::vector<std::string> own_environment() {
  std::vector<std::string> all;
  for (char** one = environ; *one != nullptr; ++one) all.emplace_back(*one);
  return all;
}

}  // namespace rdnsgate
