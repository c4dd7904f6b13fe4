/* ask - node ask.js QUERY: what DuckDB answers, a row a line, TABs between */
'use strict';
const { DuckDBInstance } = require('@duckdb/node-api');

async function ask(query) {
	const instance = await DuckDBInstance.create(':memory:');
	const connection = await instance.connect();
	const reader = await connection.runAndReadAll(query);

	for (const row of reader.getRowsJson())
		console.log(row.map((value) => typeof value === 'object' ?
		    JSON.stringify(value) : value).join('\t'));
}

ask(process.argv[2]).catch((error) => {
	console.error(error.message);
	process.exit(1);
});
