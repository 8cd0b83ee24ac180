#include "lib/base/thread_list.h"

#include <doctest/doctest.h>

#include <initializer_list>

namespace mapfile {
namespace {

TEST_CASE("what was remembered is there until it is forgotten") {
  ThreadList<int> list;
  CHECK(!list.Has(1));
  for (const int x : {1, 2, 3, 1}) list.Remember(x);
  list.Forget(1);
  CHECK(list.Has(1));
  list.Forget(2);
  CHECK(!list.Has(2));
  CHECK(list.Has(3));
  list.Forget(1);
  CHECK(!list.Has(1));
  list.Forget(4);
  CHECK(list.Has(3));
}

TEST_CASE("what finds no room isn't remembered") {
  ThreadList<int> list;
  int next = 0;
  while (!list.is_full()) list.Remember(next++);
  list.Remember(next);
  CHECK(!list.Has(next));
  list.Forget(next);
  CHECK(list.Has(next - 1));
  list.Forget(0);
  CHECK(list.Has(1));
  CHECK(list.Has(next - 1));
  CHECK(!list.is_full());
}

}  // namespace
}  // namespace mapfile
