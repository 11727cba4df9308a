#!/usr/bin/env bash
# Renews preliminary.png: a page of remarks from the preliminary check of the Russian sample draft.
# Needs LibreOffice and poppler; run after `make demo`.
set -euo pipefail
cd "$(dirname "$0")/../.."

work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
.venv/bin/saraptama examine examples/draft-ru.docx --language ru --format docx --out "$work"
soffice --headless "-env:UserInstallation=file://$work/profile" --convert-to pdf --outdir "$work" "$work"/*.docx \
  >/dev/null 2>&1
pdf="$(ls "$work"/*.pdf)"

# The head of the table is repeated on its pages; the second is nothing but table.
found=()
for page in $(seq "$(pdfinfo "$pdf" | awk '/^Pages:/ {print $2}')"); do
  if [ "$(pdftotext -f "$page" -l "$page" "$pdf" - | grep -c "^Предлагаемая")" -gt 0 ]; then found+=("$page"); fi
done
if [ "${#found[@]}" -eq 0 ]; then
  echo "the preliminary check has no table of findings" >&2
  exit 1
fi
page="${found[1]:-${found[0]}}"
pdftoppm -f "$page" -l "$page" -singlefile -png -r 90 -x 37 -y 28 -W 975 -H 530 "$pdf" docs/images/preliminary
