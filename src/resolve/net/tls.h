// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <memory>
#include <string>

#include "base/result.h"

struct bufferevent;
struct event_base;
struct ssl_ctx_st;

namespace rdnsgate::resolve {

/// What a server is asked over TLS with (RFC 7858), and how it must prove who it is: a certificate for a
/// name, from an authority that is trusted. Without both nothing is asked (the Strict profile of RFC 8310).
///
/// OpenSSL itself, and not libunbound: that of Debian is built without it, takes forwarders over TLS without
/// an error, and cannot ask them. It would also keep back what the resolver says: AD, TTLs, extended errors.
class Tls {
 public:
  /// `name`: a host name or an IP address, as the certificate's subjectAltName has it. `ca_file`: PEM; empty
  /// for the system's. Fails where no certificate of an authority can be read.
  static Result<std::shared_ptr<const Tls>> make(const std::string& name, const std::string& ca_file);

  /// A connection that is still to be connected; nullptr where there is no memory for it. It reports
  /// BEV_EVENT_CONNECTED when the server has proved who it is, and not before.
  bufferevent* open(event_base* base) const;

  /// Why a connection ended before that.
  struct Failure {
    std::string reason;
    bool untrusted = false;  ///< the certificate was refused: the next connection would meet it again
  };
  /// `what`: the event that the connection reported; `error`: the errno beside it, or 0.
  Failure failure(bufferevent* connection, short what, int error) const;

 private:
  struct Free {
    void operator()(ssl_ctx_st* context) const;
  };
  std::unique_ptr<ssl_ctx_st, Free> context_;
  std::string name_;
  bool is_address_ = false;
};

/// Of the OpenSSL and the libevent that are in use.
std::string openssl_version();
std::string libevent_version();

}  // namespace rdnsgate::resolve
