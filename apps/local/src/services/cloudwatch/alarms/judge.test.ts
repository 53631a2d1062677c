import { expect, test } from 'vitest'
import { judge, type MissingDataTreatment } from './judge.ts'

const TREATMENTS: readonly MissingDataTreatment[] = ['missing', 'ignore', 'breaching', 'notBreaching']

// Amazon CloudWatch User Guide, "How alarm state is evaluated when data is missing"; `keep` is the state as it is.
test.each([
  [3, '0 - X - X', 'OK OK OK OK'],
  [3, '0 - - - -', 'OK OK OK OK'],
  [3, '- - - - -', 'INSUFFICIENT_DATA keep ALARM OK'],
  [3, '0 X X - X', 'ALARM ALARM ALARM ALARM'],
  [3, '- - - - X', 'INSUFFICIENT_DATA keep ALARM OK'],
  [3, 'X - - - -', 'ALARM keep ALARM OK'],
  [3, '- - X - -', 'ALARM keep ALARM OK'],
  [2, '0 - X - X', 'ALARM ALARM ALARM ALARM'],
  [2, '0 0 X 0 X', 'ALARM ALARM ALARM ALARM'],
  [2, '0 - X - -', 'OK OK ALARM OK'],
  [2, '- - - - 0', 'OK OK ALARM OK'],
  [2, '- - - - X', 'INSUFFICIENT_DATA keep ALARM OK'],
])('%i of 3, %s: %s', (datapointsToAlarm, points, states) => {
  const breaches = points.split(' ').map((point) => (point === '-' ? undefined : point === 'X'))
  const judged = TREATMENTS.map((treatMissingData) => {
    return judge(breaches, { evaluationPeriods: 3, datapointsToAlarm, treatMissingData })?.state ?? 'keep'
  })
  expect(judged.join(' ')).toBe(states)
})
