import { endpoints } from '@thingdeck/contract'
import { api } from '../../shared/api.ts'
import { nameCommands } from '../../shared/feature/name-commands.ts'
import { paths } from '../../shared/paths.ts'
import { THING_GROUPS } from '../../shared/pickers/registry-keys.ts'

export const thingGroupCommands = nameCommands({
  group: 'Thing groups',
  one: 'thing group',
  key: THING_GROUPS,
  find: async (name, maxResults, signal) => {
    const { thingGroups } = await api(endpoints.listThingGroups, { query: { name, maxResults }, signal })
    return thingGroups.map(({ thingGroupName }) => thingGroupName)
  },
  hrefOf: (name) => paths.thingGroup(name),
})
