// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "resolve/net/tls.h"

#include <event2/bufferevent.h>
#include <event2/bufferevent_ssl.h>
#include <event2/event.h>
#include <fmt/format.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>
#include <unistd.h>

#include <array>
#include <system_error>

#include "base/ip.h"

namespace rdnsgate::resolve {
namespace {

// Where systems keep the authorities they trust, in one file: Debian, Red Hat, Alpine and the BSDs.
constexpr std::array system_files{"/etc/ssl/certs/ca-certificates.crt", "/etc/pki/tls/certs/ca-bundle.crt",
                                  "/etc/ssl/cert.pem"};

Result<std::string> system_file() {
  for (const char* path : system_files) {
    if (access(path, R_OK) == 0) return path;
  }
  return fail(fmt::format("there are no trusted certificates at {}", system_files.front()),
              "install the package ca-certificates, or name a file of your own with tls_ca");
}

std::string error_text(unsigned long code) {
  const char* text = ERR_reason_error_string(code);
  return text != nullptr ? text : fmt::format("error {:#x}", code);
}

bool expect_name(SSL* connection, const std::string& name, bool is_address) {
  auto* parameters = SSL_get0_param(connection);
  if (is_address) return X509_VERIFY_PARAM_set1_ip_asc(parameters, name.c_str()) == 1;
  // The names are those of subjectAltName, and never the subject's Common Name (RFC 9525 appendix A).
  X509_VERIFY_PARAM_set_hostflags(parameters,
                                  X509_CHECK_FLAG_NEVER_CHECK_SUBJECT | X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS);
  return X509_VERIFY_PARAM_set1_host(parameters, name.c_str(), name.size()) == 1 &&
         SSL_set_tlsext_host_name(connection, name.c_str()) == 1;
}

}  // namespace

void Tls::Free::operator()(ssl_ctx_st* context) const { SSL_CTX_free(context); }

Result<std::shared_ptr<const Tls>> Tls::make(const std::string& name, const std::string& ca_file) {
  const auto path = ca_file.empty() ? system_file() : Result<std::string>(ca_file);
  if (!path) return tl::unexpected(path.error());
  auto made = std::make_shared<Tls>();
  made->name_ = name;
  made->is_address_ = IpAddress::read(name).has_value();
  if (!made->is_address_ && made->name_.ends_with('.')) made->name_.pop_back();
  made->context_.reset(SSL_CTX_new(TLS_client_method()));
  auto* context = made->context_.get();
  if (context == nullptr) return fail("TLS cannot be set up", "is there memory?");
  if (access(path->c_str(), R_OK) != 0)
    return fail(fmt::format("the trusted certificates {} cannot be read", *path));
  ERR_clear_error();
  if (SSL_CTX_load_verify_file(context, path->c_str()) != 1) {
    const auto error = error_text(ERR_peek_last_error());
    ERR_clear_error();
    return fail(fmt::format("{} holds no trusted certificates: {}", *path, error),
                "the file is in PEM form, as ca-certificates.crt is");
  }
  SSL_CTX_set_verify(context, SSL_VERIFY_PEER, nullptr);
  SSL_CTX_set_min_proto_version(context, TLS1_2_VERSION);  // RFC 8996 ended what was before it
  return made;
}

bufferevent* Tls::open(event_base* base) const {
  SSL* connection = SSL_new(context_.get());
  if (connection == nullptr) return nullptr;
  if (!expect_name(connection, name_, is_address_)) {
    SSL_free(connection);
    return nullptr;
  }
  auto* opened = bufferevent_openssl_socket_new(base, -1, connection, BUFFEREVENT_SSL_CONNECTING,
                                                BEV_OPT_CLOSE_ON_FREE | BEV_OPT_DEFER_CALLBACKS);
  if (opened == nullptr) SSL_free(connection);
  return opened;
}

Tls::Failure Tls::failure(bufferevent* connection, short what, int error) const {
  const auto verdict = SSL_get_verify_result(bufferevent_openssl_get_ssl(connection));
  if (verdict == X509_V_ERR_HOSTNAME_MISMATCH || verdict == X509_V_ERR_IP_ADDRESS_MISMATCH)
    return {fmt::format("the certificate is not for {}", name_), true};
  if (verdict != X509_V_OK) {
    return {fmt::format("the certificate is not trusted: {}", X509_verify_cert_error_string(verdict)), true};
  }
  // libevent puts the small numbers of SSL_get_error() beside the errors of OpenSSL's queue.
  const auto code = bufferevent_get_openssl_error(connection);
  const bool closed =
      ERR_GET_LIB(code) == ERR_LIB_SSL && ERR_GET_REASON(code) == SSL_R_UNEXPECTED_EOF_WHILE_READING;
  if (ERR_GET_LIB(code) != 0 && !closed)
    return {fmt::format("no TLS with this server: {}", error_text(code))};
  if ((what & BEV_EVENT_ERROR) != 0 && error != 0) return {std::generic_category().message(error)};
  return {"the server closed the connection in the TLS handshake"};
}

std::string openssl_version() { return OpenSSL_version(OPENSSL_VERSION_STRING); }

std::string libevent_version() { return event_get_version(); }

}  // namespace rdnsgate::resolve
