// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#define DOCTEST_CONFIG_IMPLEMENT_WITH_MAIN
#include <doctest/doctest.h>
