// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "resolve/web/http.h"

#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <exception>
#include <new>
#include <optional>
#include <utility>

#include "base/text/text.h"
#include "resolve/web/curl_library.h"

namespace rdnsgate::resolve {
namespace {

using Kind = HttpFailure::Kind;

constexpr std::size_t most_header_octets = std::size_t{256} << 10;
constexpr const char* this_machine = "localhost,127.0.0.0/8,::1";

tl::unexpected<HttpFailure> failed(Kind kind, std::string message, std::string hint = {}) {
  return tl::unexpected(HttpFailure{kind, {std::move(message), std::move(hint)}});
}

bool is_clean(std::string_view text) {
  return std::none_of(text.begin(), text.end(),
                      [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; });
}

bool is_token(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
           std::string_view("!#$%&'*+-.^_`|~").find(c) != std::string_view::npos;
  });
}

std::string part_of(const CurlLibrary& curl, CURLU* url, CURLUPart part) {
  char* text = nullptr;
  if (curl.url_get(url, part, &text, 0) != CURLUE_OK || text == nullptr) return {};
  std::string copy(text);
  curl.free(text);
  return copy;
}

std::string origin_of(const CurlLibrary& curl, const std::string& text) {
  const CurlOwned<CURLU> url(curl.url(), curl.url_cleanup);
  if (!url || text.find("://") == std::string::npos ||
      curl.url_set(url.get(), CURLUPART_URL, text.c_str(), CURLU_NON_SUPPORT_SCHEME) != CURLUE_OK)
    return {};
  const auto scheme = part_of(curl, url.get(), CURLUPART_SCHEME);
  const auto host = part_of(curl, url.get(), CURLUPART_HOST), port = part_of(curl, url.get(), CURLUPART_PORT);
  if ((scheme != "http" && scheme != "https") || host.empty()) return {};
  return fmt::format("{}://{}{}{}", scheme, host, port.empty() ? "" : ":", port);
}

class Exchange {
 public:
  Exchange(const CurlLibrary& curl, const HttpRequest& request, std::string origin)
      : curl_(curl),
        request_(request),
        origin_(std::move(origin)),
        handle_(curl.easy_init(), curl.easy_cleanup),
        headers_(nullptr, curl.slist_free_all),
        resolved_(nullptr, curl.slist_free_all) {}

  tl::expected<HttpAnswer, HttpFailure> run() {
    if (!handle_ || !prepare()) return failed(Kind::unavailable, "libcurl does not take a request");
    const auto code = curl_.easy_perform(handle_.get());
    if (thrown_) std::rethrow_exception(thrown_);
    if (code != CURLE_OK) return why(code);
    long status = 0;
    curl_.easy_getinfo(handle_.get(), CURLINFO_RESPONSE_CODE, &status);
    answer_.status = static_cast<int>(status);
    if (status >= 300 && status < 400 && !answer_.header("Location").empty())
      return failed(Kind::redirect, fmt::format("{} redirects to another place (status {})", origin_, status),
                    "name the place that it leads to");
    return std::move(answer_);
  }

 private:
  template <typename Value>
  bool set(CURLoption option, Value value) {
    return curl_.easy_setopt(handle_.get(), option, value) == CURLE_OK;
  }

  bool add_header(const std::string& line) {
    auto* const longer = curl_.slist_append(headers_.get(), line.c_str());
    if (longer == nullptr) return false;
    static_cast<void>(headers_.release());
    headers_.reset(longer);
    return true;
  }

  bool prepare() {
    const bool is_safe = origin_.starts_with("https://");
    bool ok = set(CURLOPT_URL, request_.url.c_str()) && set(CURLOPT_PROTOCOLS_STR, "http,https") &&
              set(CURLOPT_REDIR_PROTOCOLS_STR, is_safe ? "https" : "http,https") &&
              set(CURLOPT_NOSIGNAL, 1L) && set(CURLOPT_ERRORBUFFER, said_) &&
              set(CURLOPT_TIMEOUT_MS, static_cast<long>(request_.timeout.count())) &&
              set(CURLOPT_FOLLOWLOCATION, request_.redirects > 0 ? 1L : 0L) &&
              set(CURLOPT_MAXREDIRS, static_cast<long>(request_.redirects)) &&
              set(CURLOPT_POSTREDIR, static_cast<long>(CURL_REDIR_POST_ALL)) &&
              set(CURLOPT_HTTP09_ALLOWED, 0L) && set(CURLOPT_NETRC, static_cast<long>(CURL_NETRC_IGNORED)) &&
              set(CURLOPT_NOPROXY, no_proxy().c_str());
    ok = ok && set(CURLOPT_WRITEFUNCTION, &Exchange::take_body) && set(CURLOPT_WRITEDATA, this) &&
         set(CURLOPT_HEADERFUNCTION, &Exchange::take_header) && set(CURLOPT_HEADERDATA, this) &&
         set(CURLOPT_XFERINFOFUNCTION, &Exchange::look) && set(CURLOPT_XFERINFODATA, this) &&
         set(CURLOPT_NOPROGRESS, 0L);
    if (!request_.ca_file.empty())
      ok = ok && set(CURLOPT_CAINFO, request_.ca_file.c_str()) &&
           set(CURLOPT_CAPATH, static_cast<char*>(nullptr));
    return ok && prepare_addresses() && prepare_method() && prepare_headers();
  }

