# Places, industries, categories and word lists. The tables go in by .incbin, which no compiler reports as a
# dependency; name them here so that an edited table is built in again.
target_sources(
  huoshui PRIVATE ${CMAKE_CURRENT_LIST_DIR}/embedded_csv.cpp ${CMAKE_CURRENT_LIST_DIR}/word_index.cpp
                  ${CMAKE_CURRENT_LIST_DIR}/words.cpp ${CMAKE_CURRENT_LIST_DIR}/regions.cpp
                  ${CMAKE_CURRENT_LIST_DIR}/region_scan.cpp ${CMAKE_CURRENT_LIST_DIR}/region_reading.cpp
                  ${CMAKE_CURRENT_LIST_DIR}/industries.cpp ${CMAKE_CURRENT_LIST_DIR}/dictionaries.cpp
                  ${CMAKE_CURRENT_LIST_DIR}/lexicon.cpp ${CMAKE_CURRENT_LIST_DIR}/point_trie.cpp ${CMAKE_CURRENT_LIST_DIR}/text_features.cpp
                  ${CMAKE_CURRENT_LIST_DIR}/instrument_model.cpp)
function(huoshui_embeds source)
  list(TRANSFORM ARGN PREPEND ${CMAKE_CURRENT_LIST_DIR}/tables/)
  set_source_files_properties(${CMAKE_CURRENT_LIST_DIR}/${source} TARGET_DIRECTORY huoshui PROPERTIES OBJECT_DEPENDS
                                                                                          "${ARGN}")
endfunction()
huoshui_embeds(regions.cpp regions.csv zones.csv)
huoshui_embeds(industries.cpp industries.csv)
huoshui_embeds(
  dictionaries.cpp industry_words.csv category_words.csv borrowers.csv securities.csv uses.csv stages.csv natures.csv
  repayment_sources.csv size_classes.csv measures.csv place_types.csv place_type_names.csv)
huoshui_embeds(lexicon.cpp instrument_words.csv instrument_rules.csv)
huoshui_embeds(instrument_model.cpp instrument_model.bin ../../domain/tables/instruments.csv)
