# Header words and sheet layout.
target_sources(huoshui PRIVATE
  ${CMAKE_CURRENT_LIST_DIR}/header.cpp
  ${CMAKE_CURRENT_LIST_DIR}/layout.cpp
  ${CMAKE_CURRENT_LIST_DIR}/layout_cells.cpp
  ${CMAKE_CURRENT_LIST_DIR}/layout_header.cpp
  ${CMAKE_CURRENT_LIST_DIR}/layout_rows.cpp
  ${CMAKE_CURRENT_LIST_DIR}/layout_settle.cpp)
