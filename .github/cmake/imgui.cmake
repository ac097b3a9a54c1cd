# Dear ImGui 1.92.2b, as two libraries:
#
#   imgui           core, widgets, tables, draw lists
#   imgui_opengl3   the OpenGL ES 3 renderer (web builds only)
#
# Where the source comes from, first hit wins:
#   1. -DFETCHCONTENT_SOURCE_DIR_IMGUI=FOLDER     taken as it is, unchecked
#   2. build/downloads/imgui-1.92.2b              what an earlier run put there
#   3. the upstream release archive
#   4. Debian's source archive of the same release, on the mirror that apt is set up for
# 2 to 4 are pinned: every file that is compiled must have the hash listed in imgui.sha256 (computed from the archive
# of 4, whose own hash is pinned too), wherever it came from.
#
# CW_IMGUI_DEFINITIONS adds definitions that ImGui and everything that includes it must share.

set(CW_DOWNLOADS ${PROJECT_SOURCE_DIR}/build/downloads CACHE PATH "Where downloaded sources are kept between builds")
set(CW_IMGUI_DEFINITIONS "" CACHE STRING "More compile definitions for Dear ImGui and its users")

set(CW_IMGUI_VERSION 1.92.2b)
set(CW_IMGUI_UPSTREAM https://github.com/ocornut/imgui/archive/refs/tags/v${CW_IMGUI_VERSION}.tar.gz)
set(CW_IMGUI_DEBIAN pool/main/i/imgui/imgui_${CW_IMGUI_VERSION}+ds.orig.tar.xz)
set(CW_IMGUI_DEBIAN_SHA256 e7bd201d56b5ee90d24d5dac85e5c12f98bdb95410252a62d27b7f89e4566d48)

# cw_imgui_check(FOLDER RESULT): RESULT is empty if every file has its pinned hash, else it says what is wrong.
function(cw_imgui_check folder result)
  file(STRINGS ${PROJECT_SOURCE_DIR}/.github/cmake/imgui.sha256 lines)
  set(problem "")
  foreach(line IN LISTS lines)
    if(line MATCHES "^([0-9a-f]+)  (.+)$")
      set(wanted ${CMAKE_MATCH_1})
      set(name ${CMAKE_MATCH_2})
      if(NOT EXISTS ${folder}/${name})
        set(problem "${name} is missing")
        break()
      endif()
      file(SHA256 ${folder}/${name} found)
      if(NOT found STREQUAL wanted)
        set(problem "${name} has the hash ${found}, not ${wanted}")
        break()
      endif()
    endif()
  endforeach()
  set(${result} "${problem}" PARENT_SCOPE)
endfunction()

# Unpacks an archive to FOLDER if the files in it are the pinned ones.
function(cw_imgui_unpack archive folder result)
  set(unpacked ${CW_DOWNLOADS}/unpacking)
  file(REMOVE_RECURSE ${unpacked})
  file(ARCHIVE_EXTRACT INPUT ${archive} DESTINATION ${unpacked})
  file(GLOB top LIST_DIRECTORIES true ${unpacked}/*)
  cw_imgui_check("${top}" problem)
  if(NOT problem)
    file(REMOVE_RECURSE ${folder})
    file(RENAME ${top} ${folder})
  endif()
  file(REMOVE_RECURSE ${unpacked})
  set(${result} "${problem}" PARENT_SCOPE)
endfunction()

function(cw_imgui_from_upstream folder result)
  set(archive ${CW_DOWNLOADS}/imgui-upstream.tar.gz)
  file(DOWNLOAD ${CW_IMGUI_UPSTREAM} ${archive} STATUS status INACTIVITY_TIMEOUT 15 TIMEOUT 300)
  list(GET status 0 code)
  if(code EQUAL 0)
    cw_imgui_unpack(${archive} ${folder} problem)
  else()
    list(GET status 1 problem)
  endif()
  file(REMOVE ${archive})
  set(${result} "${problem}" PARENT_SCOPE)
endfunction()

# apt's own downloader is used, because it knows the proxy and the credentials of the mirror.
function(cw_imgui_from_debian folder result)
  set(problem "apt is not here")
  find_program(CW_APT_GET apt-get)
  find_program(CW_APT_HELPER apt-helper PATHS /usr/lib/apt)
  mark_as_advanced(CW_APT_GET CW_APT_HELPER)
  if(CW_APT_GET AND CW_APT_HELPER)
    set(problem "apt names no mirror")
    execute_process(COMMAND ${CW_APT_GET} indextargets --format "$(REPO_URI)" OUTPUT_VARIABLE mirrors ERROR_QUIET)
    string(REGEX MATCHALL "[^\n]+" mirrors "${mirrors}")
    list(REMOVE_DUPLICATES mirrors)
    set(archive ${CW_DOWNLOADS}/imgui-debian.tar.xz)
    foreach(mirror IN LISTS mirrors)
      string(REGEX REPLACE "/$" "" mirror "${mirror}")
      file(REMOVE ${archive})
      execute_process(
        COMMAND ${CW_APT_HELPER} download-file ${mirror}/${CW_IMGUI_DEBIAN} ${archive} SHA256:${CW_IMGUI_DEBIAN_SHA256}
        OUTPUT_QUIET ERROR_VARIABLE problem RESULT_VARIABLE code)
      if(code EQUAL 0 AND EXISTS ${archive})
        cw_imgui_unpack(${archive} ${folder} problem)
        break()
      endif()
    endforeach()
    file(REMOVE ${archive})
  endif()
  set(${result} "${problem}" PARENT_SCOPE)
endfunction()

# Two builds may be configured at the same time, hence the lock.
function(cw_imgui_obtain folder)
  file(MAKE_DIRECTORY ${CW_DOWNLOADS})
  file(LOCK ${CW_DOWNLOADS}/imgui.lock GUARD FUNCTION TIMEOUT 600)
  cw_imgui_check(${folder} problem)
  if(NOT problem)
    return()
  endif()
  foreach(origin upstream debian)
    message(STATUS "Dear ImGui ${CW_IMGUI_VERSION}: trying ${origin}")
    if(origin STREQUAL upstream)
      cw_imgui_from_upstream(${folder} problem)
    else()
      cw_imgui_from_debian(${folder} problem)
    endif()
    if(NOT problem)
      message(STATUS "Dear ImGui ${CW_IMGUI_VERSION}: from ${origin}, hashes match")
      return()
    endif()
    message(STATUS "Dear ImGui ${CW_IMGUI_VERSION}: ${origin} did not work: ${problem}")
  endforeach()
  message(FATAL_ERROR "Dear ImGui ${CW_IMGUI_VERSION} could not be had. Unpack it anywhere and pass "
    "-DFETCHCONTENT_SOURCE_DIR_IMGUI=FOLDER.")
endfunction()

if(FETCHCONTENT_SOURCE_DIR_IMGUI)
  set(CW_IMGUI_SOURCE ${FETCHCONTENT_SOURCE_DIR_IMGUI})
else()
  set(CW_IMGUI_SOURCE ${CW_DOWNLOADS}/imgui-${CW_IMGUI_VERSION})
  cw_imgui_obtain(${CW_IMGUI_SOURCE})
endif()

# cw_imgui_trim(TO FUNCTION...): imgui.cpp with these functions returning at once, for the web, where every kilobyte
# counts and our screens use only windows without decoration, invisible buttons and draw lists. A function is given as
# its definition's first line; "=> VALUE" says what it returns. Native builds use ImGui as it is.
function(cw_imgui_trim to)
  file(READ ${CW_IMGUI_SOURCE}/imgui.cpp text)
  foreach(function IN LISTS ARGN)
    set(value "")
    if(function MATCHES "^(.*) => (.*)$")
      set(function "${CMAKE_MATCH_1}")
      set(value " ${CMAKE_MATCH_2}")
    endif()
    string(REPLACE "\n${function}\n{" "\n${function}\n{ return${value};" trimmed "${text}")
    if(trimmed STREQUAL text)
      message(FATAL_ERROR "imgui.cpp has no function ${function}")
    endif()
    set(text "${trimmed}")
  endforeach()
  file(CONFIGURE OUTPUT ${to} CONTENT "${text}" @ONLY)
endfunction()

add_library(imgui STATIC EXCLUDE_FROM_ALL
  ${CW_IMGUI_SOURCE}/imgui_draw.cpp
  ${CW_IMGUI_SOURCE}/imgui_widgets.cpp)
target_include_directories(imgui SYSTEM PUBLIC ${CW_IMGUI_SOURCE})
target_compile_options(imgui PRIVATE -w -fno-exceptions -fno-rtti)
target_compile_definitions(imgui PUBLIC
  IMGUI_DISABLE_DEMO_WINDOWS
  IMGUI_DISABLE_DEBUG_TOOLS
  IMGUI_DISABLE_OBSOLETE_FUNCTIONS
  IMGUI_DISABLE_FILE_FUNCTIONS
  IMGUI_USE_WCHAR32
  ${CW_IMGUI_DEFINITIONS})

if(EMSCRIPTEN)
  # Glyphs come from the browser: neither the built-in font nor stb_truetype is linked. Naming FreeType is ImGui's only
  # switch that leaves stb_truetype out; the loader that it then asks for by default does not exist, so the program must
  # set its own (ImFontAtlas::SetFontLoader) before the first frame.
  file(WRITE ${PROJECT_BINARY_DIR}/imgui_no_default_loader.cpp
    "#include \"imgui.h\"\n#include \"misc/freetype/imgui_freetype.h\"\n"
    "const ImFontLoader* ImGuiFreeType::GetFontLoader() { return nullptr; }\n")
  cw_imgui_trim(${PROJECT_BINARY_DIR}/imgui_trimmed.cpp
    # recovery from missing End() calls: native tests stop at them
    "void    ImGui::ErrorRecoveryTryToRecoverWindowState(const ImGuiErrorRecoveryState* state_in)"
    # keyboard and gamepad navigation: the DOM's
    "static void ImGui::NavUpdate()"
    "static void ImGui::NavEndFrame()"
    "static void ImGui::NavProcessItem()"
    "void ImGui::NavInitWindow(ImGuiWindow* window, bool force_reinit)"
    "void ImGui::RenderNavCursor(const ImRect& bb, ImGuiID id, ImGuiNavRenderCursorFlags flags)"
    # title bars, borders, resize grips, scroll bars, wheel: none, or the DOM's
    "void ImGui::RenderWindowDecorations(ImGuiWindow* window, const ImRect& title_bar_rect, bool title_bar_is_highlight, bool handle_borders_and_resize_grips, int resize_grip_count, const ImU32 resize_grip_col[4], float resize_grip_draw_size)"
    "void ImGui::RenderWindowTitleBarContents(ImGuiWindow* window, const ImRect& title_bar_rect, const char* name, bool* p_open)"
    "static int ImGui::UpdateWindowManualResize(ImGuiWindow* window, const ImVec2& size_auto_fit, int* border_hovered, int* border_held, int resize_grip_count, ImU32 resize_grip_col[4], const ImRect& visibility_rect) => 0"
    "void ImGui::UpdateMouseWheel()"
    "ImVec2 ImGui::ScrollToRectEx(ImGuiWindow* window, const ImRect& item_rect, ImGuiScrollFlags flags) => ImVec2()"
    # popups, tooltips, cursors: none
    "ImVec2 ImGui::FindBestWindowPosForPopup(ImGuiWindow* window) => window->Pos"
    "void ImGui::SetTooltip(const char* fmt, ...)"
    "bool ImGui::BeginErrorTooltip() => false"
    "static void ImGui::RenderDimmedBackgrounds()"
    "void ImGui::RenderMouseCursor(ImVec2 base_pos, float base_scale, ImGuiMouseCursor mouse_cursor, ImU32 col_fill, ImU32 col_border, ImU32 col_shadow)"
    # settings files and logging as text: none
    "void ImGui::UpdateSettings()"
    "static void* WindowSettingsHandler_ReadOpen(ImGuiContext*, ImGuiSettingsHandler*, const char* name) => nullptr"
    "static void WindowSettingsHandler_ReadLine(ImGuiContext*, ImGuiSettingsHandler*, void* entry, const char* line)"
    "static void WindowSettingsHandler_ApplyAll(ImGuiContext* ctx, ImGuiSettingsHandler*)"
    "static void WindowSettingsHandler_WriteAll(ImGuiContext* ctx, ImGuiSettingsHandler* handler, ImGuiTextBuffer* buf)"
    "void ImGui::LogRenderedText(const ImVec2* ref_pos, const char* text, const char* text_end)")
  target_sources(imgui PRIVATE ${PROJECT_BINARY_DIR}/imgui_trimmed.cpp ${PROJECT_BINARY_DIR}/imgui_no_default_loader.cpp
    ${PROJECT_SOURCE_DIR}/src/platform/web/imgui_unused.cpp)
  target_compile_definitions(imgui PUBLIC IMGUI_DISABLE_DEFAULT_FONT IMGUI_ENABLE_FREETYPE PRIVATE sscanf=cw_scan_nothing)

  add_library(imgui_opengl3 STATIC EXCLUDE_FROM_ALL ${CW_IMGUI_SOURCE}/backends/imgui_impl_opengl3.cpp
    ${PROJECT_SOURCE_DIR}/src/platform/web/gl_state.cpp)
  target_include_directories(imgui_opengl3 SYSTEM PUBLIC ${CW_IMGUI_SOURCE}/backends)
  target_compile_options(imgui_opengl3 PRIVATE -w -fno-exceptions -fno-rtti)
  # Questions about the GL state are answered by gl_state.cpp instead of the GPU process.
  set_source_files_properties(${CW_IMGUI_SOURCE}/backends/imgui_impl_opengl3.cpp PROPERTIES COMPILE_DEFINITIONS
    "IMGUI_IMPL_OPENGL_ES3;glGetIntegerv=cw_known_gl_state;glIsEnabled=cw_known_gl_switch")
  target_link_libraries(imgui_opengl3 PUBLIC imgui)
else()
  # Native builds are for tests: ImGui tells the headless platform of every item, for the audit that each has its node.
  target_sources(imgui PRIVATE ${CW_IMGUI_SOURCE}/imgui.cpp ${CW_IMGUI_SOURCE}/imgui_tables.cpp)
  target_compile_definitions(imgui PUBLIC IMGUI_ENABLE_TEST_ENGINE)
endif()
