import type { Feature } from '../../shared/feature/feature.ts'
import { definePage } from '../../shared/feature/page.ts'
import { ADDRESSES } from '../../shared/page-addresses.ts'
import { paths } from '../../shared/paths.ts'
import {
  validateCreateTemplateSearch,
  validateProvisionedDevicesSearch,
  validateProvisioningTemplateSearch,
  validateProvisioningTemplatesSearch,
} from './search.ts'
import { templateCommands } from './template-commands.ts'

export const provisioning: Feature = {
  name: 'provisioning',
  pages: [
    definePage({
      path: ADDRESSES.provisioningTemplates,
      validateSearch: validateProvisioningTemplatesSearch,
      load: async () => (await import('./list-page.tsx')).ProvisioningTemplatesPage,
      help: async () => (await import('./help.ts')).provisioningTemplatesHelp,
    }),
    definePage({
      path: ADDRESSES.createProvisioningTemplate,
      validateSearch: validateCreateTemplateSearch,
      load: async () => (await import('./create-page.tsx')).CreateProvisioningTemplatePage,
      help: async () => (await import('./help.ts')).createProvisioningTemplateHelp,
    }),
    definePage({
      path: ADDRESSES.provisionedDevices,
      validateSearch: validateProvisionedDevicesSearch,
      load: async () => (await import('./devices/devices-page.tsx')).ProvisionedDevicesPage,
      help: async () => (await import('./help.ts')).provisionedDevicesHelp,
    }),
    definePage({
      path: ADDRESSES.provisioningTemplate,
      validateSearch: validateProvisioningTemplateSearch,
      load: async () => (await import('./detail-page.tsx')).ProvisioningTemplatePage,
      help: async () => (await import('./help.ts')).provisioningTemplateHelp,
    }),
  ],
  navigation: [
    {
      section: 'Secure',
      place: 60,
      title: 'Provisioning',
      href: paths.provisioningTemplates(),
      does: 'Go to provisioning templates',
    },
  ],
  commands: [
    {
      id: 'create provisioning template',
      group: 'Actions',
      title: 'Create provisioning template',
      href: paths.createProvisioningTemplate(),
    },
  ],
  search: templateCommands,
}
