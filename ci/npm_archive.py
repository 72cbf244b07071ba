#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rdnsgate authors
"""Unpacks one package of an npm lock file without npm, which alone would install several hundred packages.

Usage: ci/npm_archive.py LOCK_FILE PACKAGE FOLDER    (PACKAGE as the lock file names it: node_modules/@scope/name)

The archive is the one whose hash the lock file has, from the registry that npm's settings name: `registry` or
`@scope:registry`, its credentials, `cafile`, `strict-ssl` and the proxies, from npm_config_* in the environment, .npmrc of
the working folder and of the home, and npm's global file. Nothing in the package is run.

Exit: 0 unpacked; 75 the registry could not be reached or did not have it; 1 it is not what the lock file says.
"""
import base64
import hashlib
import io
import json
import os
import re
import ssl
import sys
import tarfile
import urllib.error
import urllib.parse
import urllib.request
from pathlib import Path

NO_REGISTRY = 75
SECONDS = 30
DEFAULT_REGISTRY = "https://registry.npmjs.org/"  # npm's own, where nothing is set
GLOBAL_FILES = ("/usr/local/etc/npmrc", "/usr/etc/npmrc", "/etc/npmrc")
AUTHORITIES = "/etc/ssl/certs/ca-certificates.crt"


def npmrc(text, environment):
    """The settings of one .npmrc (npmrc(5)): `key = value`, with ${NAME} of the environment."""
    settings = {}
    for line in text.splitlines():
        key, equals, value = line.strip().partition("=")
        if equals and not key.startswith(("#", ";", "[")):
            value = re.sub(r"\$\{(\w+)\}", lambda match: environment.get(match[1], match[0]), value.strip().strip("\"'"))
            settings[key.strip()] = value
    return settings


def settings(environment, folder):
    """npm's settings, the weakest first: global, the user's, the project's, the environment's."""
    named = {key.lower().removeprefix("npm_config_").lstrip("/" if "//" not in key else ""): value
             for key, value in environment.items() if key.lower().startswith("npm_config_") and value}
    files = [named["globalconfig"]] if "globalconfig" in named else list(GLOBAL_FILES)
    files += [named.get("userconfig", os.path.join(environment.get("HOME", "/"), ".npmrc")), os.path.join(folder, ".npmrc")]
    found = {}
    for path in files:
        try:
            found.update(npmrc(Path(path).read_text(encoding="utf-8"), environment))
        except OSError:
            pass
    # In a variable's name a hyphen is written as an underscore.
    return found | {key if key.startswith(("//", "@", "_")) else key.replace("_", "-"): value for key, value in named.items()}


def registry(found, package):
    """The registry's URL for a package, with a slash at its end."""
    scope = package.split("/")[0] if package.startswith("@") else ""
    return (found.get(f"{scope}:registry") or found.get("registry") or DEFAULT_REGISTRY).rstrip("/") + "/"


def authorization(found, url):
    """The header for a URL: npm keeps credentials by registry, without the scheme; the longest prefix counts."""
    place = url.partition(":")[2]
    while place.count("/") > 2:
        place = place.rpartition("/")[0]
        mine = {key.rpartition(":")[2]: value for key, value in found.items() if key.rpartition(":")[0].rstrip("/") == place}
        if "_authToken" in mine:
            return "Bearer " + mine["_authToken"]
        if "_auth" in mine:
            return "Basic " + mine["_auth"]
        if "username" in mine and "_password" in mine:
            pair = mine["username"].encode() + b":" + base64.b64decode(mine["_password"])
            return "Basic " + base64.b64encode(pair).decode()
    return None


def opener(found, environment):
    """Knows the authorities and the proxies that npm would."""
    context = ssl.create_default_context()
    for path in (AUTHORITIES, environment.get("NODE_EXTRA_CA_CERTS"), found.get("cafile")):
        if path and os.path.exists(path):
            context.load_verify_locations(path)
    if found.get("strict-ssl") == "false":
        context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    proxies = urllib.request.getproxies()
    for scheme, key in (("https", "https-proxy"), ("http", "proxy")):
        if found.get(key) and found[key] != "null":
            proxies[scheme] = found[key]
    return urllib.request.build_opener(urllib.request.ProxyHandler(proxies), urllib.request.HTTPSHandler(context=context))


def archive_url(found, package, version):
    """Where every registry keeps an archive."""
    return f"{registry(found, package)}{package}/-/{package.rpartition('/')[2]}-{version}.tgz"


def fetch(found, environment, url):
    request = urllib.request.Request(url)
    if credentials := authorization(found, url):
        # Not to whom a redirect leads.
        request.add_unredirected_header("Authorization", credentials)
    with opener(found, environment).open(request, timeout=SECONDS) as answer:
        return answer.read()


def is_intact(octets, integrity):
    """Whether it has one of the hashes of the lock file (Subresource Integrity, the strongest that is there)."""
    hashes = dict(word.split("-", 1) for word in integrity.split())
    for kind in ("sha512", "sha384", "sha256"):
        if kind in hashes:
            return base64.b64encode(hashlib.new(kind, octets).digest()).decode() == hashes[kind]
    return False


def unpack(octets, folder):
    """npm's archives have one folder in them, of any name, which is left out."""
    with tarfile.open(fileobj=io.BytesIO(octets), mode="r:gz") as archive:
        for member in archive:
            path = member.name.partition("/")[2]
            if not member.isfile() or not path or ".." in path.split("/"):
                continue
            target = Path(folder, path)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(archive.extractfile(member).read())


def main():
    lock, place, folder = sys.argv[1:]
    locked = json.loads(Path(lock).read_text(encoding="utf-8"))["packages"][place]
    package = place.rpartition("node_modules/")[2]
    environment = dict(os.environ)
    found = settings(environment, os.getcwd())
    url = archive_url(found, package, locked["version"])
    try:
        octets = fetch(found, environment, url)
    except (urllib.error.URLError, OSError, ValueError) as error:
        reason = getattr(error, "reason", error)
        print(f"npm's registry at {urllib.parse.urlsplit(url).hostname} gave no {package} {locked['version']}: {reason}", file=sys.stderr)
        return NO_REGISTRY
    if not is_intact(octets, locked["integrity"]):
        print(f"{package} {locked['version']} is not what {lock} says: its hash is another one", file=sys.stderr)
        return 1
    unpack(octets, folder)
    return 0


if __name__ == "__main__":
    sys.exit(main())
