// UTF-8 and number text: repairing gives valid UTF-8, decoding and encoding are each other's inverse on it, and numbers
// survive their shortest text.
#include "ground/assert.hpp"
#include "ground/text.hpp"

#include <cstddef>
#include <cstdint>
#include <string_view>

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    std::string_view const bytes(reinterpret_cast<char const*>(data), size);
    std::string const repaired = cw::repaired_utf8(bytes);
    CW_ASSERT(cw::is_valid_utf8(repaired));
    CW_ASSERT(cw::is_valid_utf8(bytes) == (repaired == bytes));
    CW_ASSERT(cw::to_utf8(cw::to_utf32(repaired)) == repaired);
    if (auto const number = cw::parse_double(bytes); number && *number == *number)
        CW_ASSERT(cw::parse_double(cw::shortest(*number)) == *number);
    return 0;
}
