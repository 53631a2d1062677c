import type { Feature } from '../../shared/feature/feature.ts'
import { definePage } from '../../shared/feature/page.ts'
import { defineThingTab } from '../../shared/feature/parts.ts'
import { ADDRESSES } from '../../shared/page-addresses.ts'
import { paths } from '../../shared/paths.ts'
import {
  validateCommandSearch,
  validateCommandsSearch,
  validateCreateCommandSearch,
  validateExecutionsSearch,
  validateSendSearch,
  validateThingCommandsSearch,
} from './search.ts'

export const commands: Feature = {
  name: 'commands',
  pages: [
    definePage({
      path: ADDRESSES.commands,
      validateSearch: validateCommandsSearch,
      load: async () => (await import('./list/list-page.tsx')).CommandsPage,
      help: async () => (await import('./help.ts')).commandsHelp,
    }),
    definePage({
      path: ADDRESSES.createCommand,
      validateSearch: validateCreateCommandSearch,
      load: async () => (await import('./create/create-page.tsx')).CreateCommandPage,
      help: async () => (await import('./help.ts')).createCommandHelp,
    }),
    definePage({
      path: ADDRESSES.sendCommand,
      validateSearch: validateSendSearch,
      load: async () => (await import('./send/send-page.tsx')).SendCommandPage,
      help: async () => (await import('./help.ts')).sendCommandHelp,
    }),
    definePage({
      path: ADDRESSES.command,
      validateSearch: validateCommandSearch,
      load: async () => (await import('./command/command-page.tsx')).CommandPage,
      help: async () => (await import('./help.ts')).commandHelp,
    }),
    definePage({
      path: ADDRESSES.commandExecutions,
      validateSearch: validateExecutionsSearch,
      load: async () => (await import('./history/history-page.tsx')).CommandExecutionsPage,
      help: async () => (await import('./help.ts')).commandExecutionsHelp,
    }),
  ],
  navigation: [
    { section: 'Operate', place: 22, title: 'Commands', href: paths.commands(), does: 'Go to commands' },
    {
      section: 'Operate',
      place: 23,
      title: 'Sent commands',
      href: paths.commandExecutions(),
      does: 'Go to what was sent to devices',
    },
  ],
  commands: [
    { id: 'send command', group: 'Actions', title: 'Send command', href: paths.sendCommand() },
    { id: 'create command', group: 'Actions', title: 'Create command', href: paths.createCommand() },
  ],
  parts: {
    thingTabs: [
      defineThingTab({
        id: 'commands',
        label: 'Commands',
        validateSearch: validateThingCommandsSearch,
        load: async () => (await import('./thing/thing-commands.tsx')).ThingCommands,
      }),
    ],
  },
}