  /// `mta-sts.example.com:443:192.0.2.1,[2001:db8::1]`
  bool prepare_addresses() {
    if (request_.addresses.empty()) return true;
    const CurlOwned<CURLU> url(curl_.url(), curl_.url_cleanup);
    if (!url || curl_.url_set(url.get(), CURLUPART_URL, request_.url.c_str(), 0) != CURLUE_OK) return false;
    const auto named = part_of(curl_, url.get(), CURLUPART_PORT);
    const auto usual = origin_.starts_with("https://") ? "443" : "80";
    auto line =
        fmt::format("{}:{}:", part_of(curl_, url.get(), CURLUPART_HOST), named.empty() ? usual : named);
    for (const auto& address : request_.addresses) {
      if (!line.ends_with(':')) line += ',';
      line += address.is_v6() ? fmt::format("[{}]", address.to_string()) : address.to_string();
    }
    resolved_.reset(curl_.slist_append(nullptr, line.c_str()));
    return resolved_ && set(CURLOPT_RESOLVE, resolved_.get()) && set(CURLOPT_NOPROXY, "*");
  }

  bool prepare_method() {
    if (request_.method == "HEAD") return set(CURLOPT_NOBODY, 1L);
    if (request_.method == "GET" && request_.body.empty()) return set(CURLOPT_HTTPGET, 1L);
    return set(CURLOPT_POST, 1L) &&
           set(CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(request_.body.size())) &&
           set(CURLOPT_POSTFIELDS, request_.body.data()) &&
           (request_.method == "POST" || set(CURLOPT_CUSTOMREQUEST, request_.method.c_str()));
  }

  bool prepare_headers() {
    bool ok = set(CURLOPT_USERAGENT, "rdnsgate");
    // It would send a body of 1 MiB only after a second of waiting for leave.
    ok = ok && add_header("Expect:");
    for (const auto& header : request_.headers) ok = ok && add_header(header.name + ": " + header.value);
    return ok && set(CURLOPT_HTTPHEADER, headers_.get());
  }

  static std::string no_proxy() {
    const char* named = std::getenv("no_proxy");
    if (named == nullptr) named = std::getenv("NO_PROXY");
    if (named == nullptr || *named == '\0') return this_machine;
    return named == std::string_view("*") ? std::string(named) : fmt::format("{},{}", named, this_machine);
  }

  static std::size_t take_body(char* data, std::size_t size, std::size_t count, void* self) {
    return static_cast<Exchange*>(self)->take([&](Exchange& me) {
      if (me.answer_.body.size() + size * count > me.request_.most)
        return me.too_large_ = true, std::size_t{0};
      me.answer_.body.append(data, size * count);
      return size * count;
    });
  }

  static std::size_t take_header(char* data, std::size_t size, std::size_t count, void* self) {
    return static_cast<Exchange*>(self)->take([&](Exchange& me) {
      me.header_octets_ += size * count;
      if (me.header_octets_ > most_header_octets) return me.too_large_ = true, std::size_t{0};
      const auto line = trimmed(std::string_view(data, size * count), " \t\r\n");
      const auto colon = line.find(':');
      if (line.starts_with("HTTP/"))  // of an answer that follows a redirect, or `100 Continue`
        me.answer_.headers.clear();
      else if (colon != std::string_view::npos)
        me.answer_.headers.push_back(
            {std::string(line.substr(0, colon)), std::string(trimmed(line.substr(colon + 1)))});
      return size * count;
    });
  }

  static int look(void* self, curl_off_t, curl_off_t, curl_off_t, curl_off_t) {
    auto& me = *static_cast<Exchange*>(self);
    if (me.request_.give_up && me.request_.give_up()) me.given_up_ = true;
    return me.given_up_ ? 1 : 0;
  }

  /// No exception passes through the library.
  template <typename Taking>
  std::size_t take(const Taking& taking) {
    try {
      return taking(*this);
    } catch (...) {
      thrown_ = std::current_exception();
      return 0;
    }
  }

