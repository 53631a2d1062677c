import { expect, test } from 'vitest'
import { checkLines } from './check-lines.ts'
import { columnProblems, guessColumns } from './columns.ts'
import { parseCsv } from './parse-csv.ts'
import { wrongLinesCsv } from './wrong-lines.ts'

const CSR = `-----BEGIN CERTIFICATE REQUEST-----\n${'MIHM'.padEnd(64, 'A')}\n${'A'.repeat(8)}\n-----END CERTIFICATE REQUEST-----`

function check(text: string) {
  const table = parseCsv(text)
  return checkLines(table, guessColumns(table.header?.cells ?? []))
}

test('columns are known by their headers; what is none of them is an attribute', () => {
  expect(
    guessColumns(['Thing name', 'type', 'Groups', 'billing_group', 'CSR', 'attributes.site', 'serial', 'a note']),
  ).toEqual([
    { kind: 'thingName' },
    { kind: 'thingTypeName' },
    { kind: 'thingGroups' },
    { kind: 'billingGroupName' },
    { kind: 'certificateSigningRequest' },
    { kind: 'attribute', name: 'site' },
    { kind: 'attribute', name: 'serial' },
    { kind: 'ignored' },
  ])
  expect(guessColumns(['name', 'thing'])).toEqual([{ kind: 'thingName' }, { kind: 'attribute', name: 'thing' }])
  expect(columnProblems([{ kind: 'attribute', name: 'a b' }])).toHaveLength(2)
  expect(
    columnProblems([{ kind: 'thingName' }, { kind: 'attribute', name: 'a' }, { kind: 'attribute', name: 'a' }]),
  ).toEqual(['Two columns are for the same attribute: a.'])
})

test('a line becomes a thing', () => {
  const [line] = check(
    `name,type,groups,billing group,site,csr\n pump-1 ,pump,halls;north halls,cost-7,hall/2,"${CSR}"\n`,
  )
  expect(line).toMatchObject({
    problems: [],
    thing: {
      thingName: 'pump-1',
      thingTypeName: 'pump',
      thingGroupNames: ['halls', 'north'],
      billingGroupName: 'cost-7',
      attributes: { site: 'hall/2' },
      certificateSigningRequest: `${CSR}\n`,
    },
  })
  const [other] = check(`name,csr\npump-1,"${CSR.replaceAll('\n', '\\n')}"\n`)
  expect(other?.thing?.certificateSigningRequest).toBe(`${CSR}\n`)
})

test.each([
  ['name,site\n,north\n', 0, 'The name of the thing is missing.'],
  ['name\npump 1\n', 0, 'A blank cannot be in the name of a thing: AWS takes letters, digits and : _ -'],
  ['name\npümp\n', 0, 'The character ü cannot be in the name of a thing'],
  [`name\n${'x'.repeat(129)}\n`, 0, 'The name of a thing has up to 128 characters; this one has 129.'],
  ['name,site\na,hall 2\n', 1, 'A blank cannot be in an attribute'],
  [`name,site\na,${'x'.repeat(801)}\n`, 1, 'A value has up to 800 characters; this one has 801.'],
  ['name,type\na,a type\n', 1, 'A blank cannot be in the name of a thing type'],
  ['name,groups\na,hall!\n', 1, 'The character ! cannot be in the name of a group'],
  [
    `name,groups\na,${Array.from({ length: 11 }, (_, index) => `g${index}`).join(';')}\n`,
    1,
    'up to 10 groups; this one would be in 11',
  ],
  ['name,csr\na,none\n', 1, 'This is no certificate signing request in PEM (PKCS #10).'],
  [
    'name,a1,a2,a3,a4\na,1,2,3,4\n',
    undefined,
    'A thing without a thing type has up to 3 attributes; this one would have 4.',
  ],
  ['name\na\u200bb\n', 0, 'A character that cannot be seen (U+200B) cannot be in the name of a thing'],
  ['name,site\na,"b\r\nc"\n', 1, 'An end of line (the quotation mark before it is closed in a later line) cannot be'],
  ['name,site\na\n', undefined, 'The line has 1 cell, and the header 2.'],
  ['name,site\n name,site\n', undefined, 'The line is the header once more.'],
  ['name,site\na,"b" c\n', undefined, 'Text stands behind the closing quotation mark: c'],
])('%j is wrong', (text, column, message) => {
  const [line] = check(text)
  expect(line?.thing).toBeUndefined()
  expect(line?.problems[0]?.column).toBe(column)
  expect(line?.problems[0]?.message).toContain(message)
})

test('a name that stands twice is wrong where it stands the second time', () => {
  const lines = check('name\na\nb\na\n')
  expect(lines.map(({ problems }) => problems.map(({ message }) => message))).toEqual([
    [],
    [],
    ['The same name stands in line 2.'],
  ])
})

test('wrong lines are a file that can be mended and read again', () => {
  const table = parseCsv('name;site\na b;"x;y"\ngood;north\n;south\n')
  const lines = checkLines(table, guessColumns(table.header?.cells ?? []))
  const again = parseCsv(wrongLinesCsv(table, lines))
  expect(again.delimiter).toBe(';')
  expect(again.rows.map(({ cells }) => cells.slice(0, 2))).toEqual([
    ['a b', 'x;y'],
    ['', 'south'],
  ])
  expect(again.rows[0]?.cells[2]).toMatch(/^line 2: A blank/)
})
