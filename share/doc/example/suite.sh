# a test suite that forgets to stop the server it has started
sleep 0.3
sh server.sh &
sleep 0.3
echo ok
