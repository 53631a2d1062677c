/** Something that the palette can do: lead to a page (`href`), or act (`run`). */
export interface Command {
  readonly id: string
  readonly group: CommandGroup
  readonly title: string
  /** Beside the title, weaker. */
  readonly hint?: string
  readonly keys?: string
  readonly href?: string
  readonly run?: () => void
}

/** In the order in which they are shown. */
export const COMMAND_GROUPS = ['Recent', 'Things', 'Topics', 'Pages', 'Actions'] as const
export type CommandGroup = (typeof COMMAND_GROUPS)[number]

/**
 * The commands whose title has every word of the text, in any order and case, those that begin with it first. Groups
 * keep their order, and so do commands of the same rank.
 */
export function matchCommands(commands: readonly Command[], text: string): readonly Command[] {
  const wanted = text.trim().toLowerCase()
  const words = wanted.split(/\s+/)
  const rank = ({ group, title }: Command) => {
    const begins = title.toLowerCase().startsWith(wanted) ? 0 : 1
    return COMMAND_GROUPS.indexOf(group) * 2 + begins
  }
  return commands
    .filter(({ title }) => words.every((word) => title.toLowerCase().includes(word)))
    .sort((one, other) => rank(one) - rank(other))
}
