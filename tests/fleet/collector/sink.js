/* sink.js - usage: node sink.js FILE: takes what an exporter of OTLP/JSON sends to
 * 127.0.0.1, and appends each request to FILE as a line. Prints its port. */
'use strict';

const fs = require('node:fs');
const http = require('node:http');

const server = http.createServer((request, response) => {
	const parts = [];

	request.on('data', part => parts.push(part));
	request.on('end', () => {
		fs.appendFileSync(process.argv[2], Buffer.concat(parts) + '\n');
		response.writeHead(200, { 'content-type': 'application/json' });
		response.end('{}');
	});
});

server.listen(0, '127.0.0.1', () => console.log(server.address().port));
