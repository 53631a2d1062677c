import { expect, test } from 'vitest'
import { ENVIRONMENT, inputOf, runSql } from '../test/run-sql.ts'
import { compileRule } from './rule.ts'

const PAYLOAD =
  '{"temperature":21.5,"value":3,"a":{"b":{"c":5}},"topic":"field","nothing":null,"e":[{"n":"x","v":1},{"n":"y","v":2}]}'

// Source: AWS IoT developer guide, "SELECT clause", where no other is named.
test.each([
  ['SELECT *', PAYLOAD, 'the message as it is'],
  ['SELECT temperature, a.b.c AS d', '{"temperature":21.5,"d":5}', 'members with an alias'],
  ['SELECT a.b', '{"b":{"c":5}}', 'the last name of a path'],
  ['SELECT topic(2), upper(topic)', '{"topic":"pump-7","upper":"FIELD"}', 'the name of a function'],
  ['SELECT missing, temperature', '{"temperature":21.5}', 'Undefined is left out'],
  ['SELECT missing', '{}', 'and may leave nothing'],
  ['SELECT nothing', '{"nothing":null}', 'Null stays'],
  ['SELECT a.x, a.b.c.d, temperature.x, nothing.x', '{}', 'members of what has none'],
  ['SELECT a.b.*', '{"c":5}', 'the members of an object (awslabs/garnet-framework has such a rule)'],
  ['SELECT a.b.*, a.*, value', '{"c":5,"b":{"c":5},"value":3}', 'beside others'],
  ['SELECT missing.*, temperature.*, e.*, nothing.*', '{}', 'which only objects have'],
  ['SELECT 1 AS c, get(*, "a").b.*', '{"c":5}', 'the later of one name'],
  ['SELECT (SELECT x.* FROM [{"x": {"y": 1}}]) AS rows', '{"rows":[{"y":1}]}', 'in a nested query'],
  ['SELECT *, 15 AS speed', `${PAYLOAD.slice(0, -1)},"speed":15}`, 'the message and more'],
  ['SELECT *, 1 AS a', PAYLOAD.replace('{"b":{"c":5}}', '1'), 'the later of one name, at the place of the first'],
  [
    'SELECT 1 AS a, *',
    `{"a":{"b":{"c":5}},${PAYLOAD.slice(1).replace('"a":{"b":{"c":5}},', '')}`,
    'the later of one name',
  ],
  ['SELECT 1 AS x, 2 AS x', '{"x":2}', 'the later of one name'],
  ['SELECT * AS message, topic() AS t', `{"message":${PAYLOAD},"t":"plant/pump-7/data"}`, 'the message below a key'],
  [
    'SELECT temperature AS r.t, value AS r.v, 1 AS x.y.z',
    '{"r":{"t":21.5,"v":3},"x":{"y":{"z":1}}}',
    'dotted aliases merge',
  ],
  ['SELECT a, 1 AS a.d', '{"a":{"b":{"c":5},"d":1}}', 'also with what is there'],
  ['SELECT *, 1 AS a.b.d', PAYLOAD.replace('{"c":5}', '{"c":5,"d":1}'), 'also within the message'],
  ['SELECT 1 AS a.b, 2 AS a', '{"a":2}', 'a later value of the whole name'],
  ['SELECT 1 AS a, 2 AS a.b', '{"a":{"b":2}}', 'what is no object gives way'],
  ['SELECT missing AS a.b', '{}', 'no empty objects around what is Undefined'],
  ["SELECT {'k-1': value}", '{"k-1":3}', 'an object literal is the result'],
  ["SELECT {'k': 1} AS o, [value, missing, 'x'] AS l", '{"o":{"k":1},"l":[3,"x"]}', 'literals'],
  [
    "SELECT {'9': 1, 'b': 2, '1': 3, '__proto__': 4} AS o",
    '{"o":{"9":1,"b":2,"1":3,"__proto__":4}}',
    'any key, in its order',
  ],
  ['SELECT 1 AS __proto__, 2 AS constructor', '{"__proto__":1,"constructor":2}', 'no name is magic'],
  ['SELECT constructor, toString, __proto__, a.hasOwnProperty, e.length', '{}', 'nor read from nowhere'],
  ['SELECT VALUE temperature', '21.5', 'a bare value'],
  ['SELECT VALUE *', PAYLOAD, 'the bare message'],
  ['SELECT VALUE e', '[{"n":"x","v":1},{"n":"y","v":2}]', 'an array on top'],
  ['SELECT VALUE *.a.b', '{"c":5}', 'a path of the message'],
  ['SELECT VALUE missing', '', 'Undefined alone is the empty text'],
  ['SELECT VALUE -value', '-3', 'a sign'],
  ['SELECT value', '{"value":3}', 'a field of this name'],
  ['SELECT value AS v, value - 1 AS less, value * 2 AS more', '{"v":3,"less":2,"more":6}', 'a field of this name'],
  ['SELECT value - 1 AS less', '{"less":2}', 'a difference'],
  ['SELECT value * 2 AS more', '{"more":6}', 'a product'],
  ['SELECT topic, timestamp, a.value AS value', '{"topic":"field"}', 'functions are names without their parentheses'],
  ['SELECT Temperature', '{}', 'names have capitals'],
  ['select TOPIC() As t', '{"t":"plant/pump-7/data"}', 'keywords and functions have none'],
  ['SELECT CASE value WHEN 1 THEN "one" WHEN 3 THEN "three" END AS c', '{"c":"three"}', 'CASE: the first that equals'],
  ['SELECT CASE value WHEN "3" THEN "text" ELSE "none" END AS c', '{"c":"none"}', 'CASE: types differ'],
  ['SELECT CASE value WHEN 1 THEN 1 END AS c', '{}', 'CASE: nothing without ELSE'],
  ['SELECT CASE missing WHEN 1 THEN 1 ELSE 2 END AS c', '{}', 'CASE: Undefined whatever ELSE says'],
  ['SELECT CASE nothing WHEN null THEN 1 ELSE 2 END AS c', '{"c":1}', 'CASE: Null'],
  ['SET @a = value, @b = @a + 1 SELECT @b, @a AS first', '{"b":4,"first":3}', 'variables, in their order'],
  ["SET @a = {'x': [value]} SELECT get(@a.x, 0) AS x", '{"x":3}', 'variables have members'],
])('%s → %s (%s)', (sql, expected) => {
  expect(runSql(sql, PAYLOAD)).toBe(expected)
})

