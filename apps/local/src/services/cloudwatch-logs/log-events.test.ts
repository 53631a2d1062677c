import { expect, onTestFinished, test } from 'vitest'
import { Database } from '../../foundation/database.ts'
import { EventTable } from './event-table.ts'
import { GroupTable } from './group-table.ts'
import { LogEvents } from './log-events.ts'
import { LogGroups } from './log-groups.ts'
import { LOG_MIGRATIONS, LOG_TABLES } from './log-schema.ts'

test('a page whose pattern costs much is short, and the pages together have all that there is', () => {
  const database = new Database(':memory:')
  onTestFinished(() => database.close())
  database.migrate(LOG_TABLES, LOG_MIGRATIONS)
  const clock = () => 5_000
  const groups = new LogGroups({ id: '123456789012', region: 'us-east-1' }, clock, new GroupTable(database))
  let ms = 0
  const stopwatch = () => {
    ms += 100 // each look at an event
    return ms
  }
  const events = new LogEvents(clock, new EventTable(database), groups, 2 ** 28, stopwatch)
  const entries = Array.from({ length: 100 }, (_, index) => ({ timestamp: index, message: `event ${index}` }))
  events.append('long', 's', entries)

  const pages: (string | undefined)[][] = []
  let nextToken: string | undefined
  do {
    const search = events.filter({ logGroupName: 'long', filterPattern: '%[02468]$%', ...(nextToken && { nextToken }) })
    let step = search.next()
    while (!step.done) step = search.next()
    pages.push((step.value.events ?? []).map(({ message }) => message))
    nextToken = step.value.nextToken
  } while (nextToken !== undefined)

  expect(pages.length).toBeGreaterThan(3)
  expect(pages.flat()).toEqual(entries.filter((_, index) => index % 2 === 0).map(({ message }) => message))
})
