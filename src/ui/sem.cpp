#include "ui/sem.hpp"

#include "ground/assert.hpp"
#include "ground/bytes.hpp"
#include "ground/id.hpp"

namespace cw::ui {

void Sem::clear() {
    nodes_.clear();
    open_.clear();
}

Node& Sem::add(Node node) {
    node.id = hash32(node.path);
    node.parent = open_.empty() ? 0 : nodes_[open_.back()].id;
    nodes_.push_back(std::move(node));
    return nodes_.back();
}

Node& Sem::begin(Node node) {
    Node& added = add(std::move(node));
    open_.push_back(nodes_.size() - 1);
    return added;
}

void Sem::begin_region(Node node) {
    CW_ASSERT(open_.empty() && node.role <= Role::contentinfo);
    begin(std::move(node));
}

void Sem::end() {
    CW_ASSERT(!open_.empty());
    open_.pop_back();
}

Node& Sem::current() {
    CW_ASSERT(!open_.empty());
    return nodes_[open_.back()];
}

Node const* Sem::find(std::string_view path) const {
    for (Node const& node : nodes_)
        if (node.path == path) return &node;
    return nullptr;
}

Node const* Sem::find(Role role, std::string_view name) const {
    for (Node const& node : nodes_)
        if (node.role == role && node.name == name) return &node;
    return nullptr;
}

namespace {

void write_runs(ByteWriter& out, lesson::RichText const& runs) {
    out.u32(static_cast<std::uint32_t>(runs.size()));
    for (lesson::Span const& run : runs) {
        out.text(run.text);
        out.u8(static_cast<std::uint8_t>(run.style));
        out.u8(static_cast<std::uint8_t>(run.actor));
        out.text(run.link);
    }
}

std::vector<std::uint8_t> node_bytes(Node const& node) {
    ByteWriter out;
    out.u8(static_cast<std::uint8_t>(node.role));
    out.u32(node.flags);
    for (float const side : {node.rect.x, node.rect.y, node.rect.w, node.rect.h}) out.f32(side);
    out.text(node.path);
    out.text(node.name);
    out.text(node.value);
    out.text(node.description);
    out.text(node.source);
    for (float const number : {node.number, node.least, node.most, node.step}) out.f32(number);
    out.u8(static_cast<std::uint8_t>(node.level));
    out.u32(static_cast<std::uint32_t>(node.caret));
    out.f32(node.font_px);
    out.f32(node.line_px);
    out.u8(static_cast<std::uint8_t>(node.face));
    write_runs(out, node.runs);
    return out.take();
}

std::uint64_t hash_bytes(std::vector<std::uint8_t> const& bytes) {
    return hash64({reinterpret_cast<char const*>(bytes.data()), bytes.size()});
}

enum Operation : std::uint8_t { remove_node = 1, put_node = 2, set_children = 3 };

}

std::vector<std::uint8_t> SemDiff::update(Sem const& sem) {
    std::unordered_map<std::uint32_t, Known> now;
    std::unordered_map<std::uint32_t, std::vector<std::uint32_t>> children;
    ByteWriter puts, orders, removals;
    for (Node const& node : sem.nodes()) {
        std::vector<std::uint8_t> const bytes = node_bytes(node);
        Known& entry = now[node.id];
        CW_ASSERT(entry.hash == 0); // two nodes of one path: ids must be unique
        entry.hash = hash_bytes(bytes) ^ (node.parent * 0x9E3779B97F4A7C15ull);
        entry.hash |= 1; // never 0
        children[node.parent].push_back(node.id);
        auto const before = known_.find(node.id);
        if (before != known_.end() && before->second.hash == entry.hash) continue;
        puts.u8(put_node);
        puts.u32(node.id);
        puts.u32(node.parent);
        puts.text({reinterpret_cast<char const*>(bytes.data()), bytes.size()});
    }
    for (auto const& [parent, ids] : children) {
        std::uint64_t const hash =
            hash64({reinterpret_cast<char const*>(ids.data()), ids.size() * sizeof(std::uint32_t)});
        Known& entry = now[parent];
        entry.children = hash;
        auto const before = known_.find(parent);
        if (before != known_.end() && before->second.children == hash) continue;
        orders.u8(set_children);
        orders.u32(parent);
        orders.u32(static_cast<std::uint32_t>(ids.size()));
        for (std::uint32_t const id : ids) orders.u32(id);
    }
    for (auto const& [id, entry] : known_) {
        if (id == 0 || now.count(id)) continue;
        removals.u8(remove_node);
        removals.u32(id);
    }
    known_ = std::move(now);
    std::vector<std::uint8_t> out = removals.take();
    out.insert(out.end(), puts.bytes().begin(), puts.bytes().end());
    out.insert(out.end(), orders.bytes().begin(), orders.bytes().end());
    return out;
}

}
