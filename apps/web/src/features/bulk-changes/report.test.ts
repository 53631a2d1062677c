import { expect, test } from 'vitest'
import { reportCsv, reportJsonLines } from './report.ts'

const RESULTS = [
  {
    target: 'pump-1',
    outcome: 'changed' as const,
    changes: [
      { path: '$.attributes.site', beforeText: '"a"', afterText: '"b"' },
      { path: '$.attributes.room', beforeText: '"1"' },
    ],
    version: 3,
  },
  { target: '=1+1', outcome: 'failed' as const, code: 'ThrottlingException', message: 'Rate, exceeded' },
]

test('the report has a line for each change, and no line is a formula', () => {
  expect(reportCsv(RESULTS).split('\r\n')).toEqual([
    'target,outcome,path,before,after,version,code,message',
    'pump-1,changed,$.attributes.site,"""a""","""b""",3,,',
    'pump-1,changed,$.attributes.room,"""1""",,3,,',
    '\'=1+1,failed,,,,,ThrottlingException,"Rate, exceeded"',
    '',
  ])
})

test('as JSON Lines it is what the API says', () => {
  expect(
    reportJsonLines(RESULTS)
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line)),
  ).toEqual(RESULTS)
})
