// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
// What libunbound costs by itself: asks every question of a file (`name TYPE`, as dnsperf reads it) through its
// event interface, and looks at nothing of the answers. `bare_unbound CONFIGURATION ROOT_HINTS QUESTIONS WINDOW`
#include <event2/event.h>
#include <sys/resource.h>
#include <unbound-event.h>
#include <unbound.h>

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <map>
#include <string>
#include <vector>

namespace {

struct Asked {
  std::string name;
  int type;
};

struct Run {
  event_base* base = nullptr;
  ub_ctx* context = nullptr;
  std::vector<Asked> questions;
  std::size_t next = 0, open = 0, done = 0, failed = 0, window = 1000;

  void fill() {
    while (next < questions.size() && open < window) {
      const auto& question = questions[next++];
      ++open;
      if (ub_resolve_event(context, question.name.c_str(), question.type, 1, this, answered, nullptr) != 0) {
        --open;
        ++failed;
      }
    }
  }
  static void answered(void* data, int rcode, void*, int, int, char*, int) {
    auto& run = *static_cast<Run*>(data);
    --run.open;
    ++run.done;
    if (rcode == 2) ++run.failed;
  }
};

}  // namespace

int main(int count, char** arguments) {
  if (count != 5) return std::fputs("bare_unbound CONFIGURATION ROOT_HINTS QUESTIONS WINDOW\n", stderr), 2;
  rlimit limit{};
  getrlimit(RLIMIT_NOFILE, &limit);
  limit.rlim_cur = limit.rlim_max;
  setrlimit(RLIMIT_NOFILE, &limit);
  Run run;
  run.window = static_cast<std::size_t>(std::atoi(arguments[4]));
  const std::map<std::string, int> types = {{"A", 1},   {"NS", 2},   {"CNAME", 5}, {"SOA", 6}, {"PTR", 12},
                                            {"MX", 15}, {"TXT", 16}, {"AAAA", 28}, {"DS", 43}, {"DNSKEY", 48}};
  std::ifstream file(arguments[3]);
  for (std::string name, type; file >> name >> type;) run.questions.push_back({name, types.at(type)});
  run.base = event_base_new();
  run.context = ub_ctx_create_event(run.base);
  if (ub_ctx_config(run.context, arguments[1]) != 0 ||
      ub_ctx_set_option(run.context, "root-hints:", arguments[2]) != 0)
    return std::fputs("libunbound refuses its configuration\n", stderr), 1;
  while (run.done < run.questions.size()) {
    run.fill();
    if (run.done + run.failed >= run.questions.size() && run.open == 0) break;
    event_base_loop(run.base, EVLOOP_ONCE);
  }
  std::printf("questions %zu failed %zu\n", run.questions.size(), run.failed);
  return run.failed == 0 ? 0 : 1;
}
