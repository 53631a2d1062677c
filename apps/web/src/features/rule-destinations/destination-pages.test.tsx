import { fireEvent, screen, waitFor } from '@testing-library/react'
import { addressOf, endpoints, type RuleDestination } from '@thingdeck/contract'
import { beforeAll, expect, test } from 'vitest'
import { json, type Routes, SESSION } from '../../../test/fake-api.ts'
import { loadPages } from '../../../test/load-pages.ts'
import { openApp } from '../../../test/open-app.tsx'
import { paths } from '../../shared/paths.ts'

const ARN = 'arn:aws:iot:us-east-1:123456789012:ruledestination/http/1'
const URL_OF_IT = 'https://example.com/hook'
const WAITING: RuleDestination = {
  arn: ARN,
  status: 'IN_PROGRESS',
  statusReason: 'Awaiting confirmation',
  createdAt: '2026-01-01T00:00:00Z',
  httpUrl: { confirmationUrl: URL_OF_IT },
}
const ADMIN = { ...SESSION, person: { id: 'grace', name: 'Grace', role: 'admin' as const } }
const USE = { ruleName: 'to_hook', isRuleDisabled: false, isErrorAction: false, action: 'http' as const }

function routes(destination: RuleDestination = WAITING) {
  const ofOne = addressOf(endpoints.getRuleDestination, { params: { arn: ARN } })
  const confirmed: string[] = []
  const handlers: Routes = {
    '/api/session': () => json(ADMIN),
    '/api/rule-destinations': () => json({ destinations: [destination] }),
    '/api/rule-destination-uses': () => json({ uses: [{ ...USE, confirmationUrl: URL_OF_IT }], isAll: true }),
    [ofOne]: () => json(destination),
    [`POST ${ofOne}/confirmation`]: (_: URL, init: RequestInit | undefined) => {
      confirmed.push(String(init?.body))
      return json({ ...destination, status: 'ENABLED' })
    },
    'POST /api/rule-destinations': () => json(destination),
  }
  return { confirmed, handlers }
}

beforeAll(() => loadPages('/rule-destinations', '/create-rule-destination'))

test('the list says the state, why, and how many rules send there; the look says what to do', async () => {
  const { handlers } = routes()
  openApp(paths.ruleDestinations({ look: [ARN] }), handlers)
  expect((await screen.findAllByText('Waits to be confirmed')).length).toBeGreaterThan(0)
  expect(screen.getAllByText('Awaiting confirmation').length).toBeGreaterThan(0)
  expect(await screen.findByText(/confirm with it here, or open the enableUrl/)).toBeTruthy()
  expect(await screen.findByRole('link', { name: 'to_hook' })).toBeTruthy()
})

test('it is confirmed by the line of a log in which the token is', async () => {
  const { handlers, confirmed } = routes()
  openApp(paths.ruleDestinations({ look: [ARN] }), handlers)
  fireEvent.click(await screen.findByRole('button', { name: 'Confirm destination' }))
  const field = await screen.findByLabelText('Token')
  fireEvent.change(field, { target: { value: 'nothing of the kind' } })
  const buttons = () => screen.getAllByRole('button', { name: 'Confirm destination' })
  fireEvent.click(buttons().at(-1) as HTMLElement) // the one in the dialog
  expect(await screen.findByText(/There is no token in this/)).toBeTruthy()
  fireEvent.change(field, { target: { value: 'POST /hook/?confirmationToken=abc%3D HTTP/1.1' } })
  fireEvent.click(buttons().at(-1) as HTMLElement)
  await waitFor(() => expect(confirmed).toEqual(['{"confirmationToken":"abc="}']))
  expect(await screen.findByText(`${URL_OF_IT} is confirmed and enabled`)).toBeTruthy()
})

test('who deletes it is told which rules send there', async () => {
  const { handlers } = routes({ ...WAITING, status: 'ENABLED' })
  openApp(paths.ruleDestinations({ look: [ARN] }), handlers)
  fireEvent.click(await screen.findByRole('button', { name: 'Delete destination' }))
  expect(await screen.findByText('1 rule sends there: to_hook.')).toBeTruthy()
})

test('of each kind its own fields, and what is wrong with them at the field', async () => {
  const { asked } = openApp('/create-rule-destination', routes().handlers)
  fireEvent.change(await screen.findByLabelText('Confirmation URL'), { target: { value: 'http://example.com' } })
  fireEvent.click(screen.getByRole('button', { name: 'Create destination' }))
  expect(await screen.findByText(/It begins with https/)).toBeTruthy()
  fireEvent.click(screen.getByLabelText('VPC'))
  fireEvent.change(await screen.findByLabelText('Subnets'), { target: { value: 'subnet-1, other' } })
  fireEvent.click(screen.getByRole('button', { name: 'Create destination' }))
  expect(await screen.findByText('Not the id of a subnet (subnet-…): other.')).toBeTruthy()
  expect(asked).not.toContain('POST /api/rule-destinations')
})
