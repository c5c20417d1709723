#!/usr/bin/env bash
# Previews the program in the working folder against a simulated service: no account, no key, no state that stays.
# With the argument --up it is also brought up there, has to be unchanged after that, and is taken down; before that, an
# audit tells what each deletion would meet and take along.
#
# Needs `pulumi` and `pulumi-victorops` on PATH. ORG_SNAPSHOT may name a snapshot of an org to begin with.
set -euo pipefail

work=$(mktemp -d)
stack=ci-simulated
export PULUMI_HOME="$work/home" PULUMI_BACKEND_URL="file://$work/backend"
export PULUMI_CONFIG_PASSPHRASE=ci PULUMI_SKIP_UPDATE_CHECK=1
mkdir "$work/backend"

pulumi-victorops simulate --port 0 --seed "${ORG_SNAPSHOT:-demo}" >"$work/simulator.log" 2>&1 &
simulator=$!
trap 'kill "$simulator" && wait "$simulator"; rm -rf "$work" "Pulumi.$stack.yaml"' EXIT

until address=$(grep -o 'http://[0-9.:]*' "$work/simulator.log"); do
  kill -0 "$simulator" 2>/dev/null || { cat "$work/simulator.log" >&2; exit 1; }
  sleep 0.1
done
export VO_API_ID=demo-id VO_API_KEY=demo-key VO_BASE_URL="$address" VO_RATE_LIMIT=off

pulumi() { command pulumi --non-interactive "$@"; }
pulumi stack init "$stack"
pulumi preview --stack "$stack"
if [ "${1:-}" = --up ]; then
  pulumi up --stack "$stack" --yes --skip-preview
  pulumi preview --stack "$stack" --expect-no-changes
  # Of a change to your own org, it's the plan of that which is looked at: pulumi preview --json | pulumi-victorops audit
  pulumi destroy --stack "$stack" --preview-only --json | pulumi-victorops audit
  pulumi destroy --stack "$stack" --yes --skip-preview
fi
