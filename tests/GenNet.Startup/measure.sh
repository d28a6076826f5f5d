#!/usr/bin/env bash
# Start-up to the first prediction of a trimmed single-file program with weights compiled in, against reading them from a file.
# Other arguments go to dotnet publish: -p:Native=true for Native AOT.
set -euo pipefail
cd "$(dirname "$0")"
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
dotnet build -c Release ../../src/GenNet.Weights >"$folder/log"
dotnet run -c Release -- write "$folder/startup.safetensors"
dotnet publish -c Release \
  -p:CompiledWeights="$folder/startup.safetensors" -o "$folder/program" "$@" >>"$folder/log" || { cat "$folder/log"; exit 1; }
ls -l "$folder/program/GenNet.Startup"
for i in $(seq 30); do
  "$folder/program/GenNet.Startup" compiled >>"$folder/compiled"
  "$folder/program/GenNet.Startup" file "$folder/startup.safetensors" >>"$folder/file"
done
figure() { cut -d' ' -f"$2" "$folder/$1" | sort -g | sed -n "$3p"; }
for way in compiled file; do
  echo "$way, minimum / median: $(figure $way 1 1) / $(figure $way 1 15) ms for the weights" \
    "($(figure $way 3 15) methods compiled in $(figure $way 2 1) / $(figure $way 2 15) ms)," \
    "$(figure $way 4 1) / $(figure $way 4 15) ms from the start of the process to the first prediction"
done
