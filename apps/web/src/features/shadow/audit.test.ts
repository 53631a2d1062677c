import { JsonNumber, JsonObject } from '@thingdeck/json'
import { expect, test, vi } from 'vitest'
import { fakeApi } from '../../../test/fake-api.ts'
import { reportChange } from './audit.ts'
import type { Change } from './model/change.ts'

const desired = (value: number) => JsonObject.from([['speed', JsonNumber.of(value)]])

const CHANGE: Change = {
  id: 'thingdeck:Ada:1',
  purpose: 'update',
  attempt: 2,
  version: 4,
  before: { desired: desired(1) },
  wanted: { desired: desired(3) },
  patch: { desired: desired(3) },
  askedAtMs: 0,
  status: { kind: 'accepted', version: 7, atMs: 1 },
  device: { kind: 'awaited' },
}

test.each([
  [CHANGE, { beforeVersion: 4, version: 7 }],
  [{ ...CHANGE, version: undefined }, { version: 7 }],
])(
  'the audit trail is told the version that the values before are of, and the one that was made',
  async (change, versions) => {
    let sent: unknown
    fakeApi({
      'POST /api/audit/mqtt-writes': (_, init) => {
        sent = JSON.parse(String(init?.body))
        return new Response(null, { status: 204 })
      },
    })
    const writer = { sessionKey: 'key-of-ada', clientId: 'thingdeck-ada-1' }
    reportChange({ thingName: 'fan-1', shadowName: undefined }, change, writer)
    await vi.waitFor(() => expect(sent).toBeDefined(), { timeout: 20_000 })
    expect(sent).toMatchObject({
      writer,
      write: {
        kind: 'shadow-update',
        thingName: 'fan-1',
        clientToken: 'thingdeck:Ada:1-2',
        changes: [{ path: '$.desired.speed', beforeText: '1', afterText: '3' }],
        ...versions,
      },
    })
  },
)
