// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <string>

#include "dns/facts/fact_store.h"
#include "run/first/declare.h"
#include "run/first/sources.h"
#include "run/frame/asking.h"
#include "run/frame/attempt.h"
#include "run/frame/clock.h"
#include "run/frame/listener.h"

namespace rdnsgate::run {

/// A first inventory that is to be made.
struct InitRequest {
  Clock clock;
  FirstSources from;
  std::string path;  ///< what it will be called; `-` where it will be no file
  /// Also the names of addresses that only a table lists, and the selectors of well-known relays.
  bool ask_names = false;
  Asking asking;
};

struct InitRun {
  FirstInventory first;
  std::size_t left_out = 0;        ///< addresses that are not declared; comments say why
  std::size_t failed_lookups = 0;  ///< what the DNS did not answer one way or the other
  dns::FactStore facts;            ///< what was answered
};

/// Makes it, and writes no file but the snapshot that is asked for. Where nothing can be declared and lookups failed,
/// that is unknown.
Attempt<InitRun> init_run(const InitRequest& request, Listener& listener);

}  // namespace rdnsgate::run
