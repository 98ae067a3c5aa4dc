#!/usr/bin/env bash
# Runs once, as root in the image of Elasticsearch: makes the authority, the engine's certificate, the passwords and what each service reads.
set -euo pipefail
cd /secrets
[ -f done ] && exit 0

certutil=/usr/share/elasticsearch/bin/elasticsearch-certutil
rm -rf ca ca.zip elasticsearch elasticsearch.zip
$certutil ca --silent --pem --days 3650 --out /secrets/ca.zip
unzip -q ca.zip
$certutil cert --silent --pem --days 3650 --name elasticsearch --dns elasticsearch,localhost --ip 127.0.0.1 \
    --ca-cert /secrets/ca/ca.crt --ca-key /secrets/ca/ca.key --out /secrets/elasticsearch.zip
unzip -q elasticsearch.zip
rm ca.zip elasticsearch.zip

for account in elastic kibana homer; do od -An -N24 -tx1 /dev/urandom | tr -d ' \n' > $account-password; done
printf 'store: https://homer:%s@elasticsearch:9200\nstore-ca: /secrets/ca/ca.crt\n' "$(cat homer-password)" > homer.yaml

# 1000 is the user of Elasticsearch and Kibana, 1654 that of the .NET images.
chmod 755 . ca elasticsearch
chmod 644 ca/ca.crt elasticsearch/elasticsearch.crt
chmod 400 ca/ca.key elasticsearch/elasticsearch.key ./*-password homer.yaml
chown 1000 elasticsearch/elasticsearch.key ./*-password
chown 1654 homer.yaml
touch done
