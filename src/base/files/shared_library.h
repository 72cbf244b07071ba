// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <string>

namespace rdnsgate {

/// A library of the system that is loaded when it is first needed, and not when the program starts. It stays for as long
/// as the program runs: libraries have threads and handlers of their own.
class SharedLibrary {
 public:
  /// `file_name` as the dynamic linker looks it up: libpq.so.5.
  explicit SharedLibrary(const char* file_name);

  /// `name` as the header has it. nullptr where it is not there, as failure() says then.
  template <typename Function>
  void find(const char* name, Function& function) {
    function = reinterpret_cast<Function>(symbol(name));
  }

  /// Empty for none: why the first thing that was looked for, the library itself included, was not found.
  const std::string& failure() const { return failure_; }

 private:
  void* symbol(const char* name);
  void note_failure();

  void* handle_;
  std::string failure_{};
};

}  // namespace rdnsgate
