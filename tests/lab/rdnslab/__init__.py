# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rdnsgate authors
"""Real name servers on loopback addresses, in a network namespace that nothing leaves."""
