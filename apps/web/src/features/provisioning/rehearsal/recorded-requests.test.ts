// @vitest-environment node
import { expect, test } from 'vitest'
import { GzipWriter } from '../../../shared/recording/gzip-writer.ts'
import { endLine, headerLine, messageLine } from '../../../shared/recording/recording-format.ts'
import { MOST_DEVICES, requestsIn } from './recorded-requests.ts'

const TOPIC = '$aws/provisioning-templates/pumps/provision/json'

async function recording(messages: readonly (readonly [topic: string, text: string])[]): Promise<File> {
  const writer = new GzipWriter()
  writer.line(headerLine({ startedAtMs: 1, subscriptions: [] }))
  for (const [topic, text] of messages) {
    const payload = new TextEncoder().encode(text)
    writer.line(messageLine({ topic, payload, qos: 0, retain: false, dup: false, receivedAtMs: 1 }))
  }
  writer.line(endLine({ atMs: 2, messages: messages.length, gaps: 0 }))
  return new File([await writer.finish()], 'line-1.ndjson.gz')
}

test('of a recording the requests of that template count, and of too many the newest', async () => {
  const asked = Array.from(
    { length: MOST_DEVICES + 1 },
    (_, index) => [TOPIC, `{"parameters":{"Serial":"${index}"}}`] as const,
  )
  const others = [
    ['$aws/provisioning-templates/valves/provision/json', '{"parameters":{"Serial":"other"}}'],
    [`${TOPIC}/accepted`, '{"thingName":"pump-1"}'],
    [TOPIC, '{"parameters":{"Serial":7}}'],
    [TOPIC, 'no JSON'],
  ] as const
  const found = await requestsIn(await recording([...asked, ...others]), 'pumps')
  expect(found.map(({ parameters }) => parameters.Serial)).toEqual(
    Array.from({ length: MOST_DEVICES }, (_, index) => String(index + 1)),
  )
  expect(found[0]?.label).toMatch(/, line-1\.ndjson\.gz$/)
})

test('a file that is no recording is said', async () => {
  await expect(requestsIn(new File(['{}'], 'other.json'), 'pumps')).rejects.toThrow(/recording/i)
})
