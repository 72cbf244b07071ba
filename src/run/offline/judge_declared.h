// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include "audit/policy/policy.h"
#include "audit/verdict/verdict.h"

namespace rdnsgate::run {

/// What is to be said of what `run` declares, without the DNS.
audit::AuditResult judge_declared(const audit::RunContext& run, const audit::VerdictOptions& options = {});

}  // namespace rdnsgate::run
