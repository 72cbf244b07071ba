// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "cli/app.h"

int main(int argc, char** argv) { return rdnsgate::cli::run(argc, argv); }
