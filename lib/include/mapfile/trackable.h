// Trackable: lets a map file notice that an object it was given is gone.
#ifndef MAPFILE_TRACKABLE_H_
#define MAPFILE_TRACKABLE_H_

#include <memory>

namespace mapfile {

// A base class for objects that are Add()ed and may be destroyed before the
// file is closed: their record keeps its last version and Update() passes
// over it. An object of another class must outlive its binding, see
// MapFile::Add. A copy or a moved-to object starts unbound.
class Trackable {
 public:
  Trackable() = default;
  Trackable(const Trackable&) {}
  Trackable& operator=(const Trackable&) { return *this; }

  // Expires when the object is destroyed. Not to be called by two threads
  // at once for one object.
  std::weak_ptr<const void> lifetime() const {
    if (!token_) token_ = std::make_shared<char>();
    return token_;
  }

 protected:
  ~Trackable() = default;

 private:
  mutable std::shared_ptr<const void> token_;
};

}  // namespace mapfile

#endif  // MAPFILE_TRACKABLE_H_
