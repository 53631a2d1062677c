import { expect, test } from 'vitest'
import { completeSql } from './complete.ts'
import { createObject } from './value.ts'

const SAMPLE = createObject([
  ['temperature', 21.5],
  [
    'site',
    createObject([
      ['name', 'Berlin'],
      ['my-key', 1],
    ]),
  ],
])
const CONTEXT = { sqlVersion: '2016-03-23', sample: SAMPLE, topicFilters: ['plant/+/data', 'site/#'] } as const

/** Where the cursor is, there is a `|`. */
function complete(marked: string) {
  const offset = marked.indexOf('|')
  const { from, options } = completeSql(marked.replace('|', ''), offset, CONTEXT)
  return { replaced: marked.slice(from, offset), labels: options.map(({ label }) => label), options }
}

test.each([
  ['|', ['SET', 'SELECT']],
  ['SEL|', ['SELECT']],
  ["sel| FROM 'x'", ['SELECT']],
  ['SELECT te|', ['temperature']],
  ['SELECT site.|', ['name']],
  ['SELECT *.site.n|', ['name']],
  ['SELECT upper(site.n|', ['name']],
  ['SELECT (a).|', []],
  ['SELECT cast(a AS de|', ['decimal']],
  ['SELECT cast(a |', ['OR', 'AND', '=', '<>', '<', '<=', '>', '>=', 'IN', '+', '-', '*', '/', '%', 'AS']],
  ['SELECT a F|', ['FROM']],
  ["SELECT a FROM '|", ["'plant/+/data'", "'site/#'"]],
  ["SELECT a FROM 'pl|", ["'plant/+/data'"]],
  ['SELECT a FROM |', ["'plant/+/data'", "'site/#'"]],
  ["SELECT a FROM 'x' W|", ['WHERE']],
  ["SELECT a FROM 'x' WHERE tem|", ['temperature']],
  ["SELECT a FROM 'x' WHERE NOT tem|", ['temperature']],
  ['SET @limit = 1, @other = 2 SELECT @|', ['@limit', '@other']],
  ['SET @limit = 1 SELECT @li|', ['@limit']],
  ['SELECT CASE a WHEN 1 T|', ['THEN']],
  ['SELECT CASE a WHEN 1 THEN 2 E|', ['ELSE', 'END']],
  ['SELECT a AS |', []],
  ['SELECT a b |', []],
  ["SELECT 'tem|", []],
])('%s offers %j', (marked, expected) => {
  const { labels } = complete(marked)
  expect(labels.toSorted()).toEqual(expected.toSorted())
})

test('replaces the word before the cursor', () => {
  expect(complete('SELECT temp|').replaced).toBe('temp')
  expect(complete("SELECT a FROM 'pl|").replaced).toBe("'pl")
  expect(complete('SELECT a.|').replaced).toBe('')
})

test('offers functions of the version, and says the type of fields', () => {
  const labels = (sqlVersion: '2015-10-08' | '2016-03-23') =>
    completeSql('SELECT ', 7, { ...CONTEXT, sqlVersion }).options.map(({ label }) => label)
  expect(labels('2016-03-23')).toEqual(expect.arrayContaining(['abs', 'encode', 'temperature', '*', 'CASE', 'NULL']))
  expect(labels('2015-10-08')).not.toContain('encode')
  expect(complete('SELECT si|').options).toContainEqual({ label: 'site', kind: 'field', detail: 'Object' })
})

test('says how a function is called, and what it gives', () => {
  expect(complete('SELECT regexp_s|').options).toEqual([
    { label: 'regexp_substr', kind: 'function', detail: '(text, pattern)', info: 'The first match.' },
  ])
  const [decode] = complete('SELECT deco|').options
  expect(decode?.detail).toBe("(text, 'base64') or (value, 'proto', bucket, key, file, messageType)")
  expect(complete('SELECT isn|').options.map(({ label }) => label)).toEqual(['isNull'])
  expect(complete('SELECT cas|').labels).toEqual(['cast', 'CASE'])
})

test('offers nothing in a text that is too long, and does not fail', () => {
  const text = `SELECT ${'a, '.repeat(60_000)}`
  expect(completeSql(text, text.length, CONTEXT).options).toEqual([])
})

test('a member that is called like a word of the language is offered as it can be read', () => {
  const sample = createObject([
    ['from', 'a'],
    ['o', createObject([['end', 1]])],
  ])
  const fields = (text: string) =>
    completeSql(text, text.length, { ...CONTEXT, sample })
      .options.filter(({ kind }) => kind === 'field')
      .map(({ label }) => label)
  expect(fields('SELECT ')).toEqual(["get(*, 'from')", 'o'])
  expect(fields('SELECT o.')).toEqual(['end'])
})
