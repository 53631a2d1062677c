import { endpoints } from '@thingdeck/contract'
import { api } from '../../shared/api.ts'
import { nameCommands } from '../../shared/feature/name-commands.ts'
import { paths } from '../../shared/paths.ts'
import { PROVISIONING } from './api.ts'

export const templateCommands = nameCommands({
  group: 'Provisioning templates',
  one: 'provisioning template',
  key: PROVISIONING,
  // AWS cannot look for one: an account has 256 at most, of which a page is looked through.
  find: async (name, maxResults, signal) => {
    const { templates } = await api(endpoints.listProvisioningTemplates, { query: { maxResults: 250 }, signal })
    const wanted = name.toLowerCase()
    return templates
      .flatMap(({ templateName }) => (templateName.toLowerCase().includes(wanted) ? [templateName] : []))
      .slice(0, maxResults)
  },
  hrefOf: (name) => paths.provisioningTemplate(name),
})
