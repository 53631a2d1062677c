import { useCallback, useEffect, useState } from 'react'
import { useSession } from '../../../shared/session/session.tsx'
import { useDebounced } from '../../../shared/use-debounced.ts'
import { type OpenRehearsal, openRehearsal } from './open-rehearsal.ts'
import type { RehearsalMessage, RehearsalView, RehearsedRule, RowFilter, Sender, ServiceAnswer } from './protocol.ts'

/** Once somebody stops typing, all messages are decided anew. */
const TYPING_MS = 300

interface RehearsalOptions {
  readonly draft: RehearsedRule
  readonly compared: RehearsedRule | undefined
  readonly ruleName: string
  readonly answers: readonly ServiceAnswer[]
  readonly sender: Sender
  readonly shown: { readonly filter: RowFilter; readonly count: number }
}

export interface RunningRehearsal {
  /** Undefined until the worker has begun. */
  readonly view: RehearsalView | undefined
  readonly worker: OpenRehearsal | undefined
  add(messages: readonly RehearsalMessage[], dropped?: number): void
  clear(): void
}

/** A worker that rehearses the draft for as long as the page shows it. */
export function useRehearsal({
  draft,
  compared,
  ruleName,
  answers,
  sender,
  shown,
}: RehearsalOptions): RunningRehearsal {
  const { account, region } = useSession()
  const [worker, setWorker] = useState<OpenRehearsal>()
  const [view, setView] = useState<RehearsalView>()
  useEffect(() => {
    const opened = openRehearsal()
    opened.listen('rehearsal.view', setView)
    setWorker(opened)
    return () => {
      opened.close()
      setWorker(undefined)
      setView(undefined)
    }
  }, [])
  // A rule is compared by what it says: whoever shows the panel may make it anew each time.
  const rules = useDebounced(
    JSON.stringify({ draft, compared, ruleName, answers, sender, account: { id: account, region } }),
    TYPING_MS,
  )
  useEffect(() => worker?.tell('rehearsal.setRules', JSON.parse(rules)), [worker, rules])
  const { filter, count } = shown
  useEffect(() => worker?.tell('rehearsal.show', { filter, count }), [worker, filter, count])
  const add = useCallback(
    (messages: readonly RehearsalMessage[], dropped = 0) => worker?.tell('rehearsal.add', { messages, dropped }),
    [worker],
  )
  const clear = useCallback(() => worker?.tell('rehearsal.clear', undefined), [worker])
  return { view, worker, add, clear }
}
