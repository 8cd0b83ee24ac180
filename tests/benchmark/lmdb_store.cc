#include "tests/benchmark/stores.h"

#ifdef MAPFILE_HAVE_LMDB
#include <lmdb.h>

#include <cstring>
#endif

namespace mapfile::benchmarks {

#ifdef MAPFILE_HAVE_LMDB

bool HaveLmdb() { return true; }

namespace {

constexpr char kKey[] = "values";

void Expect(int code, const char* what) {
  if (code != 0) GiveUp(std::string(what) + ": " + mdb_strerror(code));
}

MDB_val KeyOf() { return {sizeof kKey, const_cast<char*>(kKey)}; }

}  // namespace

struct LmdbStore::Impl {
  MDB_env* environment = nullptr;
  MDB_dbi database = 0;
};

LmdbStore::LmdbStore(const std::string& path, std::size_t count, bool create)
    : impl_(new Impl) {
  Expect(mdb_env_create(&impl_->environment), "mdb_env_create");
  Expect(mdb_env_set_mapsize(impl_->environment, std::size_t{1} << 26),
         "mdb_env_set_mapsize");
  Expect(mdb_env_open(impl_->environment, path.c_str(),
                      MDB_NOSUBDIR | MDB_NOSYNC | MDB_WRITEMAP, 0600),
         path.c_str());
  MDB_txn* txn = nullptr;
  Expect(mdb_txn_begin(impl_->environment, nullptr, 0, &txn), "mdb_txn_begin");
  Expect(mdb_dbi_open(txn, nullptr, 0, &impl_->database), "mdb_dbi_open");
  Expect(mdb_txn_commit(txn), "mdb_txn_commit");
  if (create) Put(Values(count));
}

bool LmdbStore::Put(const Values& values) {
  MDB_txn* txn = nullptr;
  if (mdb_txn_begin(impl_->environment, nullptr, 0, &txn) != 0) return false;
  MDB_val key = KeyOf();
  MDB_val value = {values.size() * sizeof(double),
                   const_cast<double*>(values.data())};
  if (mdb_put(txn, impl_->database, &key, &value, 0) != 0) {
    mdb_txn_abort(txn);
    return false;
  }
  return mdb_txn_commit(txn) == 0;
}

bool LmdbStore::Get(Values* values) {
  MDB_txn* txn = nullptr;
  if (mdb_txn_begin(impl_->environment, nullptr, MDB_RDONLY, &txn) != 0) {
    return false;
  }
  MDB_val key = KeyOf();
  MDB_val value;
  const bool found = mdb_get(txn, impl_->database, &key, &value) == 0;
  if (found) std::memcpy(values->data(), value.mv_data, value.mv_size);
  mdb_txn_abort(txn);
  return found;
}

LmdbStore::~LmdbStore() { mdb_env_close(impl_->environment); }

#else

bool HaveLmdb() { return false; }

struct LmdbStore::Impl {};
LmdbStore::LmdbStore(const std::string&, std::size_t, bool) {}
bool LmdbStore::Put(const Values&) { return false; }
bool LmdbStore::Get(Values*) { return false; }
LmdbStore::~LmdbStore() = default;

#endif

}  // namespace mapfile::benchmarks
