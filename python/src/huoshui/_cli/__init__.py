"""The command line, one module for each command; `huoshui.cli` puts them together."""
