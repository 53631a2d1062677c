import { AwsError } from '@thingdeck/aws-api'
import { pino } from 'pino'
import { expect, test } from 'vitest'
import { Database } from './foundation/database.ts'
import { WholeRequests } from './whole-requests.ts'

/** Requests that write texts; `reread` is what was there each time that what is in memory was found out anew. */
function fixture() {
  const database = new Database(':memory:')
  database.migrate('a', ['CREATE TABLE written (text TEXT NOT NULL)'])
  const texts = () => database.all<{ text: string }>('SELECT text FROM written').map(({ text }) => text)
  const reread: string[][] = []
  const requests = new WholeRequests({
    database,
    log: pino({ level: 'silent' }),
    reread: () => {
      reread.push(texts())
      throw new Error('it cannot be read')
    },
  })
  const write = (text: string) => database.run('INSERT INTO written VALUES (?)', text)
  return { requests, write, texts, reread }
}

test('what was written before a refusal stays, and before a failure does not', () => {
  const { requests, write, texts, reread } = fixture()
  const ending = (error: Error) => () =>
    requests.perform(() => {
      write(error.message)
      throw error
    })
  expect(ending(new AwsError('ResourceNotFoundException', 'refused'))).toThrow('refused')
  expect(reread).toEqual([])
  expect(ending(new Error('failed'))).toThrow('failed')
  expect(reread).toEqual([['refused']])
  expect(requests.perform(texts)).toEqual(['refused'])
})

test('of one that waits, what it did at once is kept, and no transaction is open meanwhile', async () => {
  const { requests, write, texts, reread } = fixture()
  const ending = (error: Error) =>
    requests.perform(async () => {
      write(error.message)
      await Promise.resolve()
      throw error
    })
  const refused = ending(new AwsError('ResourceNotFoundException', 'refused'))
  const failed = ending(new Error('failed'))
  requests.perform(() => write('beside them'))
  await expect(refused).rejects.toThrow('refused')
  await expect(failed).rejects.toThrow('failed')
  expect(texts()).toEqual(['refused', 'failed', 'beside them'])
  expect(reread).toEqual([texts()])
})
