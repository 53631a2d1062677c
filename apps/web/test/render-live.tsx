import { cleanup, render } from '@testing-library/react'
import type { ReactNode } from 'react'
import { onTestFinished } from 'vitest'
import { type LiveClient, LiveProvider } from '../src/features/live/page/client.ts'
import { FlashProvider } from '../src/shared/flash/flash.tsx'
import type { MqttClient } from '../src/shared/mqtt/client.ts'
import { MqttProvider } from '../src/shared/mqtt/mqtt-context.ts'
import { NO_STATUS } from '../src/shared/mqtt/status.ts'
import { RpcError } from '../src/shared/rpc/rpc.ts'
import { SessionProvider } from '../src/shared/session/session.tsx'
import { ShortcutProvider } from '../src/shared/shortcuts/shortcuts.tsx'
import { SESSION } from './fake-api.ts'
import './testing-library.ts'

type Answers = Readonly<Record<string, (argument: never) => unknown>>

interface LiveTest {
  /** Calls that the page made of the worker, with what they were given. */
  readonly calls: readonly { readonly name: string; readonly argument: unknown }[]
  readonly argumentOf: (name: string) => unknown
}

/** For tests: a part of the page, connected, over a worker that answers as the test says. */
export function renderLive(part: ReactNode, answers: Answers = {}, role: 'viewer' | 'operator' = 'operator'): LiveTest {
  onTestFinished(cleanup)
  localStorage.clear()
  window.matchMedia ??= () => new EventTarget() as MediaQueryList // jsdom has none: a window that is not wide
  const calls: { name: string; argument: unknown }[] = []
  const call = async (name: string, argument: unknown) => {
    calls.push({ name, argument })
    const answer = answers[name]
    if (!answer) throw new RpcError('UNKNOWN_CALL', `The test answers no call ${name}.`)
    return answer(argument as never)
  }
  const status = { ...NO_STATUS, connection: { state: { kind: 'connected', sinceMs: 0 }, attempt: 0 } } as const
  const mqtt: MqttClient = {
    status: () => status,
    onStatus: () => () => {},
    retryNow() {},
    publish: async () => {},
    tap: () => () => {},
    sample: () => () => {},
    kept: async () => [],
  }
  render(
    <SessionProvider value={{ ...SESSION, person: { ...SESSION.person, role } }}>
      <MqttProvider value={mqtt}>
        <LiveProvider value={{ call } as LiveClient}>
          <ShortcutProvider>
            <FlashProvider>{part}</FlashProvider>
          </ShortcutProvider>
        </LiveProvider>
      </MqttProvider>
    </SessionProvider>,
  )
  return { calls, argumentOf: (name) => calls.findLast((each) => each.name === name)?.argument }
}
