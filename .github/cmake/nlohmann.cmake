# nlohmann/json as the interface target cw_nlohmann: the system package, else the upstream archive, pinned by hash.
# The system's folder is linked into one of our own, because em++ must see this header and nothing else of /usr/include.
add_library(cw_nlohmann INTERFACE)
find_path(CW_NLOHMANN_INCLUDE nlohmann/json.hpp PATHS /usr/include /usr/local/include NO_CMAKE_FIND_ROOT_PATH)
mark_as_advanced(CW_NLOHMANN_INCLUDE)
if(CW_NLOHMANN_INCLUDE)
  set(cw_nlohmann_only ${PROJECT_BINARY_DIR}/include_nlohmann)
  file(MAKE_DIRECTORY ${cw_nlohmann_only})
  file(CREATE_LINK ${CW_NLOHMANN_INCLUDE}/nlohmann ${cw_nlohmann_only}/nlohmann SYMBOLIC)
  target_include_directories(cw_nlohmann SYSTEM INTERFACE ${cw_nlohmann_only})
else()
  FetchContent_Declare(nlohmann_json URL https://github.com/nlohmann/json/releases/download/v3.11.3/json.tar.xz
    URL_HASH SHA256=d6c65aca6b1ed68e7a182f4757257b107ae403032760ed6ef121c9d55e81757d)
  FetchContent_MakeAvailable(nlohmann_json)
  target_include_directories(cw_nlohmann SYSTEM INTERFACE ${nlohmann_json_SOURCE_DIR}/include)
endif()
