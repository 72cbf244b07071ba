// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "history/pq_library.h"

#include <fmt/format.h>

#include "base/files/shared_library.h"

namespace rdnsgate::history {
namespace {

constexpr const char* file_name = "libpq.so.5";

Result<PqLibrary> load() {
  PqLibrary pq{};
  SharedLibrary library(file_name);
#define RDNSGATE_FIND(name) library.find("PQ" #name, pq.name)
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
  RDNSGATE_FIND(sendPrepare);
  RDNSGATE_FIND(sendQueryPrepared);
  RDNSGATE_FIND(enterPipelineMode);
  RDNSGATE_FIND(pipelineSync);
  RDNSGATE_FIND(exitPipelineMode);
  RDNSGATE_FIND(flush);
  RDNSGATE_FIND(consumeInput);
  RDNSGATE_FIND(isBusy);
  RDNSGATE_FIND(getResult);
  RDNSGATE_FIND(resultStatus);
  RDNSGATE_FIND(resultErrorField);
  RDNSGATE_FIND(resultErrorMessage);
  RDNSGATE_FIND(cmdTuples);
  RDNSGATE_FIND(ntuples);
  RDNSGATE_FIND(nfields);
  RDNSGATE_FIND(getvalue);
  RDNSGATE_FIND(getisnull);
  RDNSGATE_FIND(getlength);
  RDNSGATE_FIND(clear);
#undef RDNSGATE_FIND
  if (!library.failure().empty()) {
    return fail(fmt::format("PostgreSQL cannot be asked: {}", library.failure()),
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
