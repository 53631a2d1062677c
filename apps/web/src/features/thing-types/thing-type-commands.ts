import { endpoints } from '@thingdeck/contract'
import { api } from '../../shared/api.ts'
import { nameCommands } from '../../shared/feature/name-commands.ts'
import { paths } from '../../shared/paths.ts'
import { THING_TYPES } from '../../shared/pickers/registry-keys.ts'

export const thingTypeCommands = nameCommands({
  group: 'Thing types',
  one: 'thing type',
  key: THING_TYPES,
  find: async (name, maxResults, signal) => {
    const { thingTypes } = await api(endpoints.listThingTypes, { query: { name, maxResults }, signal })
    return thingTypes.map(({ thingTypeName }) => thingTypeName)
  },
  hrefOf: (name) => paths.thingType(name),
})
