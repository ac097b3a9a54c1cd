// No control without its node: every item that ImGui can activate must be in the semantic tree under the same id.

#include "stage.hpp"

#include <set>

#include <doctest/doctest.h>
#include <imgui.h>
#include <imgui_internal.h>

using namespace cw;
using namespace cw::test;

TEST_CASE("ui.audit: whatever ImGui can activate is a node with a name, on every slide, wide and narrow") {
    for (Size const size : {Size{1280, 800}, Size{360, 740}}) {
        Stage stage("ai012-06", size);
        ImGuiWindow* const window = ImGui::FindWindowByName("page");
        REQUIRE(window != nullptr);
        for (lesson::Slide const& slide : stage.model().course.slides) {
            CAPTURE(slide.id);
            stage.visit(slide.id);
            stage.world.items.clear();
            stage.handle(app::Activity{0});
            std::set<std::uint32_t> named;
            for (ui::Node const& node : stage.semantics().nodes())
                if (!node.name.empty()) named.insert(window->GetID(node.path.c_str()));
            CHECK(stage.world.items.size() > 2);
            for (std::size_t i = 0; i < stage.world.items.size(); ++i) {
                CAPTURE(i);
                CHECK(named.count(stage.world.items[i]) == 1);
            }
        }
    }
}
