# The tiny model outside the native sanitized build: the same sources as optimised native code, as WASM with SIMD and as
# WASM without. The test wants one weight hash from all of them; `cmake --build ... --target tiny_bench` prints times.
find_program(CW_EMXX em++)
find_program(CW_NODE node)
file(GLOB tiny_sources CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/src/refusal/tiny/*.cpp)
list(APPEND tiny_sources ${PROJECT_SOURCE_DIR}/src/ground/assert.cpp ${PROJECT_SOURCE_DIR}/src/ground/text.cpp
  ${CMAKE_CURRENT_LIST_DIR}/tiny/speed.cpp)
file(GLOB tiny_headers CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/src/refusal/tiny/*.hpp
  ${PROJECT_SOURCE_DIR}/src/ground/*.hpp)
set(tiny_flags -std=c++20 -O3 -DNDEBUG -fno-exceptions -fno-rtti -ffp-contract=off -fno-math-errno
  -I${PROJECT_SOURCE_DIR}/src)
set(tiny_folder ${CMAKE_CURRENT_BINARY_DIR}/tiny)
file(MAKE_DIRECTORY ${tiny_folder})

# tiny_variant(FILE COMPILER... ): one build of all sources; `tiny_variants` collects the files.
function(tiny_variant file)
  add_custom_command(OUTPUT ${tiny_folder}/${file}
    COMMAND ${ARGN} ${tiny_flags} ${tiny_sources} -o ${tiny_folder}/${file}
    DEPENDS ${tiny_sources} ${tiny_headers} VERBATIM COMMENT "The tiny model as ${file}")
  set(tiny_variants ${tiny_variants} ${tiny_folder}/${file} PARENT_SCOPE)
endfunction()

set(tiny_run ${CW_NODE} ${CMAKE_CURRENT_LIST_DIR}/tiny/run.mjs --folder ${tiny_folder}
  --weights ${PROJECT_SOURCE_DIR}/assets/lessons/ai012-06/tiny.weights
  --golden ${PROJECT_SOURCE_DIR}/tests/golden/tiny/live_30_steps.txt)
if(CW_EMXX AND CW_NODE)
  set(tiny_em ${CMAKE_COMMAND} -E env)
  if(EXISTS /usr/share/nodejs/acorn) # Debian's em++ needs it to link at -O2 and above, under any other node
    list(APPEND tiny_em NODE_PATH=/usr/share/nodejs)
  endif()
  list(APPEND tiny_em ${CW_EMXX} -sNODERAWFS=1 -sALLOW_MEMORY_GROWTH=1)
  tiny_variant(native ${CMAKE_CXX_COMPILER} -march=native)
  tiny_variant(simd.js ${tiny_em} -msimd128)
  tiny_variant(scalar.js ${tiny_em})
  add_custom_target(tiny_variants ALL DEPENDS ${tiny_variants})
  add_test(NAME refusal_tiny_wasm_test COMMAND ${tiny_run})
  add_custom_target(tiny_bench COMMAND ${tiny_run} --bench DEPENDS ${tiny_variants} USES_TERMINAL)
else()
  add_test(NAME refusal_tiny_wasm_test COMMAND ${CMAKE_COMMAND} -E echo "SKIPPED: it needs em++ and node")
  set_tests_properties(refusal_tiny_wasm_test PROPERTIES SKIP_REGULAR_EXPRESSION SKIPPED)
endif()
