// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "resolve/smtp/channel.h"

#include <arpa/inet.h>
#include <fmt/format.h>
#include <netinet/in.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <ctime>
#include <iterator>
#include <tuple>
#include <utility>

namespace rdnsgate::resolve {
namespace {

constexpr std::size_t most_certificate_names = 64;
constexpr std::size_t receive_room = 4096;
constexpr int most_certificates = 10;

std::string tls_error_text(unsigned long code) {
  const char* text = ERR_reason_error_string(code);
  return text != nullptr ? text : fmt::format("error {:#x}", code);
}

std::string asn1_text(const ASN1_STRING* text) {
  return {reinterpret_cast<const char*>(ASN1_STRING_get0_data(text)),
          static_cast<std::size_t>(ASN1_STRING_length(text))};
}

std::vector<std::string> alternative_names(const X509* certificate) {
  std::vector<std::string> names;
  auto* all =
      static_cast<GENERAL_NAMES*>(X509_get_ext_d2i(certificate, NID_subject_alt_name, nullptr, nullptr));
  const std::unique_ptr<GENERAL_NAMES, void (*)(GENERAL_NAMES*)> guard(all, GENERAL_NAMES_free);
  for (int i = 0; all != nullptr && i < sk_GENERAL_NAME_num(all) && names.size() < most_certificate_names;
       ++i) {
    const auto* name = sk_GENERAL_NAME_value(all, i);
    if (name->type == GEN_DNS) names.push_back(asn1_text(name->d.dNSName));
  }
  return names;
}

std::vector<std::string> common_name(const X509* certificate) {
  const auto* subject = X509_get_subject_name(certificate);
  const int at = X509_NAME_get_index_by_NID(subject, NID_commonName, -1);
  if (at < 0) return {};
  return {asn1_text(X509_NAME_ENTRY_get_data(X509_NAME_get_entry(subject, at)))};
}

Time asn1_time(const ASN1_TIME* time) {
  std::tm parts{};
  if (ASN1_TIME_to_tm(time, &parts) != 1) return {};
  return Time(std::chrono::seconds(timegm(&parts)));
}

/// The digest as hexadecimal digits; empty where there is none.
std::string digest_of(const EVP_MD* kind, const unsigned char* octets, std::size_t size) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned length = 0;
  if (EVP_Digest(octets, size, digest.data(), &length, kind, nullptr) != 1) return {};
  std::string hex;
  for (unsigned i = 0; i < length; ++i)
    fmt::format_to(std::back_inserter(hex), "{:02x}", static_cast<unsigned>(digest[i]));
  return hex;
}

/// SHA-256 and SHA-512 of what OpenSSL writes as DER.
template <typename Write>
std::pair<std::string, std::string> digests_of(const Write& write) {
  unsigned char* octets = nullptr;
  const int size = write(&octets);
  if (size <= 0) return {};
  const auto length = static_cast<std::size_t>(size);
  auto both = std::pair(digest_of(EVP_sha256(), octets, length), digest_of(EVP_sha512(), octets, length));
  OPENSSL_free(octets);
  return both;
}

dns::CertificateDigests all_digests(const X509* certificate) {
  dns::CertificateDigests made;
  std::tie(made.certificate_sha256, made.certificate_sha512) =
      digests_of([&](unsigned char** octets) { return i2d_X509(certificate, octets); });
  std::tie(made.key_sha256, made.key_sha512) = digests_of(
      [&](unsigned char** octets) { return i2d_X509_PUBKEY(X509_get_X509_PUBKEY(certificate), octets); });
  return made;
}

bool is_signed_by(X509* certificate, X509* issuer) {
  auto* key = X509_get0_pubkey(issuer);
  const bool right = key != nullptr && X509_check_issued(issuer, certificate) == X509_V_OK &&
                     X509_verify(certificate, key) == 1;
  ERR_clear_error();
  return right;
}

void add_chain(STACK_OF(X509) * all, PresentedCertificate& shown) {
  const int count = all == nullptr ? 0 : std::min<int>(sk_X509_num(all), most_certificates);
  bool unbroken = true;
  for (int i = 0; i < count; ++i) {
    auto* certificate = sk_X509_value(all, i);
    shown.chain.push_back(all_digests(certificate));
    if (i > 0) unbroken = unbroken && is_signed_by(sk_X509_value(all, i - 1), certificate);
    if (unbroken) ++shown.signed_chain;
  }
}

}  // namespace

