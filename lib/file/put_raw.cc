#include <fmt/format.h>

#include "lib/base/copy.h"
#include "mapfile/mapfile.h"

namespace mapfile {
namespace {

// Bytes that are encoded already.
class RawEncoder final : public Encoder {
 public:
  // Borrows both.
  RawEncoder(const Type& type, std::span<const std::byte> bytes)
      : type_(type), bytes_(bytes) {}

  const Type& type() const override { return type_; }
  Result<std::uint64_t> Size(TypeTable&) override {
    if (bytes_.size() >= type_.root().size) return bytes_.size();
    return Fail(Code::kInvalidArgument,
                fmt::format("{} has {} bytes at least, not {}", type_.name(),
                            type_.root().size, bytes_.size()));
  }
  Status Encode(std::span<std::byte> bytes, TypeTable&) override {
    if (bytes.size() != bytes_.size()) {
      return Fail(Code::kInvalidArgument, "object changed while stored");
    }
    CopyShared(bytes.data(), bytes_.data(), bytes_.size());
    return {};
  }

 private:
  const Type& type_;
  const std::span<const std::byte> bytes_;
};

}  // namespace

Result<Generation> MapFile::PutRaw(std::string_view name, const Type& type,
                                   std::span<const std::byte> bytes,
                                   const PutOptions& options) {
  RawEncoder encoder(type, bytes);
  return Store(name, encoder, options);
}

}  // namespace mapfile
