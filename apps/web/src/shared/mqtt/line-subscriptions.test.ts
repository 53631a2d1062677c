import { expect, test } from 'vitest'
import type { Line } from './line.ts'
import { LineSubscriptions } from './line-subscriptions.ts'

/** A connection that grants everything, and notes what it was asked for. */
function grantingLine() {
  const asked: string[] = []
  const line: Pick<Line, 'subscribe' | 'unsubscribe'> = {
    async subscribe(requests) {
      asked.push(...requests.map(({ filter }) => filter))
      return requests.map(({ qos }) => ({ kind: 'active', qos }) as const)
    },
    async unsubscribe() {},
  }
  return { asked, line: line as Line } // nothing else of it is asked for
}

test('a wish that comes right after one that asked for nothing is asked for', async () => {
  const { asked, line } = grantingLine()
  const subscriptions = new LineSubscriptions(line)
  void subscriptions.want([])
  await subscriptions.want([{ filter: 'a', qos: 1 }])
  expect(asked).toEqual(['a'])
})

test('a wish that comes in the very moment in which the one before is answered is asked for', async () => {
  const { asked, line } = grantingLine()
  const all = ['a', 'b', 'c', 'd'].map((filter) => ({ filter, qos: 1 as const }))
  const wishes: Promise<void>[] = []
  const subscriptions = new LineSubscriptions(line)
  wishes.push(subscriptions.want(all.slice(0, 1)))
  // One turn of the queue of promises later each: whichever it is in which the work ends.
  for (let turns = 0; turns < 12; turns += 1) {
    await Promise.resolve()
    wishes.push(subscriptions.want(all.slice(0, 1 + (turns % all.length))))
  }
  wishes.push(subscriptions.want(all))
  await Promise.all(wishes)
  expect([...new Set(asked)].sort()).toEqual(['a', 'b', 'c', 'd'])
})
