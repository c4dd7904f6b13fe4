# GNU make. "make help" lists the targets.
PREFIX = /usr/local
CFLAGS ?= -O2 -g
PKG_CONFIG = pkg-config
BUILD = build
BIN = bin

WARNINGS = -Wall -Wextra -Wpedantic -Wshadow -Wstrict-prototypes \
	-Wmissing-prototypes -Wwrite-strings -Wcast-qual -Wundef -Wvla \
	-Wformat=2 -Wconversion
STD = -std=c11 -D_XOPEN_SOURCE=700 -D_DEFAULT_SOURCE
override CFLAGS += $(STD) $(WARNINGS) -Isrc

PROGRAMS = $(filter-out $(HELPER),$(patsubst src/%.c,%,$(wildcard src/pt-*.c)))
# what only sudo is to run, and the bpftrace that it runs
HELPER = pt-as-root
BPFTRACE = /usr/bin/bpftrace
MODULES = $(patsubst src/%.c,%,$(filter-out src/pt-%,$(wildcard src/*.c src/*/*.c)))
# files that are part of a program: embed.h
EMBED = $(patsubst %,$(BUILD)/embed/%.o,env.bt files.bt proctrace.bt signal.bt \
	report.html report.css report-early.js report-scripts.js)
# in the order in which they stand in the page
REPORT_SCRIPTS = $(patsubst %,src/html/report%.js,-text -dom -data -state -filter \
	-lanes -rows -picture -critical -pipes -files -links -packed -tree -tip -strip -timeline -address -table \
	-columns -paths -icicle -views -facts -details -input) src/html/report.js
LIB = $(BUILD)/libpt.a
# A program needs json-c if it calls what calls json-c: only that gets linked.
# The linker of macOS knows this by another name.
JSON_CFLAGS := $(shell $(PKG_CONFIG) --cflags json-c)
JSON_LIBS := $(shell $(PKG_CONFIG) --libs json-c)
AS_NEEDED = $(if $(filter Darwin,$(shell uname)),-Wl$(,)-dead_strip_dylibs,-Wl$(,)--as-needed)
, = ,
override LDLIBS += $(AS_NEEDED) $(JSON_LIBS)