struct SmtpChannel::Tls {
  struct FreeContext {
    void operator()(SSL_CTX* unused) const { SSL_CTX_free(unused); }
  };
  struct FreeConnection {
    void operator()(SSL* unused) const { SSL_free(unused); }
  };
  std::unique_ptr<SSL_CTX, FreeContext> context;
  std::unique_ptr<SSL, FreeConnection> connection;
  bool open = false;  ///< the handshake is done
};

SmtpChannel::SmtpChannel(Deadline deadline) : deadline_(deadline) {}

SmtpChannel::~SmtpChannel() {
  tls_.reset();
  if (socket_ >= 0) ::close(socket_);
}

void SmtpChannel::hurry(std::chrono::milliseconds most) {
  deadline_ = std::min(deadline_, std::chrono::steady_clock::now() + most);
}

SmtpChannel::Status SmtpChannel::fail_with(int error) {
  if (error == ECONNRESET || error == EPIPE) return Status::closed;
  reason_ = errno_text(error);
  return Status::failed;
}

SmtpChannel::Status SmtpChannel::wait(short events) {
  for (;;) {
    const auto left =
        std::chrono::ceil<std::chrono::milliseconds>(deadline_ - std::chrono::steady_clock::now());
    if (left.count() <= 0) return Status::timeout;
    pollfd one{socket_, events, 0};
    const auto longest = std::min<std::chrono::milliseconds>(left, std::chrono::minutes(1));
    const int ready = ::poll(&one, 1, static_cast<int>(longest.count()));
    if (ready > 0) return Status::ok;
    if (ready < 0 && errno != EINTR) return fail_with(errno);
  }
}

