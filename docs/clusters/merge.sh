#!/usr/bin/env bash
# Joins the parts and reports; options, such as --json FILE, go to the report: ./merge.sh --json study.json
#SBATCH --job-name=lastunit-merge
set -euo pipefail
source "${SLURM_SUBMIT_DIR:-.}/study.env"
read -ra study <<<"$STUDY"

lastunit merge "$STORES/study.sqlite" "$STORES"/shard-*.sqlite
exec lastunit "${study[@]}" --store "$STORES/study.sqlite" "$@"
