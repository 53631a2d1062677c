import { matches } from '@thingdeck/topics'
import { useLayoutEffect } from 'react'
import { givenTypesOf, parseStoredTypes, type StoredType } from '../../../../../shared/decode/protobuf/stored-types.ts'
import { setGivenTypes } from '../../../../../shared/decode/protobuf/topic-types.ts'
import { createPreference, usePreference } from '../../../../../shared/preferences/preferences.ts'
import { useLiveClient } from '../../client.ts'

/** Message types given in this browser, those whose filters count first before the others. */
export const givenTypesPreference = createPreference('protobuf-types', parseStoredTypes)

/** The type that counts for a topic; undefined: none is given. */
export const givenFor = (types: readonly StoredType[], topic: string): StoredType | undefined =>
  types.find(({ filter }) => matches(filter, topic))

/** Has page and worker decode by the types that are given, from before anything is asked of the worker. */
export function useGivenTypes(): void {
  const client = useLiveClient()
  const [types] = usePreference(givenTypesPreference)
  useLayoutEffect(() => {
    setGivenTypes(givenTypesOf(types))
    void client.call('live.setPayloadTypes', { types })
  }, [client, types])
}