SmtpChannel::Status SmtpChannel::connect(const Endpoint& server, const Endpoint* source) {
  socket_ = ::socket(server.family(), SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
  if (socket_ < 0) return fail_with(errno);
  if (source != nullptr && ::bind(socket_, source->address(), source->size) != 0) return fail_with(errno);
  if (::connect(socket_, server.address(), server.size) == 0) return Status::ok;
  if (errno != EINPROGRESS) return fail_with(errno);
  if (const auto waited = wait(POLLOUT); waited != Status::ok) return waited;
  int error = 0;
  socklen_t size = sizeof error;
  if (::getsockopt(socket_, SOL_SOCKET, SO_ERROR, &error, &size) != 0) error = errno;
  return error == 0 ? Status::ok : fail_with(error);
}

std::string SmtpChannel::own_literal() const {
  sockaddr_storage own{};
  socklen_t size = sizeof own;
  std::array<char, INET6_ADDRSTRLEN> text{};
  if (::getsockname(socket_, reinterpret_cast<sockaddr*>(&own), &size) != 0) return {};
  const bool is_v6 = own.ss_family == AF_INET6;
  const void* address = is_v6
                            ? static_cast<const void*>(&reinterpret_cast<const sockaddr_in6&>(own).sin6_addr)
                            : &reinterpret_cast<const sockaddr_in&>(own).sin_addr;
  if (::inet_ntop(own.ss_family, address, text.data(), text.size()) == nullptr) return {};
  return fmt::format("[{}{}]", is_v6 ? "IPv6:" : "", text.data());
}

SmtpChannel::Status SmtpChannel::wait_for_tls(int result, std::string_view what) {
  switch (SSL_get_error(tls_->connection.get(), result)) {
    case SSL_ERROR_WANT_READ:
      return wait(POLLIN);
    case SSL_ERROR_WANT_WRITE:
      return wait(POLLOUT);
    case SSL_ERROR_ZERO_RETURN:
      return Status::closed;
    case SSL_ERROR_SYSCALL:
      ERR_clear_error();
      return errno == 0 ? Status::closed : fail_with(errno);
    default:
      break;
  }
  const auto code = ERR_get_error();
  ERR_clear_error();
  if (ERR_GET_LIB(code) == ERR_LIB_SSL && ERR_GET_REASON(code) == SSL_R_UNEXPECTED_EOF_WHILE_READING)
    return Status::closed;
  reason_ = fmt::format("{}: {}", what, tls_error_text(code));
  return Status::failed;
}

SmtpChannel::Status SmtpChannel::send(std::string_view octets) {
  while (!octets.empty()) {
    Status status = Status::ok;
    ssize_t sent = 0;
    if (tls_ && tls_->open) {
      errno = 0;
      sent = SSL_write(tls_->connection.get(), octets.data(), static_cast<int>(octets.size()));
      if (sent <= 0) status = wait_for_tls(static_cast<int>(sent), "no TLS with this server");
    } else {
      sent = ::send(socket_, octets.data(), octets.size(), MSG_NOSIGNAL);
      if (sent < 0) status = errno == EAGAIN || errno == EINTR ? wait(POLLOUT) : fail_with(errno);
    }
    if (status != Status::ok) return status;
    if (sent > 0) octets.remove_prefix(static_cast<std::size_t>(sent));
  }
  return Status::ok;
}

SmtpChannel::Status SmtpChannel::receive(std::string& octets) {
  std::array<char, receive_room> buffer{};
  for (;;) {
    Status status = Status::ok;
    ssize_t got = 0;
    if (tls_ && tls_->open) {
      errno = 0;
      got = SSL_read(tls_->connection.get(), buffer.data(), static_cast<int>(buffer.size()));
      if (got <= 0) status = wait_for_tls(static_cast<int>(got), "no TLS with this server");
    } else {
      got = ::recv(socket_, buffer.data(), buffer.size(), 0);
      if (got == 0) return Status::closed;
      if (got < 0) status = errno == EAGAIN || errno == EINTR ? wait(POLLIN) : fail_with(errno);
    }
    if (status != Status::ok) return status;
    if (got > 0) {
      // A server that never pauses does not stop the clock.
      if (std::chrono::steady_clock::now() >= deadline_) return Status::timeout;
      octets.assign(buffer.data(), static_cast<std::size_t>(got));
      return Status::ok;
    }
  }
}

SmtpChannel::Status SmtpChannel::start_tls(const std::vector<std::string>& names) {
  tls_ = std::make_unique<Tls>();
  tls_->context.reset(SSL_CTX_new(TLS_client_method()));
  reason_ = "TLS cannot be set up";
  if (!tls_->context) return Status::failed;
  SSL_CTX_set_verify(tls_->context.get(), SSL_VERIFY_NONE, nullptr);
  tls_->connection.reset(SSL_new(tls_->context.get()));
  auto* connection = tls_->connection.get();
  if (connection == nullptr || SSL_set_fd(connection, socket_) != 1) return Status::failed;
  if (!names.empty() && SSL_set_tlsext_host_name(connection, names.front().c_str()) != 1)
    return Status::failed;
  ERR_clear_error();
  for (;;) {
    errno = 0;
    const int result = SSL_connect(connection);
    if (result == 1) break;
    if (const auto status = wait_for_tls(result, "no TLS with this server"); status != Status::ok)
      return status;
  }
  tls_->open = true;
  return Status::ok;
}

PresentedCertificate SmtpChannel::certificate(const std::vector<std::string>& names) const {
  PresentedCertificate shown;
  if (!tls_ || !tls_->open) return shown;
  shown.protocol = SSL_get_version(tls_->connection.get());
  auto* certificate = SSL_get0_peer_certificate(tls_->connection.get());
  if (certificate == nullptr) return shown;
  shown.names = alternative_names(certificate);
  if (shown.names.empty()) shown.names = common_name(certificate);
  shown.not_after = asn1_time(X509_get0_notAfter(certificate));
  constexpr unsigned flags = X509_CHECK_FLAG_NEVER_CHECK_SUBJECT | X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS;
  for (const auto& name : names) {
    if (X509_check_host(certificate, name.data(), name.size(), flags, nullptr) == 1)
      shown.covered.push_back(name);
  }
  if (!names.empty()) shown.server_name = names.front();
  add_chain(SSL_get_peer_cert_chain(tls_->connection.get()), shown);
  return shown;
}

}  // namespace rdnsgate::resolve
