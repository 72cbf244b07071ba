// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <curl/curl.h>

#include <memory>

#include "base/result.h"

namespace rdnsgate::resolve {

/// What is used of libcurl, by the names that its header gives without `curl_`. It brings thirty libraries along
/// (Kerberos, LDAP, SSH), for protocols that nothing here speaks: a program that were linked with it would take
/// several milliseconds longer to start, and hardly a command needs it.
struct CurlLibrary {
  decltype(&::curl_global_init) global_init;
  decltype(&::curl_version_info) version_info;
  decltype(&::curl_easy_init) easy_init;
  decltype(&::curl_easy_cleanup) easy_cleanup;
  decltype(&::curl_easy_setopt) easy_setopt;
  decltype(&::curl_easy_getinfo) easy_getinfo;
  decltype(&::curl_easy_perform) easy_perform;
  decltype(&::curl_easy_strerror) easy_strerror;
  decltype(&::curl_slist_append) slist_append;
  decltype(&::curl_slist_free_all) slist_free_all;
  decltype(&::curl_url) url;
  decltype(&::curl_url_cleanup) url_cleanup;
  decltype(&::curl_url_set) url_set;
  decltype(&::curl_url_get) url_get;
  decltype(&::curl_free) free;
};

/// Loads and starts it, once in a run, and leaves it so until the end. Fails where this machine has no libcurl.
/// For several threads.
Result<const CurlLibrary*> curl_library();

/// An object of the library, with the function that frees it.
template <typename T>
using CurlOwned = std::unique_ptr<T, void (*)(T*)>;

}  // namespace rdnsgate::resolve
