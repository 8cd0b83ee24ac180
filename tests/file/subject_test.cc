// Files that are opened although they may be damaged.
#include "lib/file/subject.h"

#include <cstring>

#include "lib/os/clock.h"
#include "tests/file/specimen_file.h"

namespace mapfile::file {
namespace {

using testing::CodeOf;
using testing::MessageOf;
using testing::Must;
using testing::SpecimenFile;

bool Shows(const Region& image, const std::string& bytes) {
  return image.size() >= bytes.size() &&
         std::memcmp(image.base(), bytes.data(), bytes.size()) == 0;
}

TEST_CASE("a whole file is shown as it is, and as it changes") {
  const SpecimenFile specimen;
  const Subject subject = specimen.Open();
  CHECK(subject.faults.empty());
  CHECK(subject.file_size == testing::kSpecimenSize);
  CHECK(std::memcmp(&subject.header, specimen.bytes.data(),
                    sizeof subject.header) == 0);
  CHECK(Shows(*subject.image, specimen.bytes));
  const os::File writer =
      Must(os::File::Open(specimen.path, os::Access::kReadWrite));
  Must(writer.Write(40000, "new", 3));
  CHECK(std::memcmp(subject.image->base() + 40000, "new", 3) == 0);
}

TEST_CASE("behind a damaged header the image is private, and has another") {
  SpecimenFile specimen;
  specimen.editor.header().max_size = 12;
  const Subject subject = specimen.Open();
  REQUIRE(subject.faults.size() == 1);
  CHECK(subject.faults[0].message == "max_size is 12, which can't be");
  CHECK(subject.header.max_size == 1 << 30);
  CHECK(subject.live_header().max_size == 1 << 30);
  subject.image->base()[40000] = std::byte{1};
  CHECK(specimen.IsUntouched());
}

TEST_CASE("behind the end of a file that was cut off there are zeroes") {
  SpecimenFile specimen;
  specimen.bytes.resize(36000);
  const Subject subject = specimen.Open();
  REQUIRE(subject.faults.size() == 1);
  CHECK(subject.faults[0].message.starts_with("truncated: "));
  CHECK(subject.file_size == 36000);
  CHECK(Shows(*subject.image, specimen.bytes));
  REQUIRE(subject.image->size() == testing::kSpecimenSize);
  CHECK(subject.image->base()[testing::kSpecimenSize - 1] == std::byte{0});
}

TEST_CASE("a header that can't be is a fault, whatever is wrong with it") {
  SpecimenFile specimen;
  testing::EntangleParts(specimen);
  const Subject subject = specimen.Open();
  REQUIRE(subject.faults.size() == 1);
  CHECK(subject.faults[0].message == "where its heap lies");
  CHECK(subject.faults[0].fix == "");
}

TEST_CASE("what is done to a private image stays there") {
  const SpecimenFile specimen;
  const Subject subject = specimen.Open();
  const auto image = Must(subject.PrivateImage());
  CHECK(Shows(*image, specimen.bytes));
  image->base()[40000] = std::byte{0x5a};
  CHECK(Shows(*subject.image, specimen.bytes));
  CHECK(specimen.IsUntouched());
  // There is room for what a repair has to put somewhere, up to the limit.
  Must(image->Grow(subject.header.max_size));
  image->base()[subject.header.max_size - 1] = std::byte{1};
  CHECK(CodeOf(image->Grow(subject.header.max_size + format::kPageSize)) ==
        Code::kNoSpace);
  CHECK(specimen.IsUntouched());
}

TEST_CASE("a private image of a damaged header has the mended one") {
  SpecimenFile specimen;
  specimen.editor.header().writer_slots = 7;
  const Subject subject = specimen.Open();
  const auto image = Must(subject.PrivateImage());
  CHECK(image->At<format::FileHeader>(0)->writer_slots == 64);
  CHECK(specimen.IsUntouched());
}

TEST_CASE("what is no map file, or of another format, is refused") {
  SpecimenFile specimen;
  const auto open = [&] {
    specimen.Write();
    return OpenSubject(specimen.path, os::Access::kRead);
  };
  CHECK(CodeOf(OpenSubject(specimen.dir / "none", os::Access::kRead)) ==
        Code::kNotFound);
  CHECK(CodeOf(OpenSubject(specimen.dir.path(), os::Access::kRead)) ==
        Code::kInvalidArgument);
  specimen.editor.header().format_version = 2;
  CHECK(CodeOf(open()) == Code::kVersion);
  specimen.bytes = "a list of shopping";
  CHECK(CodeOf(open()) == Code::kCorrupt);
  CHECK(MessageOf(open()) == "not a map file (bad magic)");
  specimen.bytes.clear();
  CHECK(MessageOf(open()) == "not a map file (it is empty)");
}

TEST_CASE("boots are told apart, and copies from what they are of") {
  CHECK(SpecimenFile(true).Open().IsSignedHere());
  CHECK_FALSE(SpecimenFile(false).Open().IsSignedHere());
  SpecimenFile copy;
  ++copy.editor.header().inode;
  CHECK_FALSE(copy.Open().IsSignedHere());
}

TEST_CASE("a living writer is seen, and no other") {
  const SpecimenFile specimen;
  const Subject subject = specimen.Open();
  CHECK(subject.LivingWriter() == format::kWriterSlots);
  const MapFile reader = Must(MapFile::Open(specimen.path));
  CHECK(subject.LivingWriter() == format::kWriterSlots);
  {
    const MapFile first =
        Must(MapFile::Open(specimen.path, {.mode = Mode::kUpdate}));
    const std::uint32_t slot = subject.LivingWriter();
    REQUIRE(slot < format::kWriterSlots);
    const auto* writer = subject.image->At<format::WriterSlot>(
        format::kWritersOffset + slot * sizeof(format::WriterSlot));
    CHECK(writer->pid == static_cast<std::uint32_t>(getpid()));
  }
  CHECK(subject.LivingWriter() == format::kWriterSlots);
}

TEST_CASE("the host of a private image has free locks, and no slot") {
  PrivateHost host;
  std::uint64_t word = format::LockWord::Make(3, 1);
  CHECK_FALSE(host.Lock(&word).value());
  CHECK_FALSE(host.Lock(&word).value());
  host.Unlock(&word);
  host.Abandon(&word);
  CHECK(word == format::LockWord::Make(3, 1));
  CHECK(host.writer_slot() == format::kWriterSlots);
  const std::uint64_t before = os::CoarseNow().mono_ns;
  const std::uint64_t now = host.Now().mono_ns;
  CHECK(before <= now);
  CHECK(now <= os::CoarseNow().mono_ns);
}

}  // namespace
}  // namespace mapfile::file
