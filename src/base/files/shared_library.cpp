// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "base/files/shared_library.h"

#include <dlfcn.h>

namespace rdnsgate {

SharedLibrary::SharedLibrary(const char* file_name) : handle_(dlopen(file_name, RTLD_NOW | RTLD_LOCAL)) {
  if (handle_ == nullptr) note_failure();
}

void* SharedLibrary::symbol(const char* name) {
  void* const found = handle_ == nullptr ? nullptr : dlsym(handle_, name);
  if (found == nullptr) note_failure();
  return found;
}

void SharedLibrary::note_failure() {
  const char* const said = dlerror();
  if (failure_.empty()) failure_ = said != nullptr ? said : "no reason is known";
}

}  // namespace rdnsgate
