// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <functional>

namespace CLI {
class App;
}

namespace rdnsgate::cli {

struct CommonOptions;

/// What a command does once the command line was understood; returns the exit code.
using Action = std::function<int(const CommonOptions&)>;

// Each adds one command to the program and returns what it does.
Action add_init(CLI::App& app);
Action add_lint(CLI::App& app);
Action add_fmt(CLI::App& app);
Action add_check(CLI::App& app);
Action add_baseline(CLI::App& app);
Action add_plan(CLI::App& app);
Action add_rollout(CLI::App& app);
Action add_facts(CLI::App& app);
Action add_trace(CLI::App& app);
Action add_paths(CLI::App& app);
Action add_spf(CLI::App& app);
Action add_dkim(CLI::App& app);
Action add_dmarc(CLI::App& app);
Action add_smtp(CLI::App& app);
Action add_logs(CLI::App& app);
Action add_history(CLI::App& app);
Action add_drill(CLI::App& app);
Action add_evidence(CLI::App& app);
Action add_ticket(CLI::App& app);
Action add_postmortem(CLI::App& app);
Action add_timeline(CLI::App& app);
Action add_explain(CLI::App& app);
Action add_rules(CLI::App& app);
Action add_schema(CLI::App& app);
Action add_config(CLI::App& app);
Action add_report(CLI::App& app);
Action add_lsp(CLI::App& app);
Action add_completion(CLI::App& app);
Action add_help(CLI::App& app);
Action add_vantages(CLI::App& app);
Action add_watch(CLI::App& app);
Action add_version(CLI::App& app);

}  // namespace rdnsgate::cli
