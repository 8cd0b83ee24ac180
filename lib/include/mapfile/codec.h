// Encoder and Decoder: how a value of any type meets the bytes of a file.
//
// These two interfaces are the seam between the templates of schema.h, which
// know a C++ type, and the library, which knows files. Most clients do not
// need them: MapFile's templates make them.
#ifndef MAPFILE_CODEC_H_
#define MAPFILE_CODEC_H_

#include <cstddef>
#include <cstdint>
#include <span>

#include "mapfile/status.h"
#include "mapfile/type.h"

namespace mapfile {

// A value about to be stored.
class Encoder {
 public:
  virtual ~Encoder() = default;

  // Its type; the reference lives as long as the process.
  virtual const Type& type() const = 0;

  // Bytes that Encode() will write. `types` gets ids for the classes that
  // polymorphic pointers lead to. InvalidArgument: a value that can't be
  // stored (a raw pointer to an object that the value doesn't own).
  [[nodiscard]] virtual Result<std::uint64_t> Size(TypeTable& types) = 0;

  // Writes the value into `bytes`, 64-aligned, Size() long and possibly read
  // by others meanwhile; all of `bytes` is written, padding as zero.
  // InvalidArgument: it no longer fits, "object changed while stored".
  [[nodiscard]] virtual Status Encode(std::span<std::byte> bytes,
                                      TypeTable& types) = 0;
};

// A place that a stored value is to be read into.
class Decoder {
 public:
  virtual ~Decoder() = default;

  // Reads a value of type `stored` from `bytes`. The bytes are untrusted and
  // may change while they are read: each is fetched once, through
  // CopyShared. May be called again after a torn read; on failure the target
  // is valid but unspecified. TypeMismatch: `stored` can't become the
  // target, both descriptions in the message. Corrupt: bad bytes.
  [[nodiscard]] virtual Status Decode(const Type& stored,
                                      std::span<const std::byte> bytes,
                                      TypeTable& types) = 0;
};

}  // namespace mapfile

#endif  // MAPFILE_CODEC_H_
