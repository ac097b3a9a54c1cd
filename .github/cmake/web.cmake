# cw_web_program(NAME SOURCES ... DEPENDS ... LIBRARIES ... EXPORTS ...): the program that runs in the page, as an ES
# module (NAME.js) and NAME.wasm. It has no main(). EXPORTS are the C functions that JavaScript may call, without the
# leading underscore: it gets them as module._name, with malloc, free and the HEAPU8, HEAP32, HEAPF32 views beside them.
# LIBRARIES are JavaScript files that implement imported functions (emcc's --js-library).
#
# The settings are chosen by measuring bytes: small code before fast code, requestAnimationFrame instead of
# emscripten_set_main_loop (which drags in a scheduler), Closure for the glue. shell/pack.mjs splits the module by its
# functions' names, drops those and runs a newer wasm-opt over the result. DYNAMIC_EXECUTION=0 keeps eval out, so a strict Content-Security-Policy is enough.

set(cw_web_settings
  MODULARIZE EXPORT_ES6 EXPORT_NAME=createEngine ENVIRONMENT=web FILESYSTEM=0 DYNAMIC_EXECUTION=0
  MIN_WEBGL_VERSION=2 MAX_WEBGL_VERSION=2 ALLOW_MEMORY_GROWTH MALLOC=emmalloc ASSERTIONS=0
  SUPPORT_LONGJMP=0 DISABLE_EXCEPTION_THROWING=1 TEXTDECODER=2
  GL_SUPPORT_AUTOMATIC_ENABLE_EXTENSIONS=0 GL_SUPPORT_SIMPLE_ENABLE_EXTENSIONS=0 GL_TRACK_ERRORS=0
  GL_POOL_TEMP_BUFFERS=0 GL_EXTENSIONS_IN_PREFIXED_FORMAT=0)
# Settings that newer Emscripten versions no longer know.
if(EMSCRIPTEN_VERSION VERSION_LESS 3.1.60)
  list(APPEND cw_web_settings GL_EMULATE_GLES_VERSION_STRING_FORMAT=0 GL_DISABLE_HALF_FLOAT_EXTENSION_IF_BROKEN=0
    SUPPORT_ERRNO=0 HTML5_SUPPORT_DEFERRING_USER_SENSITIVE_REQUESTS=0)
endif()

# Debian's emcc looks for acorn in a folder that only Debian's own node searches.
set(CW_DEBIAN_NODE_MODULES /usr/share/nodejs)
# Closure, from shell/package.json: current versions refuse what emcc 3.1.6 passes, hence the pinned old one.
set(CW_CLOSURE ${PROJECT_SOURCE_DIR}/shell/node_modules/.bin/google-closure-compiler)

function(cw_web_program name)
  cmake_parse_arguments(ARG "" "" "SOURCES;DEPENDS;LIBRARIES;EXPORTS" ${ARGN})
  add_executable(${name} ${ARG_SOURCES})
  set_target_properties(${name} PROPERTIES SUFFIX .js RUNTIME_OUTPUT_DIRECTORY ${PROJECT_BINARY_DIR})
  target_compile_options(${name} PRIVATE ${CW_WARNINGS} ${CW_FLAGS} -fno-exceptions)
  target_link_libraries(${name} PRIVATE ${ARG_DEPENDS})

  list(TRANSFORM ARG_EXPORTS PREPEND _)
  list(PREPEND ARG_EXPORTS _malloc _free)
  list(JOIN ARG_EXPORTS "," exports)
  target_link_options(${name} PRIVATE -Oz -flto --profiling-funcs -Wl,--no-merge-data-segments -sGLOBAL_BASE=2097152
    --no-entry "-sEXPORTED_FUNCTIONS=${exports}")
  foreach(library IN LISTS ARG_LIBRARIES)
    get_filename_component(library ${library} ABSOLUTE)
    target_link_options(${name} PRIVATE --js-library ${library})
    set_property(TARGET ${name} APPEND PROPERTY LINK_DEPENDS ${library})
  endforeach()
  foreach(setting IN LISTS cw_web_settings)
    target_link_options(${name} PRIVATE -s${setting})
  endforeach()

  set(environment "")
  if(EXISTS ${CW_DEBIAN_NODE_MODULES}/acorn)
    list(APPEND environment NODE_PATH=${CW_DEBIAN_NODE_MODULES})
  endif()
  if(EXISTS ${CW_CLOSURE})
    list(APPEND environment EM_CLOSURE_COMPILER=${CW_CLOSURE})
    target_link_options(${name} PRIVATE --closure 1)
  else()
    message(WARNING "Closure is not installed (npm ci in shell/): the glue is three times its usual size.")
  endif()
  list(JOIN environment " " environment)
  set_target_properties(${name} PROPERTIES RULE_LAUNCH_LINK "${CMAKE_COMMAND} -E env ${environment}")
endfunction()
