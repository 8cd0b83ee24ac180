#!/usr/bin/env bash
# Runs the quick rows of the benchmark for a moment each, and gives it wrong
# input. Looks at no times.
set -u

program=tests/benchmark/benchmark
failed=0

expect() {
  local what=$1 wanted=$2 status=$3
  if [ "$status" -ne "$wanted" ]; then
    printf '%s: exit status %s, not %s\n' "$what" "$status" "$wanted"
    failed=1
  fi
}

once="--benchmark_repetitions=1 --benchmark_min_time=0.001"
out=$TEST_TMPDIR/rows.json
$program $once --folder="$TEST_TMPDIR" --benchmark_out="$out" \
  --benchmark_filter='/88 B/|object/|modify/|count/|fill/|of 10/|of 1000/|wake/|small/10000 |tool/[gp]' \
  >"$TEST_TMPDIR/table"
expect "the rows" 0 $?
cat "$TEST_TMPDIR/table"
for row in 'put/88 B' 'get, one writer/88 B' 'fill/1000 bins' 'count/one counter' 'wake/one sleeper, p50' \
  'find/all of 1000' 'heap/small/10000 blocks, 16 B to 256 B' 'tool/get'; do
  grep -q "^$row\$" "$TEST_TMPDIR/table"
  expect "row $row" 0 $?
done
grep -qE '^  handle .* (met|missed): ' "$TEST_TMPDIR/table"
expect "a goal" 0 $?
grep -q '"name": "put/88 B/handle' "$out"
expect "the JSON" 0 $?
leftovers=$(find "$TEST_TMPDIR" -name 'mapfile-benchmark-*')
[ -z "$leftovers" ]
expect "files left: $leftovers" 0 $?

$program --benchmark_filter='no such row'
expect "an unknown row" 2 $?
$program --benchmark_filters=x
expect "an unknown option" 2 $?
$program $once --benchmark_filter='put/88 B/floor' --benchmark_out=/nowhere/x
expect "results into a folder that isn't there" 1 $?
$program $once --benchmark_filter='put/88 B/floor' --folder=/nowhere
expect "files in a folder that isn't there" 1 $?
exit $failed
