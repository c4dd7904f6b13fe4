/* decode - OTLP/JSON as the published definitions of OTLP have it
 *
 * node decode.js FILE	each line is an ExportTraceServiceRequest: prints what is
 *			left of it after it was a message of Protobuf, with its
 *			keys in order, or says what is no part of one
 * node decode.js --serve N	takes requests on a port of 127.0.0.1, which it
 *			prints; the first one is answered with 503 although it
 *			was taken. After N requests it prints how many spans it
 *			was sent, and how many there are. */
'use strict';
const fs = require('fs');
const http = require('http');
const root = require('./root.js');

const Request = root.opentelemetry.proto.collector.trace.v1
    .ExportTraceServiceRequest;
const ids = ['traceId', 'spanId', 'parentSpanId'];

/* IDs are hexadecimal in OTLP/JSON, and bytes in messages. */
const bytes = (key, value) =>
	ids.includes(key) ? Buffer.from(value, 'hex') : value;

const isEmpty = (value) => Array.isArray(value) && !value.length;

/* A copy whose objects have their keys in order; IDs are hexadecimal. An empty
 * array is no part of a message. */
function ordered(value, key) {
	if (ids.includes(key))
		return Buffer.from(value).toString('hex');
	if (Array.isArray(value))
		return value.map((item) => ordered(item));
	if (typeof value !== 'object' || value === null)
		return value;
	return Object.fromEntries(Object.keys(value).sort()
	    .filter((name) => !isEmpty(value[name]))
	    .map((name) => [name, ordered(value[name], name)]));
}

/* The line as a message and back. */
function through(line) {
	const message = Request.fromObject(JSON.parse(line, bytes));
	const wrong = Request.verify(message);

	if (wrong)
		throw new Error(wrong);
	return Request.toObject(Request.decode(Request.encode(message).finish()),
	    { longs: String, arrays: false });
}

function difference(want, got) {
	let at = 0;

	while (want[at] === got[at])
		at++;
	at = Math.max(at - 80, 0);
	return `not the same:\n- ${want.substr(at, 160)}\n` +
	    `+ ${got.substr(at, 160)}`;
}

function decode(file) {
	for (const line of fs.readFileSync(file, 'utf8').split('\n')) {
		if (!line)
			continue;
		const got = JSON.stringify(ordered(through(line)));
		const want = JSON.stringify(ordered(JSON.parse(line, bytes)));

		if (got !== want)
			throw new Error(difference(want, got));
		console.log(got);
	}
}

function spans(request) {
	return request.resourceSpans.flatMap((of) => of.scopeSpans)
	    .flatMap((of) => of.spans);
}

function serve(limit) {
	const seen = new Set();
	let requests = 0, sent = 0;

	function take(body, response) {
		const all = spans(through(body));

		for (const span of all)
			seen.add(`${Buffer.from(span.traceId).toString('hex')} ` +
			    Buffer.from(span.spanId).toString('hex'));
		sent += all.length;
		response.writeHead(requests++ ? 200 : 503,
		    { 'content-type': 'application/json' });
		response.end('{}');
		if (requests === limit) {
			console.log(`${sent} sent, ${seen.size} there`);
			server.close();
			server.closeAllConnections();
		}
	}

	const server = http.createServer((request, response) => {
		const parts = [];

		request.on('data', (part) => parts.push(part));
		request.on('end', () => {
			const json = request.headers['content-type'] ===
			    'application/json' && request.url === '/v1/traces';

			if (json)
				take(Buffer.concat(parts).toString('utf8'), response);
			else
				response.writeHead(415).end();
		});
	});
	server.listen(0, '127.0.0.1', () => console.log(server.address().port));
}

if (process.argv[2] === '--serve')
	serve(Number(process.argv[3]));
else
	decode(process.argv[2]);
