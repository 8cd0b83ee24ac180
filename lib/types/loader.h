// ValueLoader: builds a C++ object from untrusted bytes.
#ifndef MAPFILE_LIB_TYPES_LOADER_H_
#define MAPFILE_LIB_TYPES_LOADER_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>

#include "lib/types/loaded_objects.h"
#include "lib/types/plan.h"
#include "lib/types/writer.h"
#include "mapfile/status.h"
#include "mapfile/type.h"

namespace mapfile::internal {

// Each byte is fetched once, through CopyShared. No part is allocated before
// its bytes are known to be there, and all parts together are no more than
// the value has bytes.
class ValueLoader {
 public:
  ValueLoader(std::span<const std::byte> bytes, TypeTable& types)
      : bytes_(bytes), left_(bytes.size()), types_(types) {}

  [[nodiscard]] Status Load(const Codec& codec, const Type& stored,
                            const Plan& plan, void* object);

 private:
  // A fixed part: in the shared bytes, or a copy of them.
  struct Source {
    const std::byte* data;
    bool is_shared;
  };
  struct Words {
    std::uint64_t first;
    std::uint64_t second;
  };

  // Each returns false once error_ is set.
  bool At(const Plan& plan, std::uint64_t offset, std::byte* object);
  bool Fixed(const Plan& plan, Source source, std::byte* object);
  bool FixedStep(const Step& step, Source source, std::byte* object);
  bool Reference(const Step& step, Words words, std::byte* field);
  bool String(Words words, void* field);
  bool Bytes(Words words, void* field);
  bool Vector(const Step& step, Words words, void* field);
  bool Elements(const Plan& element, std::uint64_t count, std::uint64_t offset,
                std::byte* objects);
  bool Packed(Words words, void* field);
  bool Map(const Step& step, Words words, void* field);
  bool Optional(const Step& step, Words words, void* field);
  bool Variant(const Step& step, Words words, void* field);
  bool Pointer(const Step& step, Words words, void* slot);
  bool Objects();

  // Whether `count` elements lie at `offset` and weren't all counted before.
  bool Claim(std::uint64_t offset, std::uint64_t count, std::uint64_t stride);
  bool Refuse(std::string why);
  static void Fetch(void* to, Source source, std::uint64_t at,
                    std::uint64_t size);

  std::span<const std::byte> bytes_;
  std::uint64_t left_;  // Bytes not claimed yet
  std::uint64_t empty_left_ = kMaxEmptyElements;
  int depth_ = 0;
  TypeTable& types_;
  LoadedObjects objects_;
  std::optional<Error> error_;
};

}  // namespace mapfile::internal

#endif  // MAPFILE_LIB_TYPES_LOADER_H_
