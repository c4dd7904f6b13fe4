# clickhouse.sh - two servers of ClickHouse on 127.0.0.1, in the current directory
# shellcheck shell=sh

# free_ports N: so many that nobody listens on
free_ports() {
	perl -MIO::Socket::INET -e 'my @all = map { IO::Socket::INET->new(
	    Listen => 1, LocalAddr => "127.0.0.1") or die } 1 .. shift;
	    print join(" ", map { $_->sockport } @all), "\n"' "$1"
}

# shard PORT
shard() {
	echo "<shard><replica><host>127.0.0.1</host><port>$1</port></replica></shard>"
}

# configure DIR TCP HTTP INTERSERVER: makes DIR/config.xml and users.xml
configure() {
	mkdir -p "$1"
	cat >"$1/config.xml" <<-CONFIG
	<yandex>
	<logger><level>warning</level><log>$PWD/$1/log</log>
	<errorlog>$PWD/$1/errors</errorlog></logger>
	<listen_host>127.0.0.1</listen_host>
	<tcp_port>$2</tcp_port><http_port>$3</http_port>
	<interserver_http_port>$4</interserver_http_port>
	<interserver_http_host>127.0.0.1</interserver_http_host>
	<path>$PWD/$1/data/</path><tmp_path>$PWD/$1/tmp/</tmp_path>
	<mark_cache_size>100000000</mark_cache_size>
	<users_config>users.xml</users_config>
	<default_profile>default</default_profile>
	<default_database>default</default_database>
	<remote_servers><proctrace>$shards</proctrace></remote_servers>
	</yandex>
	CONFIG
	cat >"$1/users.xml" <<-'USERS'
	<yandex>
	<profiles><default><max_threads>2</max_threads></default></profiles>
	<users><default><password></password>
	<networks><ip>127.0.0.1</ip></networks>
	<profile>default</profile><quota>default</quota></default></users>
	<quotas><default></default></quotas>
	</yandex>
	USERS
}

# serve DIR PORT: starts the server, and waits until it answers
serve() {
	(cd "$1" && exec clickhouse-server --config-file=config.xml) \
	    >"$1/out" 2>&1 &
	servers="$servers $!"
	tries=0
	until sql "$2" 'SELECT 1' >/dev/null 2>&1; do
		tries=$((tries + 1))
		[ "$tries" -lt 150 ] || { cat "$1/out" "$1/errors" >&2; return 1; }
		sleep 0.2
	done
}

# sql PORT QUERY [OPTION ...]
sql() {
	port=$1 query=$2
	shift 2
	timeout 60 clickhouse-client --host 127.0.0.1 --port "$port" "$@" \
	    --query "$query"
}

# start: both, with the schema; $one and $two are their ports
start() {
	servers=
	# shellcheck disable=SC2046 # six ports
	set -- $(free_ports 6)
	one=$1 two=$2
	shards=$(shard "$one")$(shard "$two")
	configure one "$one" "$3" "$4"
	configure two "$two" "$5" "$6"
	serve one "$one" && serve two "$two" || return
	for port in "$one" "$two"; do
		clickhouse-client --host 127.0.0.1 --port "$port" --multiquery \
		    <"$ROOT/share/clickhouse/schema.sql" || return
	done
}

stop() {
	for pid in $servers; do
		kill "$pid" && wait "$pid"
	done 2>/dev/null
}
