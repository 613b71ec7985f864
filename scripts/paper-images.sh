#!/usr/bin/env bash
# Page images of all forms for docs/guide/papers.md: the first page of one sample of each.
set -euo pipefail
cd "$(dirname "$0")/.."

motcua=${1:?usage: paper-images.sh MOTCUA-BINARY}
images=docs/guide/papers
samples=$(mktemp -d)
trap 'rm -rf "$samples"' EXIT

mkdir -p "$images"
rm -f "$images"/*.png
for form in receipt supplement-request refusal apology stop-notice control-slip register \
    postal-hand-over rating-slip result-draft result-final result-letter letter \
    inspection-minutes-longest; do
    "$motcua" documents samples "$samples/$form" --only "$form" >/dev/null
    people=viet
    [[ $form == *longest || $form == result-final ]] && people=ede
    pdftoppm -r 66 -gray -png -f 1 -l 1 -singlefile \
        "$samples/$form/$form.R2026.$people.pdf" "$images/$form"
done
"$motcua" documents samples "$samples/old" --only apology >/dev/null
pdftoppm -r 66 -gray -png -f 1 -l 1 -singlefile "$samples/old/apology.R2018.viet.pdf" \
    "$images/apology-2018"
du -ch "$images"/*.png | tail -1