// Source: AWS IoT developer guide, "Nested object queries"; AWS's rule-validation tool for what is over an Object.
test.each([
  ["SELECT (SELECT v FROM e WHERE n = 'x') AS r", '{"r":[{"v":1}]}', 'objects'],
  ["SELECT (SELECT VALUE v FROM e WHERE n = 'x') AS r", '{"r":[1]}', 'bare values'],
  ["SELECT get((SELECT v FROM e WHERE n = 'y'), 0).v AS r", '{"r":2}', 'flattened'],
  ['SELECT (SELECT * FROM e) AS r', '{"r":[{"n":"x","v":1},{"n":"y","v":2}]}', 'the elements'],
  ['SELECT (SELECT VALUE s * 2 FROM scalars AS s) AS r', '{"r":[2,4]}', 'an alias is the element'],
  ['SELECT (SELECT s.v FROM e AS s) AS r', '{"r":[{"v":1},{"v":2}]}', 'an alias has its members'],
  ['SELECT (SELECT VALUE * FROM scalars WHERE * > 1) AS r', '{"r":[2]}', '* is the element'],
  ['SELECT (SELECT VALUE n FROM scalars) AS r', '{"r":[]}', 'what is Undefined is no item'],
  ["SELECT (SELECT n FROM e WHERE n = 'q') AS r", '{"r":[]}', 'none is an empty array'],
  ['SELECT (SELECT v, n FROM o) AS r', '{"r":{"v":7,"n":"o"}}', 'over an object: the row'],
  ['SELECT (SELECT VALUE v FROM o) AS r', '{"r":7}', 'over an object: the value'],
  ['SELECT (SELECT VALUE v FROM o WHERE v > 7) AS r', '{}', 'over an object that does not match'],
  [
    'SELECT VALUE (SELECT o.v AS v, topic() AS t FROM *)',
    '[{"v":7,"t":"plant/pump-7/data"}]',
    'over the message: an array of one',
  ],
  [
    'SELECT (SELECT v FROM missing) AS r, (SELECT v FROM nothing) AS s, (SELECT v FROM o.v) AS t',
    '{}',
    'over anything else',
  ],
  ['SELECT (SELECT VALUE name FROM e) AS r', '{"r":[]}', 'no field of the message within'],
  [
    'SELECT (SELECT n, (SELECT VALUE i + 1 FROM l AS i) AS l FROM deep) AS r',
    '{"r":[{"n":1,"l":[2,3]}]}',
    'queries within queries',
  ],
  [
    'SELECT (SELECT VALUE (SELECT VALUE d.n + i FROM d.l AS i) FROM deep AS d) AS r',
    '{"r":[[2,3]]}',
    'an alias of the query around',
  ],
  [
    'SELECT (SELECT VALUE (SELECT VALUE d FROM l AS d) FROM deep AS d) AS r',
    '{"r":[[1,2]]}',
    'the inner of two equal aliases',
  ],
  ["SET @n = 'y' SELECT (SELECT VALUE v FROM e WHERE n = @n) AS r", '{"r":[2]}', 'variables'],
  ['SELECT isnull(SELECT v FROM nothing) AS r', '{"r":false}', 'as an argument, without parentheses of its own'],
  ['SELECT 1 AS r WHERE EXISTS (SELECT * FROM e WHERE v = 2)', '{"r":1}', 'EXISTS'],
  ['SELECT 1 AS r WHERE EXISTS (SELECT * FROM e WHERE v = 3)', 'no match', 'EXISTS of none'],
  ['SELECT 1 AS r WHERE EXISTS (SELECT * FROM missing)', 'no match', 'EXISTS over nothing'],
])('%s → %s (%s)', (sql, expected) => {
  const payload =
    '{"name":"n","e":[{"n":"x","v":1},{"n":"y","v":2}],"scalars":[1,2],"o":{"v":7,"n":"o"},"nothing":null,"deep":[{"n":1,"l":[1,2]}]}'
  expect(runSql(sql, payload)).toBe(expected)
})

