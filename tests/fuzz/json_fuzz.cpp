// JSON: any bytes are read or refused with a place; what was read, written again, reads back as the same tree; typed
// readers take any tree.
#include "ground/assert.hpp"
#include "json/read.hpp"
#include "json/write.hpp"

#include <cstddef>
#include <cstdint>
#include <string_view>

using namespace cw::json;

namespace {

void write(Writer& out, Value const& value) {
    switch (value.kind) {
        case Kind::null: out.null(); return;
        case Kind::boolean: out.boolean(value.boolean); return;
        case Kind::number: out.number(value.number); return;
        case Kind::string: out.text(value.text); return;
        case Kind::array:
            out.begin_array();
            for (Value const& item : value.items) write(out, item);
            out.end();
            return;
        case Kind::object:
            out.begin_object();
            for (std::size_t i = 0; i < value.keys.size(); ++i) write(out.key(value.keys[i]), value.items[i]);
            out.end();
            return;
    }
}

bool same(Value const& a, Value const& b) {
    if (a.kind != b.kind || a.boolean != b.boolean || a.number != b.number || a.text != b.text || a.keys != b.keys ||
        a.items.size() != b.items.size())
        return false;
    for (std::size_t i = 0; i < a.items.size(); ++i)
        if (!same(a.items[i], b.items[i])) return false;
    return true;
}

void check_places(Value const& value) {
    CW_ASSERT(value.line >= 1 && value.column >= 1);
    for (Value const& item : value.items) check_places(item);
}

}

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    Parsed const parsed = parse({reinterpret_cast<char const*>(data), size});
    CW_ASSERT(parsed.readable || has_errors(parsed.diagnostics));
    if (!parsed.readable) return 0;
    check_places(parsed.root);
    Writer out(size % 2 ? Writer::Layout::lines : Writer::Layout::compact);
    write(out, parsed.root);
    CW_ASSERT(same(parse(out.str()).root, parsed.root));
    Diagnostics found;
    Reader in(parsed.root, found);
    (void)in.text("a", Need::required);
    (void)in.number("b", {0, 1});
    for (Reader const& item : in.list("c", Need::required)) item.expect(Kind::string);
    in.finish();
    return 0;
}
