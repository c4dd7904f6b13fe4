# needs more memory than one would think
awk 'BEGIN { for (i = 0; i < 500000; i++) line[i] = i "" }'
seq 100000 | sort -rn >numbers
rm numbers
