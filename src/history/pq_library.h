// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <libpq-fe.h>

#include "base/result.h"

namespace rdnsgate::history {

/// What is used of libpq, by the names that its header gives without `PQ`. It brings two dozen libraries along (Kerberos,
/// LDAP, GnuTLS): a program that were linked with it would start 2 ms later, and only a fleet keeps its history on a
/// server.
struct PqLibrary {
  decltype(&::PQconnectStartParams) connectStartParams;
  decltype(&::PQconnectPoll) connectPoll;
  decltype(&::PQfinish) finish;
  decltype(&::PQstatus) status;
  decltype(&::PQtransactionStatus) transactionStatus;
  decltype(&::PQsocket) socket;
  decltype(&::PQerrorMessage) errorMessage;
  decltype(&::PQsetNoticeProcessor) setNoticeProcessor;
  decltype(&::PQsetnonblocking) setnonblocking;
  decltype(&::PQsendQuery) sendQuery;
  decltype(&::PQsendQueryParams) sendQueryParams;
  decltype(&::PQsendPrepare) sendPrepare;
  decltype(&::PQsendQueryPrepared) sendQueryPrepared;
  decltype(&::PQenterPipelineMode) enterPipelineMode;
  decltype(&::PQpipelineSync) pipelineSync;
  decltype(&::PQexitPipelineMode) exitPipelineMode;
  decltype(&::PQflush) flush;
  decltype(&::PQconsumeInput) consumeInput;
  decltype(&::PQisBusy) isBusy;
  decltype(&::PQgetResult) getResult;
  decltype(&::PQresultStatus) resultStatus;
  decltype(&::PQresultErrorField) resultErrorField;
  decltype(&::PQresultErrorMessage) resultErrorMessage;
  decltype(&::PQcmdTuples) cmdTuples;
  decltype(&::PQntuples) ntuples;
  decltype(&::PQnfields) nfields;
  decltype(&::PQgetvalue) getvalue;
  decltype(&::PQgetisnull) getisnull;
  decltype(&::PQgetlength) getlength;
  decltype(&::PQclear) clear;
};

/// Loads it, once in a run, and leaves it so until the end. Fails where this machine has none. For several threads.
Result<const PqLibrary*> pq_library();

}  // namespace rdnsgate::history
