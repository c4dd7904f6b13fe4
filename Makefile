# GNU make. "make help" lists the targets.
PREFIX = /usr/local
CFLAGS = -O2 -g
PKG_CONFIG = pkg-config
BUILD = build

WARNINGS = -Wall -Wextra -Wpedantic -Wshadow -Wstrict-prototypes \
	-Wmissing-prototypes -Wwrite-strings -Wcast-qual -Wundef -Wvla \
	-Wformat=2 -Wconversion
STD = -std=c11 -D_XOPEN_SOURCE=700 -D_DEFAULT_SOURCE
override CFLAGS += $(STD) $(WARNINGS)

PROGRAMS = $(patsubst src/%.c,%,$(wildcard src/pt-*.c))
MODULES = $(patsubst src/%.c,%,$(filter-out src/pt-%,$(wildcard src/*.c)))
# those that link with json-c
JSON = pt-diff pt-import pt-render-jsonl pt-stat

BIN = bin
LIB = $(BUILD)/libpt.a

all: $(PROGRAMS:%=$(BIN)/%)

$(BIN)/%: $(BUILD)/%.o $(LIB)
	@mkdir -p $(BIN)
	$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $< $(LIB) $(LDLIBS)

$(JSON:%=$(BIN)/%): LDLIBS += $(shell $(PKG_CONFIG) --libs json-c)
$(BUILD)/jsonl.o: CFLAGS += $(shell $(PKG_CONFIG) --cflags json-c)

$(LIB): $(MODULES:%=$(BUILD)/%.o)
	$(AR) rcs $@ $^

$(BUILD)/%.o: src/%.c
	@mkdir -p $(@D)
	$(CC) $(CPPFLAGS) $(CFLAGS) -MMD -MP -c -o $@ $<

-include $(wildcard $(BUILD)/*.d)

clean:
	rm -rf build bin/pt-*

.PHONY: all clean
.SECONDARY:
