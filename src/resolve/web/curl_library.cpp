// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "resolve/web/curl_library.h"

#include <dlfcn.h>
#include <fmt/format.h>

#include <string>

namespace rdnsgate::resolve {
namespace {

constexpr const char* file_name = "libcurl.so.4";

Result<CurlLibrary> load() {
  constexpr const char* hint = "requests over HTTP need libcurl; in Debian 12 it is the package libcurl4";
  // For as long as the program runs: the library has threads and handlers of its own.
  void* const handle = dlopen(file_name, RTLD_NOW | RTLD_LOCAL);
  const auto said = [] {
    const char* const text = dlerror();
    return std::string(text != nullptr ? text : "no reason is known");
  };
  if (handle == nullptr) return fail(fmt::format("no web server can be asked: {}", said()), hint);
  CurlLibrary curl{};
  std::string failure;
  const auto find = [&](const char* name, auto& function) {
    void* const found = dlsym(handle, name);
    if (found == nullptr && failure.empty()) failure = said();
    function = reinterpret_cast<std::remove_reference_t<decltype(function)>>(found);
  };
#define RDNSGATE_FIND(name) find("curl_" #name, curl.name)
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
  if (!failure.empty()) return fail(fmt::format("no web server can be asked: {}", failure), hint);
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
