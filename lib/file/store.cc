#include "lib/file/store.h"

#include <utility>

#include "lib/base/try.h"
#include "lib/file/load.h"

namespace mapfile::file {
namespace {

// How often a name may appear and vanish between two looks at it.
constexpr int kAttempts = 16;

record::Attributes AttributesOf(const AddOptions& options) {
  return {.period_ms = static_cast<std::uint64_t>(
              options.period.count() > 0 ? options.period.count() : 0),
          .unit = options.unit,
          .description = options.description};
}

// Encodes straight into the file. What a lost mapping gets isn't published.
class Filler {
 public:
  Filler(Core& core, Encoder& encoder) : core_(core), encoder_(encoder) {}

  Status operator()(std::span<std::byte> bytes) const {
    Status encoded = encoder_.Encode(bytes, core_.types());
    if (encoded && !core_.IsUsable()) [[unlikely]]
      encoded = core_.Usable();
    return encoded;
  }

 private:
  Core& core_;
  Encoder& encoder_;
};

Result<record::RecordId> AddRecord(Core& core, std::string_view name,
                                   Encoder& encoder, const AddOptions& options,
                                   Generation* first = nullptr) {
  const record::Properties properties{.slots = options.slots,
                                      .attributes = AttributesOf(options),
                                      .title = options.title};
  MAPFILE_ASSIGN_OR_RETURN(const std::uint32_t type_id,
                           core.types().IdOf(encoder.type()));
  MAPFILE_ASSIGN_OR_RETURN(const std::uint64_t size,
                           encoder.Size(core.types()));
  return core.table().Add(name, properties, type_id, size,
                          Filler(core, encoder), first);
}

// What a second Add says about a record holds from then on.
Status Redescribe(Core& core, record::RecordId id, const AddOptions& options) {
  const record::Attributes attributes = AttributesOf(options);
  if (!(attributes == record::Attributes{})) {
    MAPFILE_RETURN_IF_ERROR(core.table().SetAttributes(id, attributes));
  }
  if (options.title.empty()) return {};
  return core.table().SetRecordTitle(id, options.title);
}

// Whether a look at a name has to be repeated: it came or went meanwhile.
bool Moved(const Error& error, bool existed) {
  return error.code() == (existed ? Code::kNotFound : Code::kExists);
}

struct Stored {
  record::RecordId id;
  Generation generation = 0;
  bool existed = false;
};

Status CheckConditions(bool exists, const PutOptions& options) {
  if (exists && options.create_only) {
    return Fail(Code::kExists, "there is such a record already");
  }
  if (exists) return {};
  if (options.existing_only) {
    return Fail(Code::kNotFound, "there is no such record");
  }
  if (options.if_generation.value_or(0) != 0) {
    return Fail(Code::kConflict,
                "there is no such record, so that its generation is 0, not " +
                    std::to_string(*options.if_generation));
  }
  return {};
}

Result<Stored> StoreOnce(Core& core, std::string_view name,
                         Result<record::RecordId> id, Encoder& encoder,
                         const PutOptions& options) {
  if (!id && id.error().code() != Code::kNotFound) {
    return Fail(std::move(id).error());
  }
  MAPFILE_RETURN_IF_ERROR(CheckConditions(id.has_value(), options));
  if (id) {
    auto generation = Publish(core, *id, encoder, {options.if_generation});
    if (!generation) return Fail(std::move(generation).error());
    return Stored{*id, *generation, true};
  }
  Generation first = 0;
  MAPFILE_ASSIGN_OR_RETURN(const record::RecordId added,
                           AddRecord(core, name, encoder, options.add, &first));
  return Stored{added, first, false};
}

// Of a condition on the generation, coming or going is a violation.
Error AsConflict(const PutOptions& options, Error error) {
  const Code code = error.code();
  if (!options.if_generation || options.create_only || options.existing_only ||
      (code != Code::kExists && code != Code::kNotFound)) {
    return error;
  }
  return Error(Code::kConflict, "it was added or removed meanwhile");
}

// `id` is what the name was found to be.
Result<Stored> StoreNamed(Core& core, std::string_view name,
                          Result<record::RecordId> id, Encoder& encoder,
                          const PutOptions& options) {
  for (int attempt = 1;; ++attempt) {
    auto stored = StoreOnce(core, name, std::move(id), encoder, options);
    if (stored) return stored;
    const Code code = stored.error().code();
    const bool conditional = options.create_only || options.existing_only ||
                             options.if_generation.has_value();
    if (conditional || attempt == kAttempts ||
        (code != Code::kExists && code != Code::kNotFound)) {
      return Fail(AsConflict(options, std::move(stored).error()));
    }
    id = core.table().Find(name);
  }
}

}  // namespace

// Flattened: all that each call goes through, in one piece.
[[gnu::flatten]] Result<Generation> Publish(
    Core& core, record::RecordId id, Encoder& encoder,
    const record::PublishOptions& options) {
  MAPFILE_ASSIGN_OR_RETURN(const std::uint32_t type_id,
                           core.types().IdOf(encoder.type()));
  MAPFILE_ASSIGN_OR_RETURN(const std::uint64_t size,
                           encoder.Size(core.types()));
  return core.table().Publish(id, size, type_id, Filler(core, encoder),
                              options);
}

[[gnu::flatten]] Result<Generation> Store(Core& core, std::string_view name,
                                          Encoder& encoder,
                                          const PutOptions& options) {
  std::string storage;
  auto id = FindNamed(core, name, storage);
  MAPFILE_ASSIGN_OR_RETURN(
      const Stored stored,
      StoreNamed(core, name, std::move(id), encoder, options));
  return stored.generation;
}

Result<Record> Bind(Core& core, std::unique_ptr<Encoder> encoder,
                    const void* object,
                    std::optional<std::weak_ptr<const void>> lifetime,
                    std::string_view name, const AddOptions& options) {
  std::string storage;
  auto id = FindNamed(core, name, storage);
  PutOptions put;
  put.add = options;
  MAPFILE_ASSIGN_OR_RETURN(
      const Stored stored,
      StoreNamed(core, name, std::move(id), *encoder, put));
  if (stored.existed) {
    MAPFILE_RETURN_IF_ERROR(Redescribe(core, stored.id, options));
  }
  auto binding = std::make_shared<Binding>();
  binding->name = name;
  binding->id = stored.id;
  binding->object = object;
  binding->encoder = std::move(encoder);
  binding->lifetime = std::move(lifetime);
  core.bindings().Insert(binding);
  return core.MakeRecord(std::string(name), stored.id, std::move(binding));
}

Result<Record> Emplace(Core& core, std::string_view name, Encoder& encoder,
                       const AddOptions& options) {
  std::string storage;
  auto id = FindNamed(core, name, storage);
  for (int attempt = 1;; ++attempt) {
    const bool existed = id.has_value();
    if (!id) {
      if (id.error().code() != Code::kNotFound) {
        return Fail(std::move(id).error());
      }
      id = AddRecord(core, name, encoder, options);
    } else if (Status same = CheckType(core, *id, encoder.type()); !same) {
      id = Fail(std::move(same).error());
    }
    if (id) return core.MakeRecord(std::string(name), *id);
    if (attempt == kAttempts || !Moved(id.error(), existed)) {
      return Fail(std::move(id).error());
    }
    id = core.table().Find(name);
  }
}

Result<Generation> Modify(Core& core, record::RecordId id,
                          const Record::Edit& edit) {
  return core.table().Modify(
      id, [&](std::uint32_t type_id, std::span<std::byte> bytes) -> Status {
        MAPFILE_ASSIGN_OR_RETURN(const Type* const type,
                                 core.types().Borrow(type_id));
        Status edited = edit(*type, bytes);
        if (edited && !core.IsUsable()) [[unlikely]]
          edited = core.Usable();
        return edited;
      });
}

}  // namespace mapfile::file