  tl::unexpected<HttpFailure> why(CURLcode code) const {
    if (given_up_) return failed(Kind::given_up, fmt::format("{}: given up", origin_));
    if (too_large_)
      return failed(Kind::too_large,
                    fmt::format("{} answers with more than {} octets", origin_, request_.most));
    const std::string detail = *said_ != '\0' ? said_ : curl_.easy_strerror(code);
    switch (code) {
      case CURLE_OPERATION_TIMEDOUT:
        return failed(Kind::timeout,
                      fmt::format("{} gave no answer within {} ms", origin_, request_.timeout.count()));
      case CURLE_COULDNT_RESOLVE_HOST:
      case CURLE_COULDNT_RESOLVE_PROXY:
        return failed(Kind::unresolved, fmt::format("{}: {}", origin_, detail));
      case CURLE_COULDNT_CONNECT:
        return not_connected(detail);
      case CURLE_TOO_MANY_REDIRECTS:
        return failed(Kind::redirect,
                      fmt::format("{} redirects more than {} times", origin_, request_.redirects));
      case CURLE_UNSUPPORTED_PROTOCOL:
        if (header_octets_ == 0)  // it takes what begins otherwise for HTTP 0.9
          return failed(Kind::malformed, fmt::format("{} does not speak HTTP", origin_));
        return failed(Kind::redirect,
                      fmt::format("{} redirects to a place that is not {}", origin_,
                                  origin_.starts_with("https://") ? "https" : "http or https"));
      case CURLE_PEER_FAILED_VERIFICATION:
      case CURLE_SSL_CONNECT_ERROR:
      case CURLE_SSL_CIPHER:
      case CURLE_SSL_ENGINE_INITFAILED:
        return failed(Kind::tls, fmt::format("{}: {}", origin_, detail));
      case CURLE_SSL_CACERT_BADFILE:
        return failed(Kind::tls, fmt::format("{} is not a file of certificates (PEM)",
                                             request_.ca_file.empty() ? "the system's" : request_.ca_file));
      case CURLE_WEIRD_SERVER_REPLY:
      case CURLE_HTTP2:
      case CURLE_BAD_CONTENT_ENCODING:
        return failed(Kind::malformed, fmt::format("{} does not speak HTTP: {}", origin_, detail));
      case CURLE_OUT_OF_MEMORY:
        throw std::bad_alloc();
      default:  // CURLE_GOT_NOTHING, CURLE_RECV_ERROR, CURLE_SEND_ERROR, CURLE_PARTIAL_FILE
        return failed(Kind::unreachable, fmt::format("{}: {}", origin_, detail));
    }
  }

  tl::unexpected<HttpFailure> not_connected(const std::string& detail) const {
    long number = 0;
    curl_.easy_getinfo(handle_.get(), CURLINFO_OS_ERRNO, &number);
    const bool refused = number == ECONNREFUSED;
    return failed(
        refused ? Kind::refused : Kind::unreachable,
        refused ? fmt::format("{} refuses connections", origin_) : fmt::format("{}: {}", origin_, detail));
  }

  const CurlLibrary& curl_;
  const HttpRequest& request_;
  const std::string origin_;
  CurlOwned<CURL> handle_;
  CurlOwned<curl_slist> headers_, resolved_;
  HttpAnswer answer_;
  std::size_t header_octets_ = 0;
  bool too_large_ = false, given_up_ = false;
  std::exception_ptr thrown_;
  char said_[CURL_ERROR_SIZE] = {};
};

/// What is wrong with a request by itself.
std::optional<Error> wrong_with(const HttpRequest& request) {
  if (!is_token(request.method)) return Error{"the method of a request is a word, such as POST"};
  if (request.timeout <= milliseconds(0)) return Error{"a request needs time"};
  for (const auto& header : request.headers) {
    if (!is_token(header.name) || !is_clean(header.value))
      return Error{fmt::format("{} is not a header of HTTP, or its value has a line break", header.name)};
  }
  return std::nullopt;
}

}  // namespace

std::string_view HttpAnswer::header(std::string_view name) const {
  const auto found = std::find_if(headers.begin(), headers.end(), [&](const auto& one) {
    return ascii_lower(one.name) == ascii_lower(name);
  });
  return found == headers.end() ? std::string_view() : std::string_view(found->value);
}

bool HttpFailure::may_pass() const {
  return kind != Kind::request && kind != Kind::unavailable && kind != Kind::given_up;
}

tl::expected<HttpAnswer, HttpFailure> ask_http(const HttpRequest& request) {
  const auto curl = curl_library();
  if (!curl) return tl::unexpected(HttpFailure{Kind::unavailable, curl.error()});
  auto origin = is_clean(request.url) ? origin_of(**curl, request.url) : std::string();
  if (origin.empty())
    return failed(Kind::request, "this is not a URL of http or https", "such as https://hooks.example/rdns");
  if (auto wrong = wrong_with(request)) return tl::unexpected(HttpFailure{Kind::request, std::move(*wrong)});
  return Exchange(**curl, request, std::move(origin)).run();
}

Result<void> check_http(const std::string& url) {
  const auto curl = curl_library();
  if (!curl) return tl::unexpected(curl.error());
  if (!is_clean(url) || origin_of(**curl, url).empty())
    return fail("this is not a URL of http or https", "such as https://hooks.example/rdns");
  return {};
}

std::string http_origin(const std::string& url) {
  const auto curl = curl_library();
  return curl && is_clean(url) ? origin_of(**curl, url) : std::string();
}

}  // namespace rdnsgate::resolve
