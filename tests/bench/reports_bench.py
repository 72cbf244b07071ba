# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rdnsgate authors
"""What reports of many findings cost, form by form: `lint` of pools whose names look generic, one finding for each address,
beside `lint` that writes nothing."""
import ipaddress

import generate
from measure import Way, timed

SERVER = "127.0.1.1"
NOTHING = "findings, nothing written"
FORMS = {
    "text": ["--format", "text"],
    "text, each by itself": ["--format", "text", "--group-by", "none"],
    "json": ["--format", "json"],
    "sarif": ["--format", "sarif"],
    "gitlab": ["--format", "gitlab"],
    "junit": ["--format", "junit"],
    "markdown": ["--format", "markdown"],
}


def generic_pools(count):
    for first in range(0, count, generate.POOL):
        last = min(first + generate.POOL, count) - 1
        begin, end = ipaddress.IPv4Address(generate.FIRST + first), ipaddress.IPv4Address(generate.FIRST + last)
        zone = f"dyn.p{first // generate.POOL}.{generate.ZONE}"
        yield (f'  - name: p{first // generate.POOL}\n    helo: "{{ptr}}"\n'
               f'    addresses: [{{range: {begin}-{end}, ptr: "host-{{-}}.{zone}"}}]\n')


def write(folder, findings):
    inventory = folder / f"{findings}.yaml"
    with open(inventory, "w") as out:
        out.write(generate.HEADER.format(server=SERVER))
        out.writelines(generic_pools(findings))
    return inventory


def measure(table, rdnsgate, folder, findings):
    folder.mkdir()
    inventory = write(folder, findings)

    def command(*options, file=inventory):
        return [rdnsgate, "lint", "--no-config", *options, file]
    nothing = Way(NOTHING, timed(command("-q", "-q"), findings),
                  growing=lambda count: command("-q", "-q", file=write(folder, count)))
    forms = [Way(f"findings as {form}", timed(command(*options), findings), (NOTHING,),
                 lambda count, options=options: command(*options, file=write(folder, count))) for form, options in FORMS.items()]
    table.measure([nothing, *forms])
