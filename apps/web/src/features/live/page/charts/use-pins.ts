import { useEffect, useMemo } from 'react'
import { useLiveClient } from '../client.ts'
import { type PlacedPin, parsePins } from './pins.ts'

const NONE: readonly PlacedPin[] = []

/** The pins that the URL names. The worker follows them whichever view is open. */
export function usePins(stream: string, values: readonly string[] | undefined): readonly PlacedPin[] {
  const client = useLiveClient()
  const key = values?.join('\n')
  const pins = useMemo(() => (key === undefined ? NONE : parsePins(key.split('\n'))), [key])
  useEffect(() => {
    void client.call('live.pin', { stream, pins: pins.map(({ id, topic, path }) => ({ id, topic, path })) })
  }, [client, stream, pins])
  return pins
}