// Source: AWS IoT developer guide, "WHERE clause".
test.each([
  ['temperature > 20', true],
  ['temperature > 30', false],
  ['missing > 1', false],
  ['nothing', false],
  ['value', false],
  ["'true'", false],
  ['true', true],
  ['NOT isundefined(value)', true],
  ['missing <> 1', false],
  ['topic = "field" AND value IN [1, 2, 3]', true],
])('WHERE %s: only true runs the rule', (where, matches) => {
  expect(runSql(`SELECT value AS v WHERE ${where}`, PAYLOAD)).toBe(matches ? '{"v":3}' : 'no match')
})

test('an alias of SELECT is not known to WHERE', () => {
  expect(runSql('SELECT value AS v WHERE v = 3', PAYLOAD)).toBe('no match')
})

test.each([
  ['SELECT *', true],
  ['SELECT VALUE *', true],
  ['SELECT * WHERE value = 3', true],
  ['SELECT * AS message', false],
  ['SELECT *, 1 AS x', false],
  ['SELECT VALUE *.a', false],
])('%s hands the payload on: %s', (sql, selectsPayload) => {
  expect(compileRule(sql).selectsPayload).toBe(selectsPayload)
})

test('a rule that only hands the payload on reads it when its value is wanted', () => {
  const input = inputOf('{"a":1}')
  const outcome = compileRule("SELECT * FROM 'a'").run(input, ENVIRONMENT)
  if (outcome.kind !== 'result') throw new Error(`it was ${outcome.kind}`)
  expect(outcome.result).toEqual({ a: 1 })
  expect(outcome.variables).toEqual([])
})
