import { useEffect, useState } from 'react'
import { useLiveClient } from '../client.ts'

/** Whether the worker has a stream of this name; undefined until that is known, or without a name. */
export function useIsOpen(stream: string | undefined): boolean | undefined {
  const client = useLiveClient()
  const [known, setKnown] = useState<{ readonly stream: string; readonly isOpen: boolean }>()
  useEffect(() => {
    if (stream === undefined) return
    let isCurrent = true
    client
      .call('live.streams', undefined)
      .then((streams) => {
        if (isCurrent) setKnown({ stream, isOpen: streams.includes(stream) })
      })
      .catch(() => {}) // the worker was closed: the person signed out
    return () => {
      isCurrent = false
    }
  }, [client, stream])
  return known?.stream === stream ? known?.isOpen : undefined
}
