#!/bin/sh
# Makes the certificates of the tests, in DER, with OpenSSL. They are valid for a hundred years, but for `expired.der`.
set -eu
cd "$(dirname "$0")"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
key() { openssl ecparam -name prime256v1 -genkey -noout -out "$work/$1.pem"; }
key ca
openssl req -x509 -new -key "$work/ca.pem" -subj "/CN=Tests" -days 36500 -out "$work/ca.crt" \
  -addext "basicConstraints=critical,CA:TRUE" -addext "keyUsage=critical,keyCertSign"
openssl x509 -in "$work/ca.crt" -outform der -out ca.der
key server
openssl pkcs8 -topk8 -nocrypt -in "$work/server.pem" -outform der -out key.der
cat > "$work/ca.cnf" <<END
[ca]
default_ca = tests
[tests]
database = $work/index
new_certs_dir = $work
serial = $work/serial
default_md = sha256
policy = any
unique_subject = no
[any]
commonName = supplied
END
: > "$work/index"
echo 01 > "$work/serial"
certificate() {
  printf 'subjectAltName=DNS:%s\nextendedKeyUsage=serverAuth\n' "$2" > "$work/$1.ext"
  openssl req -new -key "$work/server.pem" -subj "/CN=$2" -out "$work/$1.csr"
  openssl ca -batch -notext -config "$work/ca.cnf" -cert "$work/ca.crt" -keyfile "$work/ca.pem" \
    -extfile "$work/$1.ext" -startdate "$3" -enddate "$4" -in "$work/$1.csr" -out "$work/$1.crt"
  openssl x509 -in "$work/$1.crt" -outform der -out "$1.der"
}
certificate valid good.example 20200101000000Z 21200101000000Z
certificate expired expired.example 20200101000000Z 20210101000000Z
certificate other other.test 20200101000000Z 21200101000000Z
openssl req -x509 -new -key "$work/server.pem" -subj "/CN=self" -days 36500 -addext "subjectAltName=DNS:self.example" \
  -outform der -out self.der
