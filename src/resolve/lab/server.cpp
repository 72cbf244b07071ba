// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "resolve/lab/server.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <chrono>
#include <cstring>
#include <fstream>
#include <iterator>
#include <utility>

#include "base/files/new_process.h"
#include "base/files/output_file.h"
#include "dns/wire/message.h"
#include "resolve/net/endpoint.h"

namespace rdnsgate::resolve {
namespace {

using SteadyClock = std::chrono::steady_clock;
constexpr auto patience = std::chrono::seconds(30);
constexpr std::size_t most_of_a_log = 400;  // octets, in a message

/// The last words of a log, in one line.
std::string last_words(const std::filesystem::path& log) {
  std::ifstream file(log, std::ios::binary);
  std::string all((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
  if (all.size() > most_of_a_log) all = all.substr(all.size() - most_of_a_log);
  while (!all.empty() && all.back() == '\n') all.pop_back();
  for (auto& c : all) {
    if (c == '\n') c = ' ';
  }
  return all.empty() ? "it says nothing" : all;
}

std::vector<std::string> surroundings_of(const Program& program) {
  auto all = own_environment();
  if (program.libraries.empty()) return all;
  std::erase_if(all, [](const std::string& one) { return one.starts_with("LD_LIBRARY_PATH="); });
  all.push_back("LD_LIBRARY_PATH=" + program.libraries);
  return all;
}

NewProcess::Started spawn(const Program& program, const std::vector<std::string>& options,
                          const std::string& log) {
  NewProcess server;
  server.open(STDIN_FILENO, "/dev/null", O_RDONLY);
  server.open(STDOUT_FILENO, log, O_WRONLY | O_CREAT | O_APPEND, 0600);
  server.copy(STDOUT_FILENO, STDERR_FILENO);
  std::vector<std::string> words{program.path};
  words.insert(words.end(), options.begin(), options.end());
  return server.start(std::move(words), surroundings_of(program));
}

/// Whether anything comes back from port 53 of the address.
bool answers_now(const IpAddress& address, milliseconds wait) {
  const Endpoint server(address, 53);
  const int own = socket(server.family(), SOCK_DGRAM | SOCK_CLOEXEC, 0);
  if (own < 0) return false;
  std::string query;
  dns::write_query(query, 1, dns::Name(), dns::RrType::SOA, {});
  bool answered = false;
  if (connect(own, server.address(), server.size) == 0 &&
      send(own, query.data(), query.size(), 0) == static_cast<ssize_t>(query.size())) {
    pollfd reply{own, POLLIN, 0};
    std::array<char, 4096> message;
    answered = poll(&reply, 1, static_cast<int>(wait.count())) > 0 &&
               recv(own, message.data(), message.size(), MSG_DONTWAIT) > 0;
  }
  close(own);
  return answered;
}

}  // namespace

LabServer::LabServer(LabServer&& other) noexcept
    : process_(std::exchange(other.process_, 0)), name_(std::move(other.name_)) {}

LabServer::~LabServer() {
  if (process_ <= 0) return;
  kill(process_, SIGTERM);
  int status = 0;
  const auto end = SteadyClock::now() + std::chrono::seconds(10);
  while (waitpid(process_, &status, WNOHANG) == 0) {
    if (SteadyClock::now() >= end) kill(process_, SIGKILL);
    poll(nullptr, 0, 5);
  }
}

Result<LabServer> LabServer::serve(const Program& program, const std::filesystem::path& folder,
                                   const std::vector<IpAddress>& addresses,
                                   const std::vector<ServedZone>& zones) {
  const bool is_knot = program.name == "knotd";
  const auto file = folder / "settings.conf";
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  const auto text =
      is_knot ? knot_settings(folder, addresses, zones) : nsd_settings(folder, addresses, zones);
  if (const auto written = write_file(file, text); !written) return tl::unexpected(written.error());
  if (is_knot) return start(program, folder, {"-c", file}, addresses);
  return start(program, folder, {"-d", "-c", file}, addresses);
}

Result<LabServer> LabServer::resolve(const Program& program, const std::filesystem::path& folder,
                                     const IpAddress& address, const std::string& root_hints,
                                     const std::string& trust_anchor) {
  const auto file = folder / "settings.conf";
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  const auto text = unbound_settings(folder, address, root_hints, trust_anchor);
  if (const auto written = write_file(file, text); !written) return tl::unexpected(written.error());
  return start(program, folder, {"-d", "-p", "-c", file}, {address});
}

Result<LabServer> LabServer::start(const Program& program, const std::filesystem::path& folder,
                                   const std::vector<std::string>& options,
                                   const std::vector<IpAddress>& addresses) {
  const auto log = folder / "log";
  const auto [process, error] = spawn(program, options, log);
  if (process == 0) return fail(fmt::format("cannot start {}: {}", program.path, std::strerror(error)));
  LabServer server(process, program.name);
  if (const auto ready = server.wait_until_it_answers(addresses, log); !ready)
    return tl::unexpected(ready.error());
  return server;
}

Result<void> LabServer::wait_until_it_answers(const std::vector<IpAddress>& addresses,
                                              const std::filesystem::path& log) {
  const auto end = SteadyClock::now() + patience;
  for (const auto& address : addresses) {
    for (milliseconds wait(20); !answers_now(address, wait); wait = std::min(2 * wait, milliseconds(500))) {
      int status = 0;
      if (waitpid(process_, &status, WNOHANG) == process_) {
        process_ = 0;
        return fail(fmt::format("{} ended at once: {}", name_, last_words(log)));
      }
      if (SteadyClock::now() >= end)
        return fail(fmt::format("{} does not answer at {}: {}", name_, address.to_string(), last_words(log)));
      poll(nullptr, 0, 10);
    }
  }
  return {};
}

}  // namespace rdnsgate::resolve
