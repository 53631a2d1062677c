import { endpoints, type ThingType } from '@thingdeck/contract'
import { api } from '../api.ts'
import { NamePicker, type NamePickerProps } from './name-picker.tsx'
import { THING_TYPES } from './registry-keys.ts'
import type { NameSource } from './use-found-names.ts'

const DEPRECATED = 'It is deprecated: no further thing can take it.'

const sourceOf = (isForThings: boolean): NameSource => ({
  key: [...THING_TYPES, isForThings ? 'to-take' : 'all'],
  async ask({ signal, ...query }) {
    const { thingTypes, nextToken } = await api(endpoints.listThingTypes, {
      query: { ...query, maxResults: 50 },
      signal,
    })
    return { found: thingTypes.map((type) => foundType(type, isForThings)), nextToken }
  },
})

const foundType = ({ thingTypeName, description, isDeprecated }: ThingType, isForThings: boolean) => ({
  name: thingTypeName,
  description: isDeprecated ? `Deprecated. ${description ?? ''}` : description,
  ...(isDeprecated && isForThings && { whyNot: DEPRECATED }),
})

const [FOR_THINGS, ALL] = [sourceOf(true), sourceOf(false)]

interface ThingTypePickerProps extends NamePickerProps {
  /** Deprecated ones too, for looking and not for giving to things. */
  readonly withDeprecated?: boolean
}

/** A thing type, found by a part of its name, however many there are. */
export function ThingTypePicker({ withDeprecated = false, ...props }: ThingTypePickerProps) {
  return <NamePicker source={withDeprecated ? ALL : FOR_THINGS} one="thing type" many="thing types" {...props} />
}
