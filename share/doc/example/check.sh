# runs each of tests/*.sh; fails if one of them does
bad=0
for t in tests/*.sh; do
	if sh "$t"; then
		echo "ok $t"
	else
		echo "not ok $t"
		bad=1
	fi
done
exit $bad
