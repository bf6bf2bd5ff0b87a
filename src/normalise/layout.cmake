# Header words and sheet layout.
target_sources(huoshui PRIVATE
  ${CMAKE_CURRENT_LIST_DIR}/header.cpp
  ${CMAKE_CURRENT_LIST_DIR}/layout.cpp
  ${CMAKE_CURRENT_LIST_DIR}/layout_cells.cpp
  ${CMAKE_CURRENT_LIST_DIR}/layout_header.cpp
  ${CMAKE_CURRENT_LIST_DIR}/layout_rows.cpp
  ${CMAKE_CURRENT_LIST_DIR}/layout_settle.cpp)
# The table goes in by .incbin, which no compiler reports as a dependency.
set_source_files_properties(${CMAKE_CURRENT_LIST_DIR}/header.cpp TARGET_DIRECTORY huoshui
                            PROPERTIES OBJECT_DEPENDS ${CMAKE_CURRENT_LIST_DIR}/tables/headers.csv)
