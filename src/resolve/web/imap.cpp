// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "resolve/web/imap.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <utility>

#include "base/text/text.h"
#include "resolve/web/curl_library.h"

namespace rdnsgate::resolve {
namespace {

using ImapKind = ImapFailure::Kind;

constexpr std::size_t most_imap_octets = std::size_t{1} << 20;  // of a header, and of a list of messages

tl::unexpected<ImapFailure> imap_failed(ImapKind kind, std::string message, std::string hint = {}) {
  return tl::unexpected(ImapFailure{kind, {std::move(message), std::move(hint)}});
}

bool is_unreserved_in_url(char c) {
  return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '-' || c == '.' ||
         c == '_' || c == '~';
}

/// A folder's name as the path of a URL has it.
std::string in_url(std::string_view folder) {
  std::string path;
  for (const char c : folder) {
    if (is_unreserved_in_url(c) || c == '/') {
      path += c;
    } else {
      path += fmt::format("%{:02X}", static_cast<unsigned>(static_cast<unsigned char>(c)));
    }
  }
  return path;
}

/// One connection: questions that follow each other on it.
class ImapReading {
 public:
  ImapReading(const CurlLibrary& curl, const ImapMailbox& mailbox)
      : curl_(curl), mailbox_(mailbox), handle_(curl.easy_init(), curl.easy_cleanup) {}

  tl::expected<std::string, ImapFailure> ask(const std::string& path, const std::string& command) {
    answer_.clear();
    *said_ = '\0';
    const auto url = fmt::format("{}/{}{}", mailbox_.url, in_url(mailbox_.folder), path);
    const char* const custom = command.empty() ? nullptr : command.c_str();
    if (!handle_ || !prepare() || !set(CURLOPT_URL, url.c_str()) || !set(CURLOPT_CUSTOMREQUEST, custom))
      return imap_failed(ImapKind::request, "libcurl cannot read mailboxes");
    const auto code = curl_.easy_perform(handle_.get());
    if (code == CURLE_OK) return std::move(answer_);
    return why(code);
  }

 private:
  template <typename Value>
  bool set(CURLoption option, Value value) {
    return curl_.easy_setopt(handle_.get(), option, value) == CURLE_OK;
  }

  bool prepare() {
    bool ok = set(CURLOPT_PROTOCOLS_STR, "imap,imaps") && set(CURLOPT_NOSIGNAL, 1L) &&
              set(CURLOPT_USE_SSL, static_cast<long>(CURLUSESSL_ALL)) && set(CURLOPT_ERRORBUFFER, said_) &&
              set(CURLOPT_USERNAME, mailbox_.user.c_str()) &&
              set(CURLOPT_PASSWORD, mailbox_.password.c_str()) &&
              set(CURLOPT_NETRC, static_cast<long>(CURL_NETRC_IGNORED)) && set(CURLOPT_PROXY, "") &&
              set(CURLOPT_TIMEOUT_MS, static_cast<long>(mailbox_.timeout.count())) &&
              set(CURLOPT_WRITEFUNCTION, &ImapReading::take) && set(CURLOPT_WRITEDATA, this);
    if (!mailbox_.ca_file.empty())
      ok = ok && set(CURLOPT_CAINFO, mailbox_.ca_file.c_str()) &&
           set(CURLOPT_CAPATH, static_cast<char*>(nullptr));
    return ok;
  }

  static std::size_t take(char* data, std::size_t size, std::size_t count, void* self) {
    auto& me = *static_cast<ImapReading*>(self);
    if (me.answer_.size() + size * count > most_imap_octets) return 0;
    me.answer_.append(data, size * count);
    return size * count;
  }

