# does its job again and again
while :; do
	cksum main.c >sums
	sleep 0.2
done
