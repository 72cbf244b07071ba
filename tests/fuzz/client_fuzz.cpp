// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors

// The whole direct client. The input is what a server on 127.0.0.1 says over UDP: first an octet of switches,
// then packets, each behind an octet with its length. Only where nothing else is: run.py makes it a network
// namespace.
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "resolve/panel.h"

namespace {

using namespace rdnsgate;

/// One socket for the whole run; it serves from the same thread, between two turns of the client's loop.
class Server {
 public:
  Server() : descriptor_(socket(AF_INET, SOCK_DGRAM | SOCK_NONBLOCK, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    if (bind(descriptor_, reinterpret_cast<const sockaddr*>(&address), size) != 0) std::abort();
    getsockname(descriptor_, reinterpret_cast<sockaddr*>(&address), &size);
    port_ = ntohs(address.sin_port);
  }
  std::uint16_t port() const { return port_; }

  /// Answers every query that came with the next packets of the script. REFUSED when it has run out, so that
  /// the question ends; nothing where the script is to end in silence.
  void serve(std::string_view& script, bool whole_header, bool end_in_silence) {
    char query[512];
    sockaddr_in from{};
    socklen_t size = sizeof from;
    while (true) {
      const auto got =
          recvfrom(descriptor_, query, sizeof query, 0, reinterpret_cast<sockaddr*>(&from), &size);
      if (got < 12) return;
      std::size_t behind = 12;
      while (query[behind] != 0) behind += 1u + static_cast<unsigned char>(query[behind]);
      const std::string id(query, 2), question(query + 12, behind + 5 - 12);
      for (int packets = 0; packets < 3 && !script.empty(); ++packets) {
        const std::size_t length = static_cast<unsigned char>(script[0]);
        const auto packet = script.substr(1, length);
        script.remove_prefix(1 + packet.size());
        const auto head = std::string(packet.substr(0, 10)) +
                          std::string(10 - std::min<std::size_t>(10, packet.size()), '\0');
        const auto rest = packet.size() > 10 ? packet.substr(10) : std::string_view();
        say(whole_header ? id + head + question + std::string(rest) : std::string(packet), from);
      }
      if (script.empty() && !end_in_silence)
        say(id + std::string("\x81\x85\0\1\0\0\0\0\0\0", 10) + question, from);
    }
  }

 private:
  void say(const std::string& packet, const sockaddr_in& to) const {
    sendto(descriptor_, packet.data(), packet.size(), 0, reinterpret_cast<const sockaddr*>(&to), sizeof to);
  }
  int descriptor_;
  std::uint16_t port_ = 0;
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static Server server;
  if (size == 0) return 0;
  std::string_view script(reinterpret_cast<const char*>(data) + 1, size - 1);
  resolve::VantageConfig config;
  config.name = "fuzz";
  config.kind = dns::VantageKind::forward;
  config.address = IpAddress::parse("127.0.0.1").value();
  config.port = server.port();
  config.mix_case = (data[0] & 1) != 0;
  const resolve::PanelOptions options{
      .try_timeout = milliseconds(4), .retries = 1, .question_timeout = milliseconds(20), .in_flight = 4};
  const auto panel = resolve::make_panel(std::vector{config}, options).value();
  std::size_t facts = 0;
  panel->set_sink([&](dns::Fact&& fact) {
    ++facts;
    if (fact.outcome == dns::Outcome::malformed && !fact.answer.empty()) std::abort();
  });
  constexpr std::size_t questions = 3;
  panel->ask({0, dns::Name::parse("10.2.0.192.in-addr.arpa").value(), dns::RrType::PTR});
  panel->ask({0, dns::Name::parse("mail.example").value(), dns::RrType::A});
  panel->ask({0, dns::Name::parse("mail.example").value(), dns::RrType::TXT});
  for (int turn = 0; turn < 2000 && facts < questions; ++turn) {
    panel->run_once(milliseconds(turn == 0 ? 0 : 1));
    server.serve(script, (data[0] & 2) != 0, (data[0] & 4) != 0);
  }
  if (facts != questions) std::abort();
  panel->run_once(milliseconds(0));
  if (facts != questions || panel->room(0) != options.in_flight) std::abort();
  return 0;
}
