import { useCallback, useEffect, useRef, useState } from 'react'

export interface AddressDraft {
  /** As it is in the field. */
  readonly draft: string
  readonly setDraft: (text: string) => void
  /** Sends a text to the address. */
  readonly send: (text: string) => void
}

/**
 * A text of the address while somebody edits it. The address has a text only a moment after it was sent there, and what
 * was typed since is newer: what comes back from it is no news to the field. What others put there is.
 * @param text as the address has it
 * @param onSend takes what is sent into the address
 */
export function useAddressDraft(text: string, onSend: (text: string) => void): AddressDraft {
  const [draft, setDraft] = useState(text)
  const latest = useRef(onSend)
  useEffect(() => {
    latest.current = onSend
  })
  const onItsWay = useRef<readonly string[]>([])
  const send = useCallback((sent: string) => {
    onItsWay.current = [...onItsWay.current, sent]
    latest.current(sent)
  }, [])
  useEffect(() => {
    const index = onItsWay.current.indexOf(text)
    onItsWay.current = index < 0 ? [] : onItsWay.current.slice(index + 1)
    if (index < 0) setDraft(text)
  }, [text])
  return { draft, setDraft, send }
}
