#!/bin/sh
# Process forests, lived through at random and recorded in every disorder that
# CPUs can make: see property/property.h. SEEDS=N: how many, from SEED=1 on.
. "${0%/*}/lib.sh"
[ -z "${SAN:-}" ] || SEEDS=${SEEDS:-200}
"$HELPERS/property" "$BIN/pt-ingest" "${SEED:-1}" "${SEEDS:-1000}"
exit
