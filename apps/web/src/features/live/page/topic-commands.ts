import { isTopicFilter } from '@thingdeck/topics'
import type { Command, CommandSource } from '../../../shared/feature/command.ts'
import { paths } from '../../../shared/paths.ts'

/** What looks like a topic can be watched at once. */
function commandsFor(text: string): readonly Command[] {
  if (!/[/#+]/.test(text) || !isTopicFilter(text)) return []
  return [{ id: 'topic', group: 'Topics', title: `Watch ${text}`, href: paths.live({ s: [`0:${text}`] }) }]
}

export const topicCommands: CommandSource = {
  group: 'Topics',
  useCommands: (text) => ({ commands: commandsFor(text) }),
}
