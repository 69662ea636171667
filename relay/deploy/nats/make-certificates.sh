#!/bin/sh
# An authority of your own, and a certificate of it for each NATS server:
#
#   sh make-certificates.sh nats-1.example.com nats-2.example.com nats-3.example.com
#
# writes ca.pem and ca.key, and <name>.pem and <name>.key for each, into the working directory. A name is what the relays'
# configuration and the servers' routes call the server: a host name, or an IPv4 address. Run again, it keeps the authority
# and makes new certificates. ca.pem goes to all servers and relays; each .key to its own server, readable by nats alone;
# ca.key stays with you, off all of them. NATS takes over new files at `systemctl reload nats-server`.
set -eu
umask 077
DAYS_OF_AUTHORITY=3650
DAYS=397

[ $# -gt 0 ] || { echo "usage: sh make-certificates.sh <name of a server>..." >&2; exit 2; }

if [ ! -e ca.key ]; then
  openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days "$DAYS_OF_AUTHORITY" \
    -subj "/CN=Earshot NATS authority" -addext "basicConstraints=critical,CA:TRUE" \
    -addext "keyUsage=critical,keyCertSign,cRLSign" -keyout ca.key -out ca.pem
fi

for name in "$@"; do
  case $name in
    *[!0-9.]*) kind=DNS ;;
    *) kind=IP ;;
  esac
  openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj "/CN=$name" -keyout "$name.key" -out "$name.csr"
  # Between the servers of a cluster each is client and server.
  printf 'subjectAltName=%s:%s\nextendedKeyUsage=serverAuth,clientAuth\nbasicConstraints=CA:FALSE\n' "$kind" "$name" > "$name.ext"
  openssl x509 -req -in "$name.csr" -CA ca.pem -CAkey ca.key -CAcreateserial -days "$DAYS" -extfile "$name.ext" -out "$name.pem"
  rm "$name.csr" "$name.ext"
done
chmod 644 ./*.pem
