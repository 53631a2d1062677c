import { screen, within } from '@testing-library/react'
import type { AuthorizationFacts, IotLogEntry, Policy } from '@thingdeck/contract'
import { beforeAll, expect, test } from 'vitest'
import { json, type Routes, SESSION } from '../../../test/fake-api.ts'
import { loadPages } from '../../../test/load-pages.ts'
import { openApp } from '../../../test/open-app.tsx'
import {
  dropPolicyDraft,
  keepPolicyDraft,
  NEW_POLICY,
  readPolicyDraft,
} from '../../shared/policy-editor/policy-drafts.ts'
import { setPagePerson } from '../../shared/session/page-person.ts'

const PRINCIPAL = 'a'.repeat(64)
const PREFIX = `arn:aws:iot:${SESSION.region}:${SESSION.account}`
const documentOf = (topic: string) =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: { Effect: 'Allow', Action: 'iot:Publish', Resource: `${PREFIX}:topic/${topic}` },
  })

const POLICY: Policy = {
  policyName: 'device',
  policyArn: `${PREFIX}:policy/device`,
  policyDocument: documentOf('dt/*'),
  defaultVersionId: '1',
  versions: [
    { versionId: '2', isDefault: false },
    { versionId: '1', isDefault: true },
  ],
  tags: {},
}
const entry = (topicName: string, eventId: string): IotLogEntry => ({
  eventId,
  at: '2026-03-04T05:00:00.000Z',
  loggedAt: '2026-03-04T05:00:00.000Z',
  logStreamName: 's',
  message: '',
  eventType: 'Publish-In',
  status: 'Success',
  protocol: 'MQTT',
  clientId: 'pump-7',
  principalId: PRINCIPAL,
  topicName,
})
const FACTS: AuthorizationFacts = {
  arnPrefix: PREFIX,
  principal: { kind: 'certificate', certificateId: PRINCIPAL, certificateArn: '', status: 'ACTIVE', context: {} },
  things: [{ thingName: 'pump-7', isExclusive: false }],
  thing: { thingName: 'pump-7', attributes: {}, isExclusive: false },
  namesOtherThing: false,
  policies: [{ policyName: 'device', versionId: '1', document: POLICY.policyDocument, ways: [{ kind: 'principal' }] }],
}

const open = (path: string, routes: Routes = {}) =>
  openApp(path, {
    '/api/session': () => json({ ...SESSION, person: { ...SESSION.person, role: 'admin' } }),
    '/api/logging': () => json({ status: 'on', defaultLogLevel: 'INFO', events: [] }),
    '/api/policies/device': () => json(POLICY),
    '/api/policies/device/versions/2': () => json({ versionId: '2', policyDocument: documentOf('dt/pump-7/*') }),
    '/api/authorization/facts': () => json(FACTS),
    '/api/iot-logs': () =>
      json({
        outcome: 'entries',
        entries: [entry('dt/pump-7/t', '1'), entry('dt/pump-8/t', '2'), entry('dt/pump-8/t', '3')],
        throttled: 0,
      }),
    ...routes,
  })

beforeAll(() => loadPages('/policies/$policyName/rehearsal', '/policy-from-traffic', '/create-policy'))

test('a version is rehearsed with the traffic of the log, and only what changes is told', async () => {
  open('/policies/device/rehearsal?version=2')
  const table = await screen.findByRole('table', { name: 'What would change' })
  const row = await within(table).findByRole('row', { name: /dt\/pump-8\/t/ })
  expect(row.textContent).toMatch(/^Would be deniedpump-7iot:Publish dt\/pump-8\/t2/)
  expect(row.textContent).toContain(
    'Allowed now by statement 1 of the default version; nothing allows it by version 2.',
  )
  expect(within(table).getAllByRole('row')).toHaveLength(2)
  expect(await screen.findByText(/3 log entries since .*, of 1 clients · 3 requests compared\./)).toBeTruthy()
  expect(
    within(row)
      .getByRole('link', { name: /^Simulate/ })
      .getAttribute('href'),
  ).toContain('check=')
})

test('without a draft in this tab there is nothing to rehearse yet', async () => {
  setPagePerson(SESSION.person.id)
  dropPolicyDraft('device')
  open('/policies/device/rehearsal')
  expect(await screen.findByText(/There is no draft of this policy in this tab/)).toBeTruthy()
})

test('a draft that AWS would refuse is not rehearsed, but said so', async () => {
  setPagePerson(SESSION.person.id)
  keepPolicyDraft('device', '{"Version": "2012-10-17"}')
  open('/policies/device/rehearsal')
  expect(await screen.findByText('Line 1: Statement is missing.')).toBeTruthy()
})

test('a log that may not be read says what is missing', async () => {
  open('/policies/device/rehearsal?version=2', {
    '/api/iot-logs': () => json({ outcome: 'not-allowed', entries: [], throttled: 0, message: 'not authorized' }),
  })
  expect(await screen.findByText('The console may not read the log entries')).toBeTruthy()
})

test('a policy is made of what a client was seen to do, and goes on as a draft', async () => {
  open('/policy-from-traffic?client=pump-7')
  const table = await screen.findByRole('table', { name: 'Why each line is there' })
  const line = await within(table).findByRole('row', { name: /ThingName/ })
  expect(line.textContent).toContain('Seen once by pump-7; ${iot:Connection.Thing.ThingName} is the name of its thing')
  const edit = await screen.findByRole('button', { name: 'Edit it as a new policy' })
  edit.click()
  expect(await screen.findByRole('heading', { name: 'Create policy', level: 1 })).toBeTruthy()
  expect(readPolicyDraft(NEW_POLICY)).toContain('topic/dt/${iot:Connection.Thing.ThingName}/t')
})

test('of which client is asked first', async () => {
  open('/policy-from-traffic')
  expect(await screen.findByText('Say which client is looked at: its MQTT client id.')).toBeTruthy()
})
