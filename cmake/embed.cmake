# lastunit_embed(<target> <namespace> <file>...): compiles text files into `target` as string_views, so that a program carries its
# templates with it. The file page.html becomes `<namespace>::page_html`; declare it where it is used:
#     namespace lastunit::reports::assets { extern const std::string_view page_html; }
# Files are named from the current source folder, or by an absolute path when they are made during the build.
# Run as a script (cmake -P) this file writes the source of one such file.
if(CMAKE_SCRIPT_MODE_FILE)
  file(READ "${INPUT}" content)
  string(FIND "${content}" ")lastunit_embed\"" clash)
  if(NOT clash EQUAL -1)
    message(FATAL_ERROR "${INPUT} contains the delimiter of embedded text")
  endif()
  file(WRITE "${OUTPUT}" "#include <string_view>\nnamespace ${NAMESPACE} {\nextern const std::string_view ${NAME};\n"
    "const std::string_view ${NAME} = R\"lastunit_embed(${content})lastunit_embed\";\n}\n")
  return()
endif()

set(LASTUNIT_EMBED_SCRIPT ${CMAKE_CURRENT_LIST_FILE})

function(lastunit_embed target namespace)
  foreach(file IN LISTS ARGN)
    get_filename_component(base ${file} NAME)
    string(MAKE_C_IDENTIFIER ${base} name)
    cmake_path(ABSOLUTE_PATH file BASE_DIRECTORY ${CMAKE_CURRENT_SOURCE_DIR} OUTPUT_VARIABLE input)
    set(output ${CMAKE_CURRENT_BINARY_DIR}/embedded/${name}.cpp)
    add_custom_command(
      OUTPUT ${output}
      COMMAND ${CMAKE_COMMAND} -D INPUT=${input} -D OUTPUT=${output} -D NAME=${name} -D NAMESPACE=${namespace}
              -P ${LASTUNIT_EMBED_SCRIPT}
      DEPENDS ${input} ${LASTUNIT_EMBED_SCRIPT}
      VERBATIM)
    target_sources(${target} PRIVATE ${output})
  endforeach()
endfunction()
