// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "history/pq_library.h"

#include <dlfcn.h>
#include <fmt/format.h>

#include <string>

namespace rdnsgate::history {
namespace {

constexpr const char* file_name = "libpq.so.5";

class Loader {
 public:
  Loader() : handle_(dlopen(file_name, RTLD_NOW | RTLD_LOCAL)) {
    if (handle_ == nullptr) note_failure();
  }

  /// `name` as the header has it.
  template <typename Function>
  void find(const char* name, Function& function) {
    void* const found = handle_ == nullptr ? nullptr : dlsym(handle_, name);
    if (found == nullptr) note_failure();
    function = reinterpret_cast<Function>(found);
  }

  /// Empty for none: why the first thing that was looked for was not found.
  const std::string& failure() const { return failure_; }

 private:
  void note_failure() {
    const char* const said = dlerror();
    if (failure_.empty()) failure_ = said != nullptr ? said : "no reason is known";
  }

  void* handle_;  // for as long as the program runs
  std::string failure_;
};

Result<PqLibrary> load() {
  PqLibrary pq{};
  Loader loader;
#define RDNSGATE_FIND(name) loader.find("PQ" #name, pq.name)
  RDNSGATE_FIND(connectStartParams);
  RDNSGATE_FIND(connectPoll);
  RDNSGATE_FIND(finish);
  RDNSGATE_FIND(status);
  RDNSGATE_FIND(transactionStatus);
  RDNSGATE_FIND(socket);
  RDNSGATE_FIND(errorMessage);
  RDNSGATE_FIND(setNoticeProcessor);
  RDNSGATE_FIND(setnonblocking);
  RDNSGATE_FIND(sendQuery);
  RDNSGATE_FIND(sendQueryParams);
  RDNSGATE_FIND(flush);
  RDNSGATE_FIND(consumeInput);
  RDNSGATE_FIND(isBusy);
  RDNSGATE_FIND(getResult);
  RDNSGATE_FIND(resultStatus);
  RDNSGATE_FIND(resultErrorField);
  RDNSGATE_FIND(resultErrorMessage);
  RDNSGATE_FIND(ntuples);
  RDNSGATE_FIND(nfields);
  RDNSGATE_FIND(getvalue);
  RDNSGATE_FIND(getisnull);
  RDNSGATE_FIND(getlength);
  RDNSGATE_FIND(clear);
#undef RDNSGATE_FIND
  if (!loader.failure().empty()) {
    return fail(fmt::format("PostgreSQL cannot be asked: {}", loader.failure()),
                "a history on a server needs libpq; in Debian 12 it is the package libpq5");
  }
  return pq;
}

}  // namespace

Result<const PqLibrary*> pq_library() {
  static const Result<PqLibrary> loaded = load();
  if (!loaded) return tl::unexpected(loaded.error());
  return &*loaded;
}

}  // namespace rdnsgate::history
