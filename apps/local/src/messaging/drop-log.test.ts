import { pino } from 'pino'
import { expect, test } from 'vitest'
import { DropLog } from './drop-log.ts'

function open() {
  const lines: string[] = []
  const log = pino({ level: 'warn' }, { write: (line) => void lines.push(JSON.parse(line).msg) })
  const due: (() => void)[] = []
  const drops = new DropLog(log, (_, callback) => void due.push(callback))
  return { drops, later: () => due.shift()?.(), due, told: () => lines.splice(0) }
}

test('the first is told at once, what follows together, and nothing when there is nothing', () => {
  const { drops, later, due, told } = open()
  drops.add('pump-7', 'QUEUE_FULL')
  expect(told()).toEqual(['dropped: 1 message to pump-7'])
  for (let index = 0; index < 1000; index += 1) drops.add('pump-7', 'QUEUE_FULL')
  drops.add('pump-7', 'RATE')
  drops.add('pump-8', 'QUEUE_FULL')
  expect(told()).toEqual([])
  later()
  expect(told()).toEqual([
    'dropped: 1000 messages to pump-7',
    'dropped: 1 message to pump-7',
    'dropped: 1 message to pump-8',
  ])
  later()
  expect([told(), due]).toEqual([[], []])
  drops.add('pump-7', 'QUEUE_FULL')
  expect(told()).toHaveLength(1)
})

test('many receivers are not as many lines', () => {
  const { drops, later, told } = open()
  for (let index = 0; index < 500; index += 1) drops.add(`pump-${index}`, 'MEMORY_FULL')
  expect(told()).toHaveLength(1)
  later()
  expect(told().slice(-2)).toEqual(['dropped: 1 message to pump-20', 'dropped: 479 messages to other receivers'])
})
