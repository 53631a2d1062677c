import { useEffect, useState } from 'react'
import type { Gap } from '../../../../shared/recording/gap.ts'
import type { FullMessage } from '../../protocol/stream.ts'
import { useLiveClient } from '../client.ts'

/** Undefined while it is fetched, or when no sequence is given; `gone` once it has aged out. */
export function useFullMessage(stream: string, sequence: number | undefined): FullMessage | 'gone' | undefined {
  const client = useLiveClient()
  const [message, setMessage] = useState<FullMessage | 'gone'>()
  useEffect(() => {
    if (sequence === undefined) {
      setMessage(undefined)
      return
    }
    let isCurrent = true
    client
      .call('live.message', { stream, sequence })
      .then((answer) => {
        if (isCurrent) setMessage(answer ?? 'gone')
      })
      .catch(() => {}) // the worker was closed: the person signed out
    return () => {
      isCurrent = false
    }
  }, [client, stream, sequence])
  return message
}

/** What a row that marks a hole says. Undefined while it is fetched, when no sequence is given, and for a message. */
export function useGap(stream: string, sequence: number | undefined): Gap | undefined {
  const client = useLiveClient()
  const [gap, setGap] = useState<Gap>()
  useEffect(() => {
    setGap(undefined)
    if (sequence === undefined) return
    let isCurrent = true
    client
      .call('live.gap', { stream, sequence })
      .then((answer) => {
        if (isCurrent) setGap(answer)
      })
      .catch(() => {}) // the worker was closed: the person signed out
    return () => {
      isCurrent = false
    }
  }, [client, stream, sequence])
  return gap
}
