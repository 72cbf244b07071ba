# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rdnsgate authors
"""An estate in which a text stands wherever a stranger can put one: owners, contacts, reasons, comments, keys, TXT records, the
name that a PTR record points to. And texts that mean something in one of the formats that are written."""
import json
from pathlib import Path

# Each makes a file, or ends a string, a comment, an element or a line, where it is taken for more than text.
TEXTS = ["$(>pwned)", "`>pwned`", "\";>pwned;\"", "';>pwned;'", "\n>pwned\n", "&&>pwned", "|>pwned", "#\n>pwned",
         "\nsend\nupdate add evil.example.com. 60 A 198.51.100.66\nsend\n", "\\\nupdate delete example.com.\nsend\n", "\" \nsend ; \"", "; x\nsend",
         "::set-output name=x::y", "::stop-commands::x", "::error::x", "\n::error::x\n", "##[error]x", "%0A::error::x",
         "\x1b]0;x\x07\x1b[31m", "\x9b31m", "\u202e\u200b", "\u2028\u2029", "\x7f\x85",
         "]]>", "</failure><x/>", "<!-- -->", "&x;&#0;", "</script><script>throw 1</script>", "\" onload=\"x",
         "${file(\"/etc/passwd\")}", "%{ if true }x%{ endif }", "$${x}", "\\${x}", "\"\n}\nresource \"x\" \"y\" {", "/*", "*/ throw 1 /*", "//\nthrow 1",
         "\"); throw 1; (\"", "'); throw 1; ('", "\\\"); throw 1; //", "`${process.exit(9)}`", "\\u0022); throw 1; //",
         "[x](javascript:x)", "![x](http://x)", "@team #1", "| x | y |", "```\nx", "=cmd|' /C calc'!A1", "+1", "-rf",
         "END:VEVENT\r\nBEGIN:VEVENT", "\r\nATTACH:x", ";,\\n:", "!!python/object/apply:os.system ['>pwned']", "*alias", "&anchor", "- x: y", "\": x\n- y",
         "\\", "\\\\", "\\\"", "\"", "'", "\\010", "\\", "\\n", "{0}", "%s%n", "{{x}}"]


def quoted(text):
    """The strings of a TXT record in a zone file."""
    octets = text.encode("utf-8", "surrogateescape")
    return " ".join('"' + "".join(f"\\{octet:03d}" for octet in octets[at:at + 255]) + '"' for at in range(0, len(octets), 255)) or '""'


def label(text):
    return "".join(f"\\{octet:03d}" for octet in text.encode("utf-8", "surrogateescape")[:60]) or "x"


HEAD = "$TTL 3600\n@ IN SOA ns1.example.com. h.example.com. 1 14400 3600 1209600 300\n@ IN NS ns1.example.com.\n"


def inventory(texts, address, name, managed_by):
    contact, other, owner, reason = (json.dumps(texts[place % len(texts)]) for place in range(4))
    return f"""version: 1
zones:
  - {{name: example.com, managed_by: {managed_by}, contact: {contact}}}
  - {{name: 2.0.192.in-addr.arpa, managed_by: {managed_by}, contact: {other}}}
senders:
  - name: mx1
    helo: {name}.example.com
    owner: {owner}
    addresses: [{address}]
domains: [{{name: example.com, via: [mx1], spf: {{all: fail}}}}]
rules: {{addr-documentation: off}}
waivers: [{{rule: ptr-mismatch, target: {address}, reason: {reason}, expires: 2099-01-01}}]
"""


def write(folder, texts, managed_by="nsupdate"):
    """The files of a renumbering: `old.yaml`, `i.yaml` and zones in `z`; and `wrong.yaml` with keys that are none. One text, or some that
    share the places."""
    folder = Path(folder)
    (folder / "z").mkdir(exist_ok=True)
    (folder / "old.yaml").write_text(inventory(texts, "192.0.2.10", "n0", managed_by))
    (folder / "i.yaml").write_text(inventory(texts, "192.0.2.20", "n1", managed_by))
    (folder / "same.yaml").write_text(inventory(texts, "192.0.2.10", "n0", managed_by).replace("ptr-mismatch", "ptr-missing"))
    keys = [json.dumps(text) for text in dict.fromkeys(texts)]
    # At the beginning of a line that is shown, without quotes.
    plain = "".join(f"  {text} : x\n" for text in texts if text.startswith("::") and text.isprintable())
    (folder / "wrong.yaml").write_text("version: 1\n" + (f"defaults:\n{plain}" if plain else "") + "".join(f"{key}: x\n" for key in keys) + "senders:\n"
                                       + "".join(f"  - {key}: y\n" for key in keys) + "rules:\n" + "".join(f"  {key}: off\n" for key in keys))
    (folder / "z" / "example.com.zone").write_text(
        HEAD + "ns1 A 192.0.2.1\nn0 A 192.0.2.10\n@ TXT \"v=spf1 ip4:192.0.2.10 -all\"\n"
        + "".join(f"@ TXT {quoted(text)}\n{label(text)} A 192.0.2.10\n" for text in texts))
    (folder / "z" / "2.0.192.in-addr.arpa.zone").write_text(HEAD + "".join(f"10 PTR {label(text)}.example.com.\n" for text in texts))
