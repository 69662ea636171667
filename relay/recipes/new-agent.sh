#!/bin/sh
# A token for one agent of a plain pass-through, and the line by which the proxy knows it.
#   sh new-agent.sh nginx|caddy|haproxy|worker NAME
# The token is on the first line of the output, the proxy's line on the second. Needs openssl.
set -eu

proxy=${1-} name=${2-}
case $name in
  '' | *[!A-Za-z0-9._@\ -]*)
    echo 'usage: sh new-agent.sh nginx|caddy|haproxy|worker NAME (letters, digits, space and . _ @ -)' >&2
    exit 2
    ;;
esac

base64url() { openssl base64 -A | tr '+/' '-_' | tr -d '='; }
token=esh_$(openssl rand 32 | base64url)
bearer=$(printf %s "$token" | base64url)
sha256=$(printf %s "$token" | openssl dgst -sha256 -r | cut -c 1-64)

case $proxy in
  nginx) line="\"~^base64url\\.bearer\\.earshot\\.$bearer\$\" \"$name\";" ;;
  caddy) line="\"base64url.bearer.earshot.$bearer\" \"$name\"" ;;
  haproxy) line="$sha256 $name" ;;
  worker) line="{ \"name\": \"$name\", \"tokenSha256\": \"$sha256\" }" ;;
  *)
    echo "no such proxy: $proxy" >&2
    exit 2
    ;;
esac
printf '%s\n%s\n' "$token" "$line"
