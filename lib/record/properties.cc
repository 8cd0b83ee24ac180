#include "lib/record/properties.h"

#include "lib/base/copy.h"
#include "lib/base/step.h"
#include "lib/base/try.h"
#include "lib/record/locks.h"
#include "lib/record/pending.h"
#include "lib/record/table.h"

namespace mapfile::record {
namespace {

Status CheckText(std::string_view what, std::size_t size, std::size_t most) {
  if (size <= most) return {};
  return Fail(Code::kInvalidArgument,
              "the " + std::string(what) + " has " + std::to_string(size) +
                  " bytes, " + std::to_string(most) + " are possible");
}

// Copies through CopyShared: late readers may look at what the block's bytes
// were before.
class Writer {
 public:
  explicit Writer(std::byte* to) : to_(to) {}
  void Put(const void* from, std::size_t size) {
    CopyShared(to_, from, size);
    to_ += size;
  }

 private:
  std::byte* to_;
};

// Links the pending block and frees the one that was linked before.
Status Link(const Space& space, std::uint64_t* field, std::uint64_t* sequence) {
  MAPFILE_RETURN_IF_ERROR(SwapPending(space, field));
  // Fence: counted before the old block is used for something else.
  StoreThenFence(*sequence, LoadRelaxed(*sequence) + 1);
  MAPFILE_STEP("properties: counted");
  return FreeField(space, &space.header->pending_offset);
}

Result<std::string> LoadBytes(const Space& space, std::uint64_t offset,
                              std::uint64_t size, std::uint64_t most) {
  if (size > most) return Fail(Code::kCorrupt, "a text is too long");
  MAPFILE_ASSIGN_OR_RETURN(const auto bytes, Bytes(space, offset, size));
  std::string text(size, '\0');
  CopyShared(text.data(), bytes.data(), size);
  return text;
}

}  // namespace

Status CheckAttributes(const Attributes& attributes) {
  MAPFILE_RETURN_IF_ERROR(
      CheckText("unit", attributes.unit.size(), format::kMaxAttributeSize));
  return CheckText("description", attributes.description.size(),
                   format::kMaxAttributeSize);
}

Status CheckTitle(std::string_view title) {
  return CheckText("title", title.size(), format::kMaxTitleSize);
}

Status StoreAttributes(const Space& space, std::uint64_t* field,
                       std::uint64_t* sequence, const Attributes& attributes) {
  if (!(attributes == Attributes{})) {
    const format::RecordAttributes header{
        attributes.period_ms,
        static_cast<std::uint32_t>(attributes.unit.size()),
        static_cast<std::uint32_t>(attributes.description.size())};
    const std::uint64_t size =
        sizeof(header) + header.unit_size + header.description_size;
    MAPFILE_ASSIGN_OR_RETURN(
        const std::uint64_t offset,
        AllocatePending(space, size, heap::Kind::kAttributes));
    MAPFILE_ASSIGN_OR_RETURN(const auto bytes, Bytes(space, offset, size));
    Writer writer(bytes.data());
    writer.Put(&header, sizeof(header));
    writer.Put(attributes.unit.data(), attributes.unit.size());
    writer.Put(attributes.description.data(), attributes.description.size());
  }
  return Link(space, field, sequence);
}

Status StoreTitle(const Space& space, std::uint64_t* field,
                  std::uint64_t* sequence, std::string_view title) {
  if (!title.empty()) {
    const auto size = static_cast<std::uint32_t>(title.size());
    MAPFILE_ASSIGN_OR_RETURN(
        const std::uint64_t offset,
        AllocatePending(space, sizeof(size) + size, heap::Kind::kText));
    MAPFILE_ASSIGN_OR_RETURN(const auto bytes,
                             Bytes(space, offset, sizeof(size) + size));
    Writer writer(bytes.data());
    writer.Put(&size, sizeof(size));
    writer.Put(title.data(), size);
  }
  return Link(space, field, sequence);
}

Result<Attributes> LoadAttributes(const Space& space, std::uint64_t offset) {
  if (offset == 0) return Attributes{};
  format::RecordAttributes header;
  MAPFILE_ASSIGN_OR_RETURN(const auto bytes,
                           Bytes(space, offset, sizeof(header)));
  CopyShared(&header, bytes.data(), sizeof(header));
  const std::uint64_t text = offset + sizeof(header);
  Attributes attributes;
  attributes.period_ms = header.period_ms;
  MAPFILE_ASSIGN_OR_RETURN(
      attributes.unit,
      LoadBytes(space, text, header.unit_size, format::kMaxAttributeSize));
  MAPFILE_ASSIGN_OR_RETURN(
      attributes.description,
      LoadBytes(space, text + header.unit_size, header.description_size,
                format::kMaxAttributeSize));
  return attributes;
}

Result<std::string> LoadTitle(const Space& space, std::uint64_t offset) {
  if (offset == 0) return std::string();
  std::uint32_t size = 0;
  MAPFILE_ASSIGN_OR_RETURN(const auto bytes,
                           Bytes(space, offset, sizeof(size)));
  CopyShared(&size, bytes.data(), sizeof(size));
  return LoadBytes(space, offset + sizeof(size), size, format::kMaxTitleSize);
}

Status Table::SetAttributes(RecordId id, const Attributes& attributes) {
  MAPFILE_RETURN_IF_ERROR(CheckAttributes(attributes));
  // The file's lock alone: removing takes it too, publishing looks at none
  // of this.
  FileLock lock(*this);
  MAPFILE_RETURN_IF_ERROR(lock.Acquire());
  MAPFILE_ASSIGN_OR_RETURN(const Block block, Resolve(space_, id));
  return StoreAttributes(space_, &block.header->attributes_offset,
                         &block.header->properties_sequence, attributes);
}

Status Table::SetRecordTitle(RecordId id, std::string_view title) {
  MAPFILE_RETURN_IF_ERROR(CheckTitle(title));
  FileLock lock(*this);
  MAPFILE_RETURN_IF_ERROR(lock.Acquire());
  MAPFILE_ASSIGN_OR_RETURN(const Block block, Resolve(space_, id));
  return StoreTitle(space_, &block.header->title_offset,
                    &block.header->properties_sequence, title);
}

Status Table::SetTitle(std::string_view title) {
  MAPFILE_RETURN_IF_ERROR(CheckTitle(title));
  FileLock lock(*this);
  MAPFILE_RETURN_IF_ERROR(lock.Acquire());
  return StoreTitle(space_, &space_.header->title_offset,
                    &space_.header->title_sequence, title);
}

}  // namespace mapfile::record
