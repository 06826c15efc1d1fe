#!/usr/bin/env bash
# The gallery's pages and pictures, from real runs: called by ./dev gallery. Takes some ten minutes on two cores.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
lastunit="${LASTUNIT:?the lastunit binary}"
export LASTUNIT_STORE="" # nothing of the gallery goes into anybody's store

say() { printf '%-8s %s\n' gallery "$1"; }

page() { # NAME COMMAND...: the command writes NAME.html; its exit code is a finding (a gate, a refuted audit), not a failure of ours
    local name="$1" status=0
    shift
    say "$name.html: lastunit $*"
    "$lastunit" "$@" --html "$name.html" --quiet >/dev/null || status=$?
    # 1 a gate failed or a unit was sold twice, 4 it cannot be told
    ((status <= 1 || status == 4)) || exit "$status"
    [[ -s "$name.html" ]] || exit 3
}

page black-friday run black-friday
page black-friday-designs compare black-friday --replications 8 \
    --designs own,esb-push,event-stream,unified,marketplace-feed,polling-hub,cached-storefront,nightly-batch
page split-or-wait compare split-or-wait --replications 10 --designs own,split-or-wait/split,split-or-wait/wait,split-or-wait/decline
page marketplace-surface sweep black-friday --replications 2 \
    --vary "edges.marketplace.interval=1min,5min,15min,60min" --vary "buffer=0..3"
page flash-drop-postgres load flash-drop --target "postgres?mode=check_then_act" --for 7min

node pictures.mjs