  tl::unexpected<ImapFailure> why(CURLcode code) const {
    const std::string detail = *said_ != '\0' ? said_ : curl_.easy_strerror(code);
    const auto text = fmt::format("{}: {}", mailbox_.url, detail);
    switch (code) {
      case CURLE_LOGIN_DENIED:
        return imap_failed(ImapKind::denied,
                           fmt::format("{} does not take the user and the password", mailbox_.url));
      case CURLE_SSL_CACERT_BADFILE:
        return imap_failed(ImapKind::request,
                           fmt::format("{} is not a file of certificates (PEM)", mailbox_.ca_file));
      case CURLE_UNSUPPORTED_PROTOCOL:
        return imap_failed(ImapKind::request, "this libcurl cannot read mailboxes (IMAP)");
      case CURLE_WEIRD_SERVER_REPLY:
      case CURLE_QUOTE_ERROR:
        return imap_failed(ImapKind::malformed, text);
      case CURLE_WRITE_ERROR:
        return imap_failed(ImapKind::malformed,
                           fmt::format("{} sends more than {} octets", mailbox_.url, most_imap_octets));
      default:
        return imap_failed(ImapKind::unreachable, text);
    }
  }

  const CurlLibrary& curl_;
  const ImapMailbox& mailbox_;
  CurlOwned<CURL> handle_;
  std::string answer_;
  char said_[CURL_ERROR_SIZE] = {};
};

}  // namespace

Result<ImapMailbox> parse_imap_url(std::string_view url) {
  constexpr const char* example = "such as imaps://probe@imap.example.net";
  const auto colon = url.find("://");
  const auto scheme = url.substr(0, colon);
  if (colon == std::string_view::npos || (scheme != "imaps" && scheme != "imap"))
    return fail("this is no URL of imaps or imap", example);
  auto rest = url.substr(colon + 3);
  const auto slash = rest.find('/');
  const auto folder = slash == std::string_view::npos ? std::string_view() : rest.substr(slash + 1);
  rest = rest.substr(0, slash);
  const auto at = rest.rfind('@');
  if (at == std::string_view::npos || at == 0) return fail("it names no user", example);
  const auto user = rest.substr(0, at), host = rest.substr(at + 1);
  if (user.find(':') != std::string_view::npos)
    return fail("a password does not belong on the command line",
                "name a file that has it with --password-file");
  const auto is_host_octet = [](char c) {
    return is_unreserved_in_url(c) || c == ':' || c == '[' || c == ']';
  };
  const auto is_visible = [](char c) { return static_cast<unsigned char>(c) > 0x20 && c != '\x7F'; };
  if (host.empty() || !std::all_of(host.begin(), host.end(), is_host_octet))
    return fail("it names no host", example);
  if (!std::all_of(user.begin(), user.end(), is_visible) ||
      !std::all_of(folder.begin(), folder.end(), is_visible))
    return fail("a blank or a control character does not belong into it", example);
  ImapMailbox mailbox;
  mailbox.url = fmt::format("{}://{}", scheme, host);
  mailbox.user = user;
  if (!folder.empty()) mailbox.folder = folder;
  return mailbox;
}

std::optional<std::uint32_t> first_found(std::string_view replies) {
  while (!replies.empty()) {
    const auto end = replies.find('\n');
    const auto line = trimmed(replies.substr(0, end), " \t\r");
    replies.remove_prefix(end == std::string_view::npos ? replies.size() : end + 1);
    constexpr std::string_view start = "* search";
    if (ascii_lower(line.substr(0, start.size())) != start) continue;
    const auto numbers = trimmed(line.substr(start.size()), " \t\r");
    if (numbers.empty()) return 0;
    std::uint32_t first = 0;
    const auto [stopped, error] = std::from_chars(numbers.data(), numbers.data() + numbers.size(), first);
    if (error != std::errc() || (stopped != numbers.data() + numbers.size() && *stopped != ' '))
      return std::nullopt;
    return first;
  }
  return std::nullopt;
}

tl::expected<std::string, ImapFailure> find_header(const ImapMailbox& mailbox, std::string_view field,
                                                   std::string_view value) {
  const auto curl = curl_library();
  if (!curl) return tl::unexpected(ImapFailure{ImapKind::request, curl.error()});
  ImapReading reading(**curl, mailbox);
  const auto replies = reading.ask("", fmt::format("UID SEARCH HEADER {} {}", field, value));
  if (!replies) return tl::unexpected(replies.error());
  const auto uid = first_found(*replies);
  if (!uid) return imap_failed(ImapKind::malformed, fmt::format("{} does not answer a search", mailbox.url));
  if (*uid == 0) return std::string();
  return reading.ask(fmt::format("/;UID={}/;SECTION=HEADER", *uid), "");
}

}  // namespace rdnsgate::resolve
