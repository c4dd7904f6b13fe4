# the first pager that there is
env no-such-pager version.h || cat version.h >pages
