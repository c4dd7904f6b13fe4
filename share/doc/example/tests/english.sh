./hello World | grep -q 'hello, World'
