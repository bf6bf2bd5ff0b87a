# The quantity parsers of room normalise.
target_sources(huoshui PRIVATE
  ${CMAKE_CURRENT_LIST_DIR}/quantity_area.cpp
  ${CMAKE_CURRENT_LIST_DIR}/quantity_count.cpp
  ${CMAKE_CURRENT_LIST_DIR}/quantity_date.cpp
  ${CMAKE_CURRENT_LIST_DIR}/quantity_explain.cpp
  ${CMAKE_CURRENT_LIST_DIR}/quantity_money.cpp
  ${CMAKE_CURRENT_LIST_DIR}/quantity_numerals.cpp
  ${CMAKE_CURRENT_LIST_DIR}/quantity_rate.cpp
  ${CMAKE_CURRENT_LIST_DIR}/quantity_tenor.cpp
  ${CMAKE_CURRENT_LIST_DIR}/quantity_terms.cpp
  ${CMAKE_CURRENT_LIST_DIR}/quantity_text.cpp)
