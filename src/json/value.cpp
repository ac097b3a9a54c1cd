#include "json/value.hpp"

#include "ground/text.hpp"

namespace cw::json {

Value const* Value::find(std::string_view key) const {
    for (std::size_t i = keys.size(); i-- > 0;)
        if (keys[i] == key && i < items.size()) return &items[i];
    return nullptr;
}

std::string child_pointer(std::string_view pointer, std::string_view key) {
    return std::string(pointer) + "/" + replace_all(replace_all(key, "~", "~0"), "/", "~1");
}

}
