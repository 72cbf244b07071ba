// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "resolve/web/curl_library.h"

#include <fmt/format.h>

#include "base/files/shared_library.h"

namespace rdnsgate::resolve {
namespace {

constexpr const char* file_name = "libcurl.so.4";

Result<CurlLibrary> load() {
  constexpr const char* hint = "requests over HTTP need libcurl; in Debian 12 it is the package libcurl4";
  CurlLibrary curl{};
  SharedLibrary library(file_name);
#define RDNSGATE_FIND(name) library.find("curl_" #name, curl.name)
  RDNSGATE_FIND(global_init);
  RDNSGATE_FIND(version_info);
  RDNSGATE_FIND(easy_init);
  RDNSGATE_FIND(easy_cleanup);
  RDNSGATE_FIND(easy_setopt);
  RDNSGATE_FIND(easy_getinfo);
  RDNSGATE_FIND(easy_perform);
  RDNSGATE_FIND(easy_strerror);
  RDNSGATE_FIND(slist_append);
  RDNSGATE_FIND(slist_free_all);
  RDNSGATE_FIND(url);
  RDNSGATE_FIND(url_cleanup);
  RDNSGATE_FIND(url_set);
  RDNSGATE_FIND(url_get);
  RDNSGATE_FIND(free);
#undef RDNSGATE_FIND
  if (!library.failure().empty())
    return fail(fmt::format("no web server can be asked: {}", library.failure()), hint);
  if (curl.global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK)
    return fail("no web server can be asked: libcurl does not start", hint);
  // 7.85 is the first that takes the names of protocols, by which requests are kept to http and https.
  if (curl.version_info(CURLVERSION_NOW)->version_num < 0x075500)
    return fail(fmt::format("no web server can be asked: libcurl {} is older than 7.85",
                            curl.version_info(CURLVERSION_NOW)->version),
                hint);
  return curl;
}

}  // namespace

Result<const CurlLibrary*> curl_library() {
  static const Result<CurlLibrary> loaded = load();
  if (!loaded) return tl::unexpected(loaded.error());
  return &*loaded;
}

}  // namespace rdnsgate::resolve
