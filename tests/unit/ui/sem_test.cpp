#include "ui/sem.hpp"

#include "ground/bytes.hpp"
#include "ground/id.hpp"

#include <doctest/doctest.h>

using namespace cw;
using namespace cw::ui;

namespace {

Node node(std::string path, Role role, std::string name = "") {
    Node made;
    made.path = std::move(path);
    made.role = role;
    made.name = std::move(name);
    return made;
}

Sem quiz(std::string const& answer, bool with_button = true) {
    Sem sem;
    sem.begin_region(node("main", Role::main));
    sem.begin(node("quiz", Role::radio_group, "Which?"));
    sem.add(node("quiz/a", Role::radio, "A")).flags = answer == "a" ? checked : 0;
    sem.add(node("quiz/b", Role::radio, "B")).flags = answer == "b" ? checked : 0;
    sem.end();
    if (with_button) sem.add(node("quiz/check", Role::button, "Check"));
    sem.end();
    return sem;
}

struct Operations {
    std::vector<std::uint32_t> removed, put, ordered;
};

Operations read(std::vector<std::uint8_t> const& bytes) {
    Operations found;
    ByteReader in(bytes.data(), bytes.size());
    while (!in.done() && in.ok()) {
        switch (in.u8()) {
            case 1: found.removed.push_back(in.u32()); break;
            case 2:
                found.put.push_back(in.u32());
                in.u32();
                in.text();
                break;
            case 3:
                found.ordered.push_back(in.u32());
                for (std::uint32_t count = in.u32(); count > 0; --count) in.u32();
                break;
            default: FAIL("unknown operation");
        }
    }
    REQUIRE(in.ok());
    return found;
}

}

TEST_CASE("ui.sem: nodes know their parent, by path and by role and name") {
    Sem const sem = quiz("a");
    CHECK(sem.find("quiz/a")->parent == hash32("quiz"));
    CHECK(sem.find("quiz/check")->parent == hash32("main"));
    CHECK(sem.find(Role::radio, "B")->path == "quiz/b");
    CHECK(sem.find("nothing") == nullptr);
}

TEST_CASE("ui.sem: the first difference is everything, parents first") {
    SemDiff diff;
    Operations const all = read(diff.update(quiz("a")));
    CHECK(all.put == std::vector<std::uint32_t>{hash32("main"), hash32("quiz"), hash32("quiz/a"), hash32("quiz/b"),
                                                hash32("quiz/check")});
    CHECK(all.removed.empty());
    CHECK(all.ordered.size() == 3); // root, main, quiz
}

TEST_CASE("ui.sem: equal trees give no bytes, a change only what changed") {
    SemDiff diff;
    (void)diff.update(quiz("a"));
    CHECK(diff.update(quiz("a")).empty());
    Operations const moved = read(diff.update(quiz("b")));
    CHECK(moved.put == std::vector<std::uint32_t>{hash32("quiz/a"), hash32("quiz/b")});
    CHECK(moved.ordered.empty());
}

TEST_CASE("ui.sem: what is gone is removed and its parent's order told") {
    SemDiff diff;
    (void)diff.update(quiz("a"));
    Operations const gone = read(diff.update(quiz("a", false)));
    CHECK(gone.removed == std::vector<std::uint32_t>{hash32("quiz/check")});
    CHECK(gone.ordered == std::vector<std::uint32_t>{hash32("main")});
    CHECK(gone.put.empty());
}
