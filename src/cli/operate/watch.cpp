// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include <fmt/format.h>
#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>

#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "base/files/command_pipe.h"
#include "base/files/file_lock.h"
#include "base/files/output_file.h"
#include "base/files/service_socket.h"
#include "cli/frame/commands.h"
#include "cli/frame/exit_code.h"
#include "cli/frame/options.h"
#include "cli/frame/refuse.h"
#include "cli/frame/talk.h"
#include "cli/operate/watch_options.h"
#include "cli/operate/watch_signals.h"
#include "history/open.h"
#include "resolve/web/page_server.h"
#include "run/watch/metrics.h"
#include "run/watch/passive_check.h"

namespace rdnsgate::cli {
namespace {

/// One watch at a time works on what is kept: nullopt where nothing is.
Result<std::optional<FileLock>> lock_of(const WatchOptions& options) {
  const bool has_file = !options.history.empty() && !history::Place{options.history}.is_server();
  if (options.spool.empty() && !has_file) return std::nullopt;
  const auto what = has_file ? options.history : options.spool;
  auto lock = FileLock::try_take(has_file ? what + ".watch" : what + "/watch.lock");
  if (!lock) return tl::unexpected(lock.error());
  if (!*lock)
    return fail(fmt::format("another watch is at work with {}", what), "end it, or name another place");
  return std::optional<FileLock>(std::move(**lock));
}

/// Talk comes from several threads.
class WatchTalk final : public run::Listener {
 public:
  explicit WatchTalk(Terminal& terminal) : terminal_(terminal), talk_(terminal) {}

  void say(const std::string& text) {
    const std::unique_lock lock(mutex_);
    terminal_.say(text);
  }
  void problems(const Diagnostics& problems, const Sources& sources) override {
    const std::unique_lock lock(mutex_);
    talk_.problems(problems, sources);
  }
  void detail(std::string_view text) override {
    const std::unique_lock lock(mutex_);
    terminal_.detail(text);
  }

 private:
  std::mutex mutex_;
  Terminal& terminal_;
  Talk talk_;
};

/// What is open by the history, so that nothing is told twice. A server that is not there is asked for no longer
/// than a moment: the watch goes on without.
Result<std::vector<history::Track>> known_by(const WatchOptions& options, WatchTalk& talk) {
  const history::Place place{options.history};
  auto opened = history::open_history(place, history::Access::create);
  if (!opened) {
    if (opened.error().kind != history::Failure::Kind::unreachable)
      return tl::unexpected(opened.error().error);
    talk.say(opened.error().error.message);
    return std::vector<history::Track>();
  }
  history::Filter filter;
  filter.origin = host_name();
  filter.limit = 0;
  auto known = (*opened)->findings(filter);
  if (!known) return tl::unexpected(known.error().error);
  return std::move(*known);
}

Result<std::unique_ptr<resolve::PageServer>> serve_metrics(const std::string& where) {
  const auto address = resolve::parse_listen_address(where);
  if (!address) return fail("--listen: " + address.error().message, address.error().hint);
  auto started = resolve::PageServer::start(*address, "/metrics", "text/plain; version=0.0.4; charset=utf-8");
  if (!started) return fail("--listen: " + started.error().message, started.error().hint);
  return started;
}

std::string status_line(const run::WatchFigures& figures) {
  return fmt::format("STATUS={} errors, {} warnings open; last look {}", figures.count_open(Severity::error),
                     figures.count_open(Severity::warning), format_time(figures.last_look));
}

int watch(const CommonOptions& common, const WatchOptions& options) {
  Terminal terminal(common.color, common.quiet, common.verbose);
  auto request = options.request(common);
  if (!request) return refuse(terminal, request.error());
  const auto lock = lock_of(options);
  if (!lock) return refuse(terminal, lock.error());
  WatchTalk talk(terminal);
  std::optional<history::Recorder> recorder;
  if (!options.history.empty()) {
    auto known = known_by(options, talk);
    if (!known) return refuse(terminal, known.error());
    request->known = std::move(*known);
    recorder.emplace(history::Place{options.history}, options.spool, request->policy);
    request->recorder = &*recorder;
  }
  WatchSignals signals;
  run::WatchSink sink;
  sink.listener = &talk;
  sink.note = [&](const std::string& text) { talk.say(text); };
  bool is_taken = true;
  sink.event = [&](const run::WatchEvent& event) {
    const auto text = options.format == "json" ? run::event_json(event) + "\n" : run::event_text(event);
    return is_taken = terminal.print(text);
  };
  std::unique_ptr<resolve::PageServer> server;
  if (!options.listen.empty()) {
    auto started = serve_metrics(options.listen);
    if (!started) return refuse(terminal, started.error());
    server = std::move(*started);
  }
  const auto service = run::parse_service(options.nagios_service, host_name());
  if (!service)
    return refuse(terminal, Error{"--nagios-service: " + service.error().message, service.error().hint});
  bool is_ready = false, is_unwritten = false, is_not_handed_in = false;
  sink.figures = [&](const run::WatchFigures& figures) {
    if (has_service_manager())
      tell_service_manager(fmt::format("{}{}", is_ready ? "" : "READY=1\n", status_line(figures)));
    is_ready = true;
    if (server != nullptr) server->set(run::metrics_text(figures));
    if (!options.metrics.empty()) {
      const auto written = write_file(options.metrics, run::metrics_text(figures));
      if (!written && !is_unwritten) talk.say(written.error().message);
      is_unwritten = !written;
    }
    if (!options.nagios.empty()) {
      const auto written =
          write_to_pipe(options.nagios, run::passive_check(figures, *service, signals.wall()));
      if (!written && !is_not_handed_in) talk.say("--nagios: " + written.error().message);
      is_not_handed_in = !written;
    }
    terminal.detail(fmt::format("look {}: {} open, {} doubtful", figures.looks + figures.rechecks,
                                figures.open.size(), figures.doubtful));
  };
  terminal.detail(fmt::format("a look every {}, put off by up to {} %; {} of {} looks decide",
                              format_duration(std::chrono::duration_cast<seconds>(request->schedule.every)),
                              request->schedule.jitter_percent, request->policy.confirmations,
                              request->policy.window));
  const auto ended = run::watch_run(*request, signals, sink);
  if (has_service_manager()) tell_service_manager("STOPPING=1");
  if (!ended) return refuse(terminal, ended.error());
  if (!is_taken) return refuse(terminal, {"standard output takes no more: the watch ends"});
  if (options.looks == 0 || signals.stops()) return exit_pass;
  if (ended->count_open(Severity::error) > 0) return exit_findings;
  return ended->last.verdict == audit::Verdict::inconclusive ? exit_inconclusive : exit_pass;
}

}  // namespace

Action add_watch(CLI::App& app) {
  auto options = std::make_shared<WatchOptions>();
  auto* command =
      app.add_subcommand("watch", "Repeat check on a schedule, and tell what opens, changes and recovers");
  options->add_to(*command);
  command->footer(
      "SIGHUP looks at once; SIGTERM and SIGINT end it.\n"
      "Exit: 0 ended, 2 wrong usage or inventory; with --looks also 1 an error is open, 3 inconclusive.\n"
      "Example: rdnsgate watch --every 5m --exec 'logger -t rdnsgate' inventory.yaml");
  return [options](const CommonOptions& common) { return watch(common, *options); };
}

}  // namespace rdnsgate::cli