UNIT = $(patsubst tests/unit/%.c,$(BUILD)/unit/%,$(wildcard tests/unit/*.c tests/unit/*/*.c))
# programs that tests run: $HELPERS/NAME
HELPERS = $(patsubst tests/helpers/%.c,$(BUILD)/helpers/%, \
	$(wildcard tests/helpers/*.c)) $(BUILD)/helpers/inject.so \
	$(patsubst tests/bench/%.c,$(BUILD)/helpers/%, \
	$(wildcard tests/bench/*.c)) \
	$(BUILD)/helpers/property
TESTS = $(UNIT) $(wildcard tests/*.t)
MAN = $(wildcard man/*.[1-8])
SCRIPTS = $(wildcard bin/proctrace .ci/run share/completions/*.bash \
	share/github/*.sh src/tools/*.sh \
	tests/*.sh tests/*.t tests/bench/*.sh tests/html/*.sh)

# What is made is named; with V=1 the whole command is shown, with -s nothing.
SILENT = $(findstring s,$(firstword -$(MAKEFLAGS)))
Q = $(if $(filter 1,$(V)),,@)
say = $(if $(Q),$(if $(SILENT),,@echo '  $1	$(patsubst $(BUILD)/%,%,$@)'))

all: $(PROGRAMS:%=$(BIN)/%) $(BUILD)/libexec/$(HELPER)
ifneq ($(BIN),bin)
all: $(patsubst bin/%,$(BIN)/%,$(wildcard bin/proctrace))
endif

$(BIN)/%: $(BUILD)/%.o $(LIB)
	@mkdir -p $(BIN)
	$(call say,LD)
	$(Q)$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $< $(LIB) $(LDLIBS)

$(BUILD)/libexec/$(HELPER): $(BUILD)/$(HELPER).o $(LIB)
	@mkdir -p $(@D)
	$(call say,LD)
	$(Q)$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $< $(LIB)

$(BUILD)/$(HELPER).o: override CPPFLAGS += -DBPFTRACE='"$(BPFTRACE)"'

$(BIN)/proctrace: bin/proctrace
	@mkdir -p $(BIN)
	$(call say,CP)
	$(Q)cp bin/proctrace $@

$(BUILD)/json/%.o: override CFLAGS += $(JSON_CFLAGS)

$(LIB): $(MODULES:%=$(BUILD)/%.o) $(EMBED)
	$(call say,AR)
	$(Q)rm -f $@
	$(Q)$(AR) qcs $@ $^

$(BUILD)/%.o: src/%.c
	@mkdir -p $(@D)
	$(call say,CC)
	$(Q)$(CC) $(CPPFLAGS) $(CFLAGS) -MMD -MP -c -o $@ $<

define embed
@mkdir -p $(@D)
$(call say,EMBED)
$(Q)sh src/tools/embed.sh $< >$@.new
$(Q)mv $@.new $@
endef

$(BUILD)/embed/%.c: share/bpftrace/% src/tools/embed.sh
	$(embed)

$(BUILD)/embed/%.c: src/html/% src/tools/embed.sh
	$(embed)

$(BUILD)/embed/report-scripts.js.c: $(BUILD)/embed/report-scripts.js \
    src/tools/embed.sh
	$(embed)

$(BUILD)/embed/report-scripts.js: $(REPORT_SCRIPTS)
	@mkdir -p $(@D)
	cat $^ >$@.new
	mv $@.new $@

$(BUILD)/embed/%.o: $(BUILD)/embed/%.c src/base/embed.h
	$(call say,CC)
	$(Q)$(CC) $(CPPFLAGS) $(CFLAGS) -c -o $@ $<

$(BUILD)/unit/%: tests/unit/%.c $(LIB)
	@mkdir -p $(@D)
	$(call say,LD)
	$(Q)$(CC) $(CPPFLAGS) $(CFLAGS) -Itests/unit $(LDFLAGS) -MMD -MP -o $@ $< $(LIB) $(LDLIBS)

# never with a sanitizer in it: some crash on purpose
define helper
@mkdir -p $(@D)
$(call say,LD)
$(Q)$(CC) $(CPPFLAGS) $(filter-out -fsanitize% -fno-sanitize%,$(CFLAGS)) -pthread \
	-MMD -MP -o $@ $<
endef

$(BUILD)/helpers/%: tests/helpers/%.c
	$(helper)

$(BUILD)/helpers/%: tests/bench/%.c
	$(helper)

$(BUILD)/helpers/property: $(wildcard tests/property/*.[ch]) $(LIB)
	@mkdir -p $(@D)
	$(call say,LD)
	$(Q)$(CC) $(CPPFLAGS) $(CFLAGS) $(LDFLAGS) -o $@ $(filter %.c,$^) \
	    $(LIB) $(LDLIBS)

$(BUILD)/helpers/inject.so: tests/inject/inject.c
	@mkdir -p $(@D)
	$(call say,LD)
	$(Q)$(CC) $(STD) -D_GNU_SOURCE $(WARNINGS) -fPIC -shared -o $@ $< -ldl

-include $(wildcard $(BUILD)/*.d $(BUILD)/*/*.d $(BUILD)/*/*/*.d)

## make		builds the programs into bin/; V=1 shows the commands
## make demo	installs what is missing, builds, records real processes
demo:
	sh tests/setup.sh build run
	$(MAKE) all
	sh tests/demo.sh

## make check	installs what is missing, builds, runs all tests; some of
##		them: make check TESTS=tests/pt-sort.t. It says which packages
##		it would add, how large they are and what stays, and asks
check:
	sh tests/setup.sh build run tests
	$(MAKE) all tests
	$(MAKE) fuzz-targets
	@: >$(BUILD)/skipped
	env -u MAKEFLAGS -u MFLAGS -u MAKELEVEL BIN=$(abspath $(BIN)) \
	    HELPERS=$(abspath $(BUILD)/helpers) SKIPPED=$(abspath $(BUILD)/skipped) \
	    sh tests/prove.sh -j2 --timer $(TESTS)

# what the tests need besides the programs
tests: $(UNIT) $(HELPERS)

## make check-san	all tests with AddressSanitizer, LeakSanitizer and UBSan
SAN = -fsanitize=address,undefined -fno-sanitize-recover=all
check-san:
	SAN=1 ASAN_OPTIONS=detect_leaks=1 UBSAN_OPTIONS=print_stacktrace=1 \
	$(MAKE) check BUILD=build/san BIN=build/san/bin \
	    CFLAGS='-g -O1 -fno-omit-frame-pointer $(SAN)' LDFLAGS='$(SAN)'

## make check-versions	the tracer on the bpftrace of several Debian releases:
##		makes a root of each with debootstrap
check-versions: all tests
	BIN=$(abspath $(BIN)) HELPERS=$(abspath $(BUILD)/helpers) sh tests/versions.sh

## make check-musl	all programs, built with musl instead of glibc; their tests
check-musl:
	sh tests/setup.sh build run tests musl
	$(MAKE) tests
	env -u MAKEFLAGS -u MFLAGS -u MAKELEVEL HELPERS=$(abspath $(BUILD)/helpers) \
	    sh tests/musl.sh $(BUILD)/musl

## make check-fleet	what is beyond one machine: 1,000 runs of 1,000 processes in
##		ClickHouse, sqlite3 and DuckDB; some minutes
check-fleet:
	sh tests/setup.sh build run tests fleet
	$(MAKE) all
	env -u MAKEFLAGS -u MFLAGS -u MAKELEVEL BIN=$(abspath $(BIN)) \
	    HELPERS=$(abspath $(BUILD)/helpers) prove -v tests/fleet/*.t

## make check-firefox	the report in Firefox, as make check does in Chromium; some minutes
check-firefox:
	sh tests/setup.sh build run tests firefox
	$(MAKE) all tests
	env -u MAKEFLAGS -u MFLAGS -u MAKELEVEL BIN=$(abspath $(BIN)) \
	    HELPERS=$(abspath $(BUILD)/helpers) BROWSER='firefox-esr firefox' \
	    prove tests/pt-render-html.t

## make check-package	the Debian package and the tarball, in a fresh Debian
check-package: deb
	sh tests/package.sh $(BUILD)/deb

## make lint	what compilers and checkers have to say
lint: lint-gcc lint-clang
	$(if $(MAN),mandoc -Tlint -Wwarning $(MAN))
	shellcheck -x -P SCRIPTDIR -e SC2317 $(SCRIPTS)
	cppcheck --quiet --error-exitcode=1 --inline-suppr --std=c11 -Isrc \
	    --enable=warning,performance,portability \
	    --suppress=funcArgOrderDifferent src tests
	sh tests/html/lint.sh $(BUILD)/npm

lint-%:
	$(MAKE) all tests CC=$* CFLAGS='-O2 -g -Werror' \
	    BUILD=build/lint-$* BIN=build/lint-$*/bin

## make fuzz	every fuzz target for T=60 seconds; what is found is in
##		build/fuzz/finds
FUZZ = $(patsubst tests/fuzz/%.c,$(BUILD)/target/%,$(wildcard tests/fuzz/*.c))
T = 60
fuzz: fuzz-targets
	sh tests/fuzz/run.sh build/fuzz $(T)

# clang sees an overflow in NULL + 0, which every C compiler takes for NULL
fuzz-targets:
	$(MAKE) fuzz-build BUILD=build/fuzz CC=clang LDFLAGS= CFLAGS='-g -O1 \
	    -fsanitize=fuzzer-no-link,address,undefined \
	    -fno-sanitize=pointer-overflow -fno-sanitize-recover=all'

fuzz-build: $(FUZZ)

$(BUILD)/target/%: tests/fuzz/%.c $(LIB)
	@mkdir -p $(@D)
	$(call say,LD)
	$(Q)$(CC) $(CFLAGS) -D_GNU_SOURCE -fsanitize=fuzzer -MMD -MP -o $@ $< \
	    $(LIB) $(LDLIBS)

## make bench	what the programs cost, beside others that do alike: a table;
##		half an hour. BENCH=filters or BENCH=capture: only that part;
##		TIMES=N: medians of N runs
bench:
	sh tests/setup.sh build run tests bench
	$(MAKE) all tests
	BIN=$(abspath $(BIN)) HELPERS=$(abspath $(BUILD)/helpers) \
	    sh tests/bench/run.sh $(BUILD)/bench $(BENCH)

## make golden	rewrites what tests/golden.t expects: look at the diff
golden: all
	GOLDEN=write BIN=$(abspath $(BIN)) sh tests/golden.t

## make shots	pictures of reports in build/shots, to be looked at; RECORDINGS=... of these
##		files
RECORDINGS = $(wildcard tests/golden/*.pt)
shots: all
	BIN=$(abspath $(BIN)) sh tests/html/shots.sh $(BUILD)/shots $(RECORDINGS)

## make install	to PREFIX=/usr/local, under DESTDIR
# FILE:NAME below PREFIX
INSTALLED = bin/proctrace:bin/proctrace \
	$(foreach p,$(PROGRAMS),$(BIN)/$p:bin/$p) \
	$(BUILD)/libexec/$(HELPER):libexec/proctrace/$(HELPER) \
	$(foreach f,$(wildcard share/bpftrace/*),$f:share/proctrace/$(notdir $f)) \
	$(foreach f,$(MAN),$f:share/man/man$(subst .,,$(suffix $f))/$(notdir $f)) \
	$(foreach f,NEWS.md README.md,$f:share/doc/proctrace/$f) \
	$(foreach f,$(sort $(shell find share/doc -type f)),\
	    $f:$(f:share/doc/%=share/doc/proctrace/%)) \
	share/completions/_proctrace:$(ZSH)/_proctrace \
	share/completions/proctrace.bash:$(BASH)/proctrace \
	share/completions/proctrace.fish:$(FISH)/proctrace.fish \
	$(foreach p,$(PROGRAMS),=proctrace:$(BASH)/$p =proctrace.fish:$(FISH)/$p.fish)
BASH = share/bash-completion/completions
FISH = share/fish/vendor_completions.d
ZSH = share/zsh/site-functions
install: all
	$(Q)sh src/tools/install.sh "$(DESTDIR)" "$(PREFIX)" $(INSTALLED)

## make uninstall	from there
uninstall:
	sh src/tools/install.sh -r "$(DESTDIR)" "$(PREFIX)"

## make dist	build/proctrace-VERSION.tar.gz, from what is in git; the same
##		bytes whenever, wherever and by whomever it is made
VERSION = $(shell sed -n 's/.*define PT_VERSION "\(.*\)"/\1/p' src/cli/options.h)
DIST = proctrace-$(VERSION)
# a tarball has no .git, and all of it has one time
ifneq ($(wildcard .git),)
FILES = git ls-files
SOURCE_DATE_EPOCH ?= $(shell git log -1 --format=%ct)
else
FILES = find . -path ./build -prune -o -type f ! -path './bin/pt-*' \
	-printf '%P\n'
SOURCE_DATE_EPOCH ?= $(shell stat -c %Y Makefile)
endif
dist:
	@mkdir -p $(BUILD)
	$(FILES) >$(BUILD)/dist.files
	LC_ALL=C sort -o $(BUILD)/dist.files $(BUILD)/dist.files
	tar -c -f $(BUILD)/$(DIST).tar -T $(BUILD)/dist.files --format=ustar \
	    --owner=0 --group=0 --numeric-owner --mode=u=rwX,go=rX \
	    --mtime=@$(SOURCE_DATE_EPOCH) --transform='s|^|$(DIST)/|'
	gzip -9 -n -f $(BUILD)/$(DIST).tar

## make dist-static	build/proctrace-VERSION-linux-MACHINE.tar.gz, programs that need
##		no library and no package, to be unpacked in a PREFIX; and SHA256SUMS
STATIC = $(DIST)-linux-$(shell uname -m)
dist-static: dist
	sh tests/setup.sh build musl
	sh tests/musl.sh $(BUILD)/musl tests/golden.t
	rm -rf $(BUILD)/static
	mkdir -p $(BUILD)/static/$(STATIC)
	sh src/tools/install.sh $(BUILD)/static /$(STATIC) \
	    $(patsubst $(BIN)/%,$(BUILD)/musl/bin/%,\
	    $(patsubst $(BUILD)/libexec/%,$(BUILD)/musl/libexec/%,$(INSTALLED)))
	strip $(PROGRAMS:%=$(BUILD)/static/$(STATIC)/bin/%)
	cp LICENSE-MIT LICENSE-APACHE $(BUILD)/static/$(STATIC)
	rm $(BUILD)/static/$(STATIC)/share/proctrace/installed
	tar -c -C $(BUILD)/static -f $(BUILD)/$(STATIC).tar --format=ustar \
	    --sort=name --owner=0 --group=0 --numeric-owner \
	    --mtime=@$(SOURCE_DATE_EPOCH) $(STATIC)
	gzip -9 -n -f $(BUILD)/$(STATIC).tar
	cd $(BUILD) && sha256sum $(DIST).tar.gz $(STATIC).tar.gz >SHA256SUMS

## make deb	the Debian package and its source, in build/deb
deb: dist
	sh tests/setup.sh build package
	rm -rf $(BUILD)/deb
	mkdir $(BUILD)/deb
	umask 022 && tar -x -C $(BUILD)/deb -f $(BUILD)/$(DIST).tar.gz && \
	    cp -R $(BUILD)/deb/$(DIST)/share/debian $(BUILD)/deb/$(DIST)
	mv $(BUILD)/$(DIST).tar.gz \
	    $(BUILD)/deb/proctrace_$(VERSION).orig.tar.gz
	cd $(BUILD)/deb/$(DIST) && env -u MAKEFLAGS -u MFLAGS -u MAKELEVEL \
	    dpkg-buildpackage -us -uc
	lintian -i --pedantic --fail-on warning $(BUILD)/deb/*.changes

## make clean	removes what was built
clean:
	rm -rf build bin/pt-*

help:
	@sed -n 's/^## *//p' Makefile

.PHONY: all demo check tests check-versions check-san check-musl \
	check-package check-fleet check-firefox lint fuzz fuzz-targets fuzz-build \
	bench golden shots install uninstall dist dist-static deb clean help
.SECONDARY:
