import { fireEvent, screen } from '@testing-library/react'
import { expect, test, vi } from 'vitest'
import { renderLive } from '../../../../../test/render-live.tsx'
import type { FullMessage } from '../../protocol/stream.ts'
import type { DetailForm } from '../search.ts'
import { MessageDetail } from './message-detail.tsx'

const MESSAGE: FullMessage = {
  sequence: 7,
  receivedAtMs: 0,
  topic: 'dt/a',
  payload: new TextEncoder().encode('{"n":12345678901234567890}'),
  qos: 1,
  retain: true,
  dup: true,
  properties: { contentType: 'application/json', userProperties: [['who', 'ada']] },
  hint: { topic: 'dt/a', contentType: 'application/json' },
}

function open(form: DetailForm | undefined, message: FullMessage | undefined = MESSAGE) {
  const onForm = vi.fn()
  renderLive(<MessageDetail stream="main" sequence={7} form={form} onForm={onForm} onClose={() => {}} />, {
    'live.message': () => message,
  })
  return { onForm }
}

test('text shows every digit; flags are told in words', async () => {
  open('text')
  expect(await screen.findByText(/12345678901234567890/)).toBeTruthy()
  expect(screen.getByText(/QoS 1 · retained · sent again/)).toBeTruthy()
})

test('properties have the names of the standard', async () => {
  open('properties')
  expect(await screen.findByText('Content Type')).toBeTruthy()
  expect(screen.getByText('User Property who')).toBeTruthy()
})

test('tabs go with the arrows over what the payload is, and say why it is not the rest', async () => {
  const { onForm } = open('base64')
  const tab = await screen.findByRole('tab', { name: 'Base64', selected: true })
  expect(screen.getByRole('tab', { name: 'CBOR' }).title).toMatch(/^Not CBOR: /)
  fireEvent.keyDown(tab, { key: 'ArrowRight' })
  expect(onForm).toHaveBeenCalledWith('properties')
})

test('a message that aged out says so', async () => {
  renderLive(<MessageDetail stream="main" sequence={7} form={undefined} onForm={() => {}} onClose={() => {}} />, {
    'live.message': () => undefined,
    'live.gap': () => undefined,
  })
  expect(await screen.findByText('This message has aged out of the stream.')).toBeTruthy()
})

test('a gap is told whole, and not taken for a message that aged out', async () => {
  renderLive(<MessageDetail stream="main" sequence={7} form={undefined} onForm={() => {}} onClose={() => {}} />, {
    'live.message': () => undefined,
    'live.gap': () => ({ fromMs: 0, toMs: 6_000, reason: 'the connection stood at its limit', cause: 'broker-limit' }),
  })
  expect(await screen.findByRole('heading', { name: 'A gap in the stream' })).toBeTruthy()
  expect(screen.getByText(/\(6 s\): the connection stood at its limit$/)).toBeTruthy()
})
