// Boost.Histogram in map files: stored as the classes of histogram.h and
// profile.h, so that every tool prints and merges what was filled with Boost.
//
//     auto h = boost::histogram::make_histogram(
//         boost::histogram::axis::regular<>(100, 0, 10, "E [keV]"));
//     auto record = mapfile::AddBoost(file, h, "energy");
//     h(3.7);
//     record->Update();                       // or file.Update()
//
//     auto copy = decltype(h)();              // another process
//     auto status = mapfile::GetBoost(file, "energy", &copy);
//
// What goes: one to three axes, known at compile time: regular (also log and
// circular), variable, integer, category of strings or integers. Cells that
// are numbers (also unlimited_storage) or weighted_sum become a Histogram1D
// to 3D, mean and weighted_mean over one or two axes a Profile1D or 2D. Sums
// are made from the middles of bins, since Boost keeps none; entries are the
// sum of counts, of weights the effective number. An axis without underflow
// or overflow has 0 there, and what is read there is dropped.
//
// Only this header needs Boost (Debian: libboost-dev); its Bazel target is
// //lib/include/mapfile:boost_histogram.
#ifndef MAPFILE_BOOST_HISTOGRAM_H_
#define MAPFILE_BOOST_HISTOGRAM_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "mapfile/codec.h"
#include "mapfile/histogram.h"
#include "mapfile/internal/boost_family.h"
#include "mapfile/mapfile.h"
#include "mapfile/profile.h"

namespace mapfile {
namespace internal::boosted {

// Encodes a boost::histogram, which must outlive it, as its family's class.
template <class H>
class BoostEncoder final : public Encoder {
 public:
  using Family = typename FamilyOf<H>::Type;

  BoostEncoder(const H& histogram, std::string name)
      : histogram_(histogram), name_(std::move(name)) {}

  const mapfile::Type& type() const override { return TypeOf<Family>(); }
  Result<std::uint64_t> Size(TypeTable& types) override {
    auto family = ToFamily(histogram_, name_);
    if (!family) return Fail(family.error());
    family_ = *std::move(family);
    return encoder_.Size(types);
  }
  Status Encode(std::span<std::byte> bytes, TypeTable& types) override {
    return encoder_.Encode(bytes, types);
  }

 private:
  const H& histogram_;
  const std::string name_;
  Family family_;
  ValueEncoder<Family> encoder_{family_};
};

}  // namespace internal::boosted

// Adds a record with `histogram` and remembers where it lies, as MapFile::Add
// does: Record::Update and MapFile::Update publish it again. It must live
// until it is removed, Unbind()ed or the file is closed. InvalidArgument: an
// axis that axis.h doesn't allow.
template <class H>
Result<Record> AddBoost(MapFile& file, const H& histogram,
                        std::string_view name, const AddOptions& options = {}) {
  return file.Bind(std::make_unique<internal::boosted::BoostEncoder<H>>(
                       histogram, std::string(name)),
                   &histogram, std::nullopt, name, options);
}

// Stores it once, as MapFile::Put does.
template <class H>
Result<Generation> PutBoost(MapFile& file, std::string_view name,
                            const H& histogram,
                            const PutOptions& options = {}) {
  internal::boosted::BoostEncoder<H> encoder(histogram, std::string(name));
  return file.Store(name, encoder, options);
}

// Makes `*into` what is stored, with its axes; their types have to be those
// of `*into`. NotFound. TypeMismatch: another class, or another kind of axis.
// On failure `*into` is as it was.
template <class H>
[[nodiscard]] Status GetBoost(const MapFile& file, std::string_view name,
                              H* into, VersionInfo* seen = nullptr) {
  auto family =
      file.Get<typename internal::boosted::FamilyOf<H>::Type>(name, seen);
  if (!family) return Fail(family.error());
  return internal::boosted::FromFamily(*family, into);
}

}  // namespace mapfile

#endif  // MAPFILE_BOOST_HISTOGRAM_H_
