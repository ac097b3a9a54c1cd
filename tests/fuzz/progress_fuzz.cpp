// Saved states: any text is refused or read, and what was read, saved again, reads back the same. The first byte says
// what the rest is: a text as it is, or the bytes of a body that gets a right frame and check sum first.
#include "ground/assert.hpp"
#include "ground/id.hpp"
#include "lesson/armour.hpp"
#include "lesson/progress.hpp"

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <string_view>

using namespace cw::lesson;

namespace {

Course small_course() {
    Course course;
    course.id = "fuzz";
    Question question;
    question.id = "q";
    question.options = {{"a", {}, true, {}}, {"b", {}, false, {}}};
    Task task;
    task.id = "t";
    task.points = {{"p", {}}};
    course.slides = {{"one", "One", "", {question, task}}, {"two", "Two", "", {}}};
    return course;
}

std::string framed(std::string_view body) {
    Bytes bytes = "Cw\x01";
    put_fixed(bytes, cw::hash32("fuzz"), 4);
    bytes += body;
    put_fixed(bytes, crc32(bytes), 4);
    return to_base64url(bytes);
}

}

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    if (size == 0) return 0;
    std::string_view const rest(reinterpret_cast<char const*>(data) + 1, size - 1);
    Course const course = small_course();
    auto const decoded = decode(data[0] == 'b' ? framed(rest) : std::string(rest), course);
    if (!decoded) return 0;
    for (auto const& setting : decoded->settings)
        if (!std::isfinite(setting.second)) return 0; // never written by us, and not equal to itself
    Encoded const encoded = encode(*decoded, course, 1'000'000);
    CW_ASSERT(encoded.shed.empty());
    auto const again = decode(encoded.text, course);
    CW_ASSERT(again.has_value() && *again == *decoded);
    return 0;
}
