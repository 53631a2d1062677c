import { useLocation } from '@tanstack/react-router'
import { useMemo, useState } from 'react'
import { actionsOnPage } from '../../shared/action/actions-on-page.ts'
import { type Command, type FoundCommands, matchCommands } from '../../shared/feature/command.ts'
import { usePreference } from '../../shared/preferences/preferences.ts'
import { useSession } from '../../shared/session/session.tsx'
import type { Registered } from '../../shared/shortcuts/shortcuts.tsx'
import type { Assembly } from '../assemble.ts'
import { useAssembly } from '../assembly-context.ts'
import { recentPages, recentScope } from './recent-pages.ts'

interface CommandsInput {
  /** What was typed. */
  readonly text: string
  /** Of the page that is open, and of the frame. */
  readonly shortcuts: readonly Registered[]
  readonly onSignOut: () => void
}

/** Everything that can be done by name, for what was typed. */
export function useCommands({ text, shortcuts, onSignOut }: CommandsInput): FoundCommands {
  const wanted = text.trim()
  const scope = recentScope(useSession())
  const { pathname } = useLocation()
  const [recent] = usePreference(recentPages)
  const searched = useSearches(wanted)
  const assembly = useAssembly()
  const [onPage] = useState(commandsOnPage)
  const fixed = useMemo(
    () => eachOnce([...onPage, ...fixedCommands(assembly, shortcuts, onSignOut)]),
    [assembly, shortcuts, onSignOut, onPage],
  )
  const recents = recent
    .filter((page) => page.scope === scope && page.href !== pathname)
    .map(({ title, href }): Command => ({ id: `recent ${href}`, group: 'Recent', title, href }))

  if (wanted === '') return { commands: [...recents, ...fixed] }
  const found = searched.flatMap(({ commands }) => commands)
  const isFound = (recentPage: Command) =>
    found.some(({ title, href }) => title === recentPage.title && href === recentPage.href)
  return {
    commands: [
      ...matchCommands(recents, wanted).filter((recentPage) => !isFound(recentPage)),
      ...found,
      ...matchCommands(fixed, wanted),
    ],
    isSearching: searched.some(({ isSearching }) => isSearching === true),
    note: searched.map(({ note }) => note).find((note) => note !== undefined),
  }
}

/** What each feature finds. */
function useSearches(text: string): readonly FoundCommands[] {
  const { searches } = useAssembly()
  const found: FoundCommands[] = []
  // biome-ignore lint/correctness/useHookAtTopLevel: the list never changes, so the order of hooks does not
  for (const { useCommands: useFound } of searches) found.push(useFound(text))
  return found
}

/** What the open page does itself stands for the command that would lead to it. */
function eachOnce(commands: readonly Command[]): readonly Command[] {
  const titles = new Set<string>()
  return commands.filter(({ group, title }) => {
    const isKnown = titles.has(title)
    if (group !== 'Pages') titles.add(title)
    return !isKnown || group === 'Pages'
  })
}

/** The buttons of the page as it is while the palette is open. */
const commandsOnPage = (): readonly Command[] =>
  actionsOnPage().map((action, index) => ({
    id: `on page ${index} ${action.id}`,
    group: 'On this page',
    title: action.text,
    ...(action.alsoNamed !== undefined && { alsoNamed: action.alsoNamed }),
    ...('href' in action ? { href: action.href } : { run: action.onAction }),
  }))

function fixedCommands(
  { navigation, commands }: Assembly,
  shortcuts: readonly Registered[],
  onSignOut: () => void,
): readonly Command[] {
  const pages = navigation.map(
    ({ title, href, keys }): Command => ({ id: `page ${href}`, group: 'Pages', title, href, ...(keys && { keys }) }),
  )
  const pageKeys = new Set(navigation.flatMap(({ keys }) => keys ?? []))
  const ofShortcuts = shortcuts
    .filter(({ keys }) => !pageKeys.has(keys) && !keys.startsWith('Mod '))
    .map(({ keys, does, run }): Command => ({ id: `keys ${keys}`, group: 'Actions', title: does, keys, run }))
  return [
    ...pages,
    ...ofShortcuts,
    ...commands,
    { id: 'sign out', group: 'Actions', title: 'Sign out', run: onSignOut },
  ]
}
