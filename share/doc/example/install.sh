# usage: install.sh DIR
mkdir -p "$1/bin"
cp hello "$1/bin/hello"
chmod 755 "$1/bin/hello"
ln -sf hello "$1/bin/hi"
