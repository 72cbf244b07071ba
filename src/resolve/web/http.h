// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/duration.h"
#include "base/ip.h"
#include "base/result.h"

namespace rdnsgate::resolve {

struct HttpHeader {
  std::string name, value;
};

/// One request to a web server. Nothing is kept from one to the next: no cookie, no connection, no password.
///
/// A proxy is used where the environment names one, as every program does by libcurl (`https_proxy`, `http_proxy`,
/// `all_proxy`, `no_proxy`), and never for this machine itself (localhost, 127.0.0.0/8, ::1). A file of passwords
/// (`~/.netrc`) is not read.
struct HttpRequest {
  std::string method = "GET";
  std::string url;  ///< http or https; may hold a user and a password
  std::vector<HttpHeader> headers{};
  std::string body{};
  milliseconds timeout{seconds(10)};        ///< from looking the name up to the last octet
  std::size_t most = std::size_t{1} << 20;  ///< octets of the body of an answer
  /// How many are followed; with none, a redirect is a failure. From https none leads to http; the method and the body
  /// go along.
  int redirects = 0;
  /// The server's addresses, where the caller looked them up himself; empty: by the system's resolver. With them no
  /// proxy is used, which would look the name up again.
  std::vector<IpAddress> addresses{};
  std::string ca_file{};  ///< PEM, in place of the system's; empty: the system's
  /// Asked about once a second, by this thread: true ends the request. May be empty.
  std::function<bool()> give_up{};
};

struct HttpAnswer {
  int status = 0;                   ///< whatever it is: 500 is an answer
  std::vector<HttpHeader> headers;  ///< of the last answer, in its order; names as they came
  std::string body;

  /// The first of this name, in any case; empty for none.
  std::string_view header(std::string_view name) const;
};

struct HttpFailure {
  enum class Kind : std::uint8_t {
    request,      ///< the request makes no sense: no URL of http or https, a header with a line break
    unavailable,  ///< there is no libcurl here, or no memory
    unresolved,   ///< the name of the server could not be looked up
    refused,      ///< nobody listens there
    unreachable,  ///< no way leads there, or the connection broke off
    timeout,
    tls,        ///< no trust in the server, or no common language
    too_large,  ///< an answer beyond the limit, in its body or headers
    redirect,   ///< one too many, or to where none may lead
    malformed,  ///< what answers speaks no HTTP
    given_up,   ///< HttpRequest::give_up said so
  };
  Kind kind = Kind::request;
  Error error;  ///< names the server, not what stands behind its name in the URL, which may be a secret

  /// The same request may do better later.
  bool may_pass() const;
};

/// Asks, and waits. For several threads.
tl::expected<HttpAnswer, HttpFailure> ask_http(const HttpRequest& request);

/// Says what is wrong with a URL, or that this machine has no libcurl; asks nobody.
Result<void> check_http(const std::string& url);

/// `https://hooks.example:8443`, without what may be secret in a URL; empty for what is no URL of http or https.
std::string http_origin(const std::string& url);

}  // namespace rdnsgate::resolve
