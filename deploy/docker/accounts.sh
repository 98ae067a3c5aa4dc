#!/usr/bin/env bash
# Runs in the image of Elasticsearch once the engine answers: gives Kibana its password and Homer.Search an account that reaches only its own indices.
set -euo pipefail
engine=${1:-https://elasticsearch:9200} secrets=${2:-/secrets}

put() {
    curl --fail --silent --show-error --cacert "$secrets/ca/ca.crt" --user "elastic:$(cat "$secrets/elastic-password")" \
        --header 'Content-Type: application/json' --request PUT "$engine/_security/$1" --data "$2"
    echo
}

put user/kibana_system/_password "{\"password\":\"$(cat "$secrets/kibana-password")\"}"
put role/homer '{"cluster":["monitor","manage_index_templates"],"indices":[{"names":["homer-*"],"privileges":["all"]}]}'
put user/homer "{\"password\":\"$(cat "$secrets/homer-password")\",\"roles\":[\"homer\"]}"
