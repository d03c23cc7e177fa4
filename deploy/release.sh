#!/usr/bin/env bash
# Builds the archives of a release into dist/: the program for each system, README, example and
# documents, and their checksums. The same commit and the same Go give the same bytes: no paths, no
# build times, one date for every file. `make release` calls it.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

go=${GO:-go}
version=${VERSION:?the version, such as v1.0.0}
targets=${TARGETS:-linux/amd64 linux/arm64 darwin/arm64 windows/amd64}
date=$(git log -1 --format=%ct)
export TZ=UTC LC_ALL=C
out=$PWD/dist
rm -rf "$out"
mkdir -p "$out"
stage=$(mktemp -d)
trap 'rm -rf "$stage"' EXIT

for target in $targets; do
	os=${target%/*} arch=${target#*/}
	name=frontdesk-$version-$os-$arch
	folder=$stage/$name
	mkdir -p "$folder/docs" "$folder/deploy"
	program=frontdesk
	[[ $os == windows ]] && program=frontdesk.exe
	CGO_ENABLED=0 GOOS=$os GOARCH=$arch GOFLAGS=-mod=readonly $go build -trimpath -buildvcs=false \
		-ldflags "-s -w -buildid= -X main.version=$version" -o "$folder/$program" ./cmd/frontdesk
	cp README.md README.zh-CN.md CHANGELOG.md LICENSE config.example.yaml "$folder/"
	cp docs/*.md "$folder/docs/"
	cp deploy/frontdesk.service deploy/prometheus-alerts.yaml "$folder/deploy/"
	find "$folder" -type d -exec chmod 755 {} +
	find "$folder" -type f -exec chmod 644 {} +
	chmod 755 "$folder/$program"
	find "$folder" -exec touch -d "@$date" {} +
	if [[ $os == windows ]] && command -v zip >/dev/null; then
		(cd "$stage" && find "$name" -type f | sort | zip -X -q -9 "$out/$name.zip" -@)
	else
		tar --sort=name --mtime="@$date" --owner=0 --group=0 --numeric-owner --format=ustar \
			-C "$stage" -cf - "$name" | gzip -n -9 >"$out/$name.tar.gz"
	fi
	echo "$name"
done
cd "$out"
sha256sum -- * >SHA256SUMS
cat SHA256SUMS
