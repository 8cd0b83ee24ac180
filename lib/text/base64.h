// Base64 (RFC 4648, with padding): arbitrary bytes in JSON.
#ifndef MAPFILE_LIB_TEXT_BASE64_H_
#define MAPFILE_LIB_TEXT_BASE64_H_

#include <optional>
#include <string>
#include <string_view>

namespace mapfile::text {

// Appends the encoding of `bytes` to `out`.
void AppendBase64(std::string& out, std::string_view bytes);

// The bytes of `text`; none where it isn't base64. Padding is required, and
// spare bits must be zero, so that equal bytes have one encoding.
std::optional<std::string> DecodeBase64(std::string_view text);

}  // namespace mapfile::text

#endif  // MAPFILE_LIB_TEXT_BASE64_H_
