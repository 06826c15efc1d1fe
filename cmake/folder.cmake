# One CMake target per folder: lastunit_folder(core SOURCES ... LINK ...) makes the static library `lastunit_core`, whose headers are
# included by their path from the root ("core/ledger.hpp"). What a folder may link is the direction of dependence; a test reads the
# includes as well.

find_program(LASTUNIT_CCACHE ccache)
if(LASTUNIT_CCACHE AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
  set(CMAKE_CXX_COMPILER_LAUNCHER ${LASTUNIT_CCACHE})
endif()
find_program(LASTUNIT_LLD ld.lld)
if(LASTUNIT_LLD)
  add_link_options(-fuse-ld=lld)
endif()

# The same numbers in every build: no fused or re-associated floating point.
add_compile_options(-ffp-contract=off)
if(LASTUNIT_SANITIZE)
  add_compile_options(-fsanitize=address,undefined -fno-sanitize-recover=undefined -fno-omit-frame-pointer)
  add_link_options(-fsanitize=address,undefined)
endif()

set(LASTUNIT_WARNINGS -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wno-sign-conversion -Wnon-virtual-dtor -Wold-style-cast
                      -Wimplicit-fallthrough -Werror)

function(lastunit_folder name)
  cmake_parse_arguments(ARG "" "" "SOURCES;LINK;PRIVATE_LINK" ${ARGN})
  add_library(lastunit_${name} STATIC ${ARG_SOURCES})
  target_include_directories(lastunit_${name} PUBLIC ${PROJECT_SOURCE_DIR})
  target_compile_options(lastunit_${name} PRIVATE ${LASTUNIT_WARNINGS})
  target_link_libraries(lastunit_${name} PUBLIC ${ARG_LINK} PRIVATE ${ARG_PRIVATE_LINK})
endfunction()

# A Protobuf schema as a library of its own: generated code is not held to our warnings and is never committed.
# Its header is included by the schema's path from the root ("model/run_record.pb.h").
function(lastunit_schema target proto)
  find_package(Protobuf REQUIRED)
  cmake_parse_arguments(ARG "" "" "LINK" ${ARGN})
  get_filename_component(dir ${proto} DIRECTORY)
  get_filename_component(stem ${proto} NAME_WE)
  set(out ${PROJECT_BINARY_DIR}/generated)
  file(MAKE_DIRECTORY ${out})
  add_custom_command(
    OUTPUT ${out}/${dir}/${stem}.pb.cc ${out}/${dir}/${stem}.pb.h
    COMMAND ${Protobuf_PROTOC_EXECUTABLE} --cpp_out=${out} -I ${PROJECT_SOURCE_DIR} -I ${Protobuf_INCLUDE_DIRS} ${PROJECT_SOURCE_DIR}/${proto}
    DEPENDS ${PROJECT_SOURCE_DIR}/${proto}
    VERBATIM)
  add_library(${target} STATIC ${out}/${dir}/${stem}.pb.cc ${out}/${dir}/${stem}.pb.h)
  target_include_directories(${target} SYSTEM PUBLIC ${out} ${Protobuf_INCLUDE_DIRS})
  target_link_libraries(${target} PUBLIC ${Protobuf_LIBRARIES} ${ARG_LINK})
endfunction()
