// ObjectEncoder, ObjectDecoder: codecs of an object by its Shape. Include
// schema.h instead.
#ifndef MAPFILE_INTERNAL_VALUE_H_
#define MAPFILE_INTERNAL_VALUE_H_

#include <memory>

#include "mapfile/codec.h"
#include "mapfile/internal/shape.h"

namespace mapfile::internal {

class ObjectGraph;
struct Plan;

// The type of values that `codec` is of.
const Type& TypeOfCodec(const Codec& codec);

class ObjectEncoder : public Encoder {
 public:
  ObjectEncoder(const Codec& codec, const void* object);
  ~ObjectEncoder() override;
  ObjectEncoder(const ObjectEncoder&) = delete;
  ObjectEncoder& operator=(const ObjectEncoder&) = delete;

  const Type& type() const override;
  [[nodiscard]] Result<std::uint64_t> Size(TypeTable& types) override;
  [[nodiscard]] Status Encode(std::span<std::byte> bytes,
                              TypeTable& types) override;

 private:
  [[gnu::noinline]] Result<std::uint64_t> Measure(TypeTable& types);
  [[gnu::noinline]] Status Walk(std::span<std::byte> bytes, TypeTable& types);

  const Codec& codec_;
  const Plan* const plan_;  // Null: its type can't be stored
  const void* object_;
  std::unique_ptr<ObjectGraph> graph_;  // Of Size(); null without pointers
};

class ObjectDecoder : public Decoder {
 public:
  ObjectDecoder(const Codec& codec, void* object)
      : codec_(codec), object_(object) {}

  [[nodiscard]] Status Decode(const Type& stored,
                              std::span<const std::byte> bytes,
                              TypeTable& types) override;

 private:
  [[gnu::noinline]] Status Walk(const Type& stored,
                                std::span<const std::byte> bytes,
                                TypeTable& types);

  const Codec& codec_;
  void* object_;
};

// Makes `bytes` fit to be seen as the C++ object of `codec`, whose type has
// one form in C++ and in the file: each bool becomes 0 or 1, since any other
// is undefined. TypeMismatch, Corrupt.
[[nodiscard]] Status PrepareInPlace(const Codec& codec, const Type& stored,
                                    std::span<std::byte> bytes);

}  // namespace mapfile::internal

#endif  // MAPFILE_INTERNAL_VALUE_H_
